import type {
  Fold,
  HostRule,
  LogFeed,
  MakeJudge,
  NodeBus,
  RoomLimits,
  RoomLogger,
  TicketDesk,
  UpdateLog,
} from "@alternat/room"

export interface SyncConfig {
  /** default `/sync` */
  readonly path?: string
  readonly limits?: Partial<RoomLimits>
  /** hops of our own proxies in front: how many of `X-Forwarded-For` to believe */
  readonly trustProxy?: number
  /** the `Host` headers that are answered; without it any */
  readonly hosts?: HostRule
}

export interface SyncOptions {
  readonly log: UpdateLog
  readonly feed: LogFeed
  readonly tickets: TicketDesk
  /** to the other nodes; null: they hear from the feed and read the log */
  readonly bus?: NodeBus | null
  /** a thread that folds long logs; without it they are folded between the edits */
  readonly fold?: Fold
  readonly config?: SyncConfig
  readonly logger?: RoomLogger
  readonly makeJudge?: MakeJudge
}

export interface SyncService {
  /** Prometheus text, whole lines: may be appended to others' as it is */
  metrics(): string
  /** Refuses new sockets, closes the open ones with 1012, lets what is judged reach the log. */
  close(): Promise<void>
}
