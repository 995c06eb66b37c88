export type { Admission, Connection, Participant } from "./connection.ts"
export { createHub } from "./hub.ts"
export type { Hub, HubOptions, HubStats, RoomLogger } from "./hub-face.ts"
export type { Judge, MakeJudge, Verdict } from "./judge.ts"
export type { RoomLimits } from "./limits.ts"
export { DEFAULT_LIMITS } from "./limits.ts"
export type {
  AppendOutcome,
  AppendRequest,
  AuthorId,
  DocId,
  LogEntry,
  LogFeed,
  StoredDoc,
  TicketBearer,
  TicketDesk,
  UpdateLog,
} from "./update-log.ts"
export { StorageAwayError } from "./update-log.ts"
