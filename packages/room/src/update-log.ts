import type { EditRules, PartyCode, Role } from "@alternat/plan"

/** One space's document: the plan, or one delegation's caucus. Opaque, random. */
export type DocId = string

/** `server` writes on behalf of acts; everybody else is a user id. */
export type AuthorId = string

/** What the guard judges by, the epoch, and how far the log reached at the same moment. */
export interface DocRules extends EditRules {
  readonly epoch: number
  readonly headSeq: number
}

export interface LogEntry {
  readonly seq: number
  readonly author: AuthorId
  readonly at: Date
  readonly bytes: Uint8Array
}

export interface AppendRequest {
  readonly doc: DocId
  /** the rev of the rules these updates were judged by ([LOG5]) */
  readonly rulesRev: number
  readonly updates: readonly { readonly author: AuthorId; readonly bytes: Uint8Array }[]
  /** Yjs client ids first used in this batch, to be bound to their author ([LOG4]) */
  readonly newClients: readonly { readonly clientId: number; readonly author: AuthorId }[]
}

export type AppendOutcome =
  | { readonly type: "appended"; readonly firstSeq: number; readonly lastSeq: number }
  | { readonly type: "rulesChanged"; readonly rulesRev: number }
  | { readonly type: "clientTaken"; readonly clientId: number }
  | { readonly type: "noSuchDocument" }

export interface StoredDoc {
  readonly doc: DocId
  readonly planId: string
  readonly space: "plan" | "caucus"
  readonly party: PartyCode | null
  readonly epoch: number
  readonly rulesRev: number
  readonly headSeq: number
  readonly snapshot: { readonly seq: number; readonly state: Uint8Array; readonly stateVector: Uint8Array } | null
  /** everything after the snapshot, in order */
  readonly tail: readonly LogEntry[]
}

/**
 * The durable log behind every room. Implemented on PostgreSQL (`store`) and in memory (tests).
 * Rejects with `StorageAwayError` when the storage can't be reached or the outcome of a commit is unknown.
 */
export interface UpdateLog {
  /** One commit for all documents; outcomes in the order of the requests. A failing document does not fail its neighbours. */
  append(requests: readonly AppendRequest[]): Promise<readonly AppendOutcome[]>
  /** Snapshot and tail in one statement. null: no such document. */
  load(doc: DocId): Promise<StoredDoc | null>
  readAfter(doc: DocId, seq: number): Promise<readonly LogEntry[]>
  clientAuthors(doc: DocId): Promise<ReadonlyMap<number, AuthorId>>
  /** The rules as they stand, with the epoch they stand in. null: no such document. */
  rules(doc: DocId): Promise<DocRules | null>
  /** Stores a snapshot: `load` reads the log from there on. The log itself, and who wrote what, stays as it is. */
  compact(
    doc: DocId,
    snapshot: { readonly seq: number; readonly state: Uint8Array; readonly stateVector: Uint8Array },
  ): Promise<void>
}

export class StorageAwayError extends Error {
  override readonly name = "StorageAwayError"
}

/** Positions of documents as they move, from this process or another. A hint, never the truth: readers fetch by seq. */
export interface LogFeed {
  subscribe(
    listener: (news: { readonly doc: DocId; readonly headSeq: number; readonly rulesRev: number }) => void,
  ): () => void
}

/** What a good ticket says about its bearer. */
export interface TicketBearer {
  readonly userId: string
  readonly sessionId: string
  readonly name: string
  readonly party: PartyCode | null
  readonly roles: readonly Role[]
  readonly doc: DocId
  readonly planId: string
  readonly space: "plan" | "caucus"
  /** false: observers, secretary */
  readonly mayEdit: boolean
}

export interface TicketDesk {
  /** null: unknown, expired, for another room, or its session has ended */
  verify(room: string, ticket: string): Promise<TicketBearer | null>
  /** of these bearers, those whose session is over, or whose party or roles in the plan are no longer the same */
  ended(bearers: readonly TicketBearer[]): Promise<ReadonlySet<TicketBearer>>
}
