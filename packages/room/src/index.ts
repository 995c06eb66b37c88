export { putRun, readRuns, sizeOfRun } from "./byte-runs.ts"
export type { Admission, Connection, Participant } from "./connection.ts"
export { errorPlace } from "./error-place.ts"
export { type Fold, type Folded, foldUpdates } from "./fold.ts"
export { createHub } from "./hub.ts"
export type { Hub, HubOptions, HubStats, RoomLogger } from "./hub-face.ts"
export type { Judge, JudgedDoc, MakeJudge } from "./judge.ts"
export { demoRefusal, type HostRule, hostRule, isKnownHost, isLoopbackName } from "./known-host.ts"
export type { RoomLimits } from "./limits.ts"
export { DEFAULT_LIMITS } from "./limits.ts"
export { type MemoryLog, memoryLog, type NewMemoryDoc } from "./memory-log.ts"
export { type MemoryBusHub, memoryBus, type NodeBus, type NodeBusStats } from "./node-bus.ts"
export { CLOSE } from "./protocol.ts"
export { SharedMessages } from "./shared-messages.ts"
export type {
  AppendOutcome,
  AppendRequest,
  AuthorId,
  DocId,
  DocRules,
  LogEntry,
  LogFeed,
  StoredDoc,
  TicketBearer,
  TicketDesk,
  UpdateLog,
} from "./update-log.ts"
export { StorageAwayError } from "./update-log.ts"
