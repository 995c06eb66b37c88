import type { Admission, Participant } from "./connection.ts"
import type { Fold } from "./fold.ts"
import type { MakeJudge } from "./judge.ts"
import type { RoomLimits } from "./limits.ts"
import type { NodeBus } from "./node-bus.ts"
import type { LogFeed, TicketDesk, UpdateLog } from "./update-log.ts"

export interface RoomLogger {
  info(message: string, fields?: Readonly<Record<string, unknown>>): void
  warn(message: string, fields?: Readonly<Record<string, unknown>>): void
  error(message: string, fields?: Readonly<Record<string, unknown>>): void
}

export interface HubOptions {
  readonly log: UpdateLog
  readonly feed: LogFeed
  /** to the other nodes; null: they hear from the feed and read the log */
  readonly bus?: NodeBus | null
  /** for the sweep that ends sockets of ended sessions; admission itself is the transport's */
  readonly tickets: Pick<TicketDesk, "ended">
  /** default: the guard of `@alternat/document` */
  readonly makeJudge?: MakeJudge
  /** default: on the spot */
  readonly fold?: Fold
  readonly limits?: Partial<RoomLimits>
  readonly logger?: RoomLogger
}

/**
 * Counters since the start, and gauges, of plans' rooms alone. How busy a delegation is in its own room is its own affair:
 * no figure here moves with it.
 */
export interface HubStats {
  readonly rooms: number
  readonly sockets: number
  readonly pendingUpdates: number
  readonly storageAway: boolean
  readonly framesIn: number
  readonly framesOut: number
  readonly updatesCommitted: number
  readonly commits: number
  readonly commitMsTotal: number
  readonly refusals: number
  readonly rejudgements: number
  readonly slowReadersDropped: number
  readonly catchUps: number
  readonly compactions: number
  readonly revocations: number
}

/** All rooms of a process, and the one queue that commits for them. */
export interface Hub {
  /** Takes a client in; a client that can't be taken in is closed with the documented code and ignored. */
  admit(admission: Admission): Participant
  stats(): HubStats
  /** Closes every socket with 1012 and lets what is judged reach the log. */
  close(): Promise<void>
}
