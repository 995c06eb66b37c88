import type {
  Actor,
  Bilingual,
  CommentCount,
  CommentEntry,
  CommentTarget,
  CommentThread,
  EventDraft,
  EventEntry,
  ExportFormat,
  JobInfo,
  MemberInfo,
  PartyCode,
  Result,
  Role,
  SignatureInfo,
  SignRequest,
  Standing,
  StandingChange,
  SyncTicket,
  VersionInfo,
} from "@alternat/plan"
import type { DocId, LogFeed, StoredDoc, TicketDesk, UpdateLog } from "@alternat/room"
import type { ActEvent, LogPage, Writer } from "./authorship/authorship-face.ts"
import type { NewPlan } from "./new-plan.ts"
import type { Seat } from "./people/ended-seats.ts"
import type { SetupDesk } from "./people/setup.ts"

/** All that the store can be asked, and no code: longer than a module should be, so that it is read in one place. */

/**
 * Who asks. Party and roles are never taken from the caller: row-level security looks them up in `member`
 * from the user id that is set inside each transaction.
 */
export interface Reader {
  readonly userId: string
}

/** `shared`, or the party whose own it is. */
export type Audience = "shared" | (PartyCode & {})

/** One connection string per role; on an outside PostgreSQL all four may be the same, the role is set at connection start. */
export interface DatabaseUrls {
  readonly owner: string
  readonly app: string
  readonly sync: string
  readonly auth: string
}

export interface StoreOptions {
  readonly urls: DatabaseUrls
  /** connections of the request pool; sync and auth have small pools of their own */
  readonly maxConnections?: number
  readonly now?: () => Date
  /** random ids of rows; injected by tests that want fixed ones */
  readonly newId?: () => string
}

/** Everything the product keeps in PostgreSQL. One per process; `createStore` connects lazily. */
export interface Store {
  /** Rejects when the database does not answer within three seconds; `migrated` false: this build has migrations the database lacks. */
  ping(): Promise<{ readonly migrated: boolean }>
  close(): Promise<void>

  /** All reading, and the writing that is no act, in one transaction seen through this reader's eyes. */
  withReader<T>(reader: Reader, fn: (tx: ReaderTx) => Promise<T>): Promise<T>
  /**
   * An act's transaction: locks the plan's document row (and the reader's caucus document's, if asked, in id order),
   * runs `fn`, raises `rules_rev` once, tells the other nodes, commits. An `err` result rolls everything back.
   * `null`: no such plan for this reader.
   */
  transactAct<T, E>(
    planId: string,
    reader: Reader,
    options: { readonly caucus: boolean },
    fn: (tx: ActTx) => Promise<Result<T, E>>,
  ): Promise<Result<T, E> | null>

  /** Writes a whole new plan in one transaction, history included. `false`: there is one with this id, nothing was changed. */
  installPlan(plan: NewPlan): Promise<boolean>
  hasPlan(planId: string): Promise<boolean>
  /** the first members of an installation that has none */
  readonly setup: SetupDesk

  /** What `sync` runs on. */
  readonly log: UpdateLog
  readonly feed: LogFeed & { readonly ready: Promise<void> }
  readonly tickets: TicketDesk
  /** Hints for `GET …/stream`. Deliver those of an audience only to readers of that audience. */
  readonly hints: HintFeed

  /** Those of these seats whose session is over or whose place in the plan has changed, on whatever node that was done. */
  endedSeats<S extends Seat>(seats: readonly S[]): Promise<readonly S[]>

  /** Ends a session on all nodes: the row goes, its tickets with it, `TicketDesk.ended` names it. */
  revokeSession(sessionId: string): Promise<void>
  revokeUser(userId: string): Promise<void>

  /** Background work: takes the next queued job by turns of sides and persons, or null. Run it with `withReader({userId: job.userId})`. */
  claimJob(): Promise<ClaimedJob | null>
  /** Jobs that a dead process left running go back to the queue. */
  requeueStaleJobs(olderThanMs: number): Promise<number>
  /** says that its worker lives; false: cancelled, or another worker has it */
  holdJob(job: ClaimedJob): Promise<boolean>
  reportJob(jobId: string, progress: number, step: Bilingual | null): Promise<void>
  finishJob(
    jobId: string,
    outcome:
      | { readonly file: { readonly name: string; readonly type: string; readonly bytes: Uint8Array } }
      | { readonly error: string },
  ): Promise<void>

  /** Recomputes the hash chain of the plan's events. */
  verifyChain(planId: string): Promise<ChainReport>
}

export interface ReaderTx {
  readonly reader: Reader
  readonly now: Date

  me(): Promise<PersonInfo | null>
  setLanguage(language: "en" | "ru"): Promise<void>
  /** the reader in this plan, acting heads included; null: not a member */
  actor(planId: string): Promise<Actor | null>
  /** names only of the own delegation and of those without one; others by party and role */
  members(planId: string): Promise<readonly MemberInfo[]>

  actingHeads(planId: string): Promise<readonly ActingHead[]>

  plans(): Promise<readonly PlanRow[]>
  plan(planId: string): Promise<PlanRow | null>
  standing(planId: string): Promise<Standing | null>
  /** `caucus` is always the reader's own delegation's */
  loadDoc(planId: string, space: "plan" | "caucus"): Promise<StoredDoc | null>
  /** the plan document's log behind a position, a page at a time; folding it says who wrote what */
  planLog(planId: string, after: number): Promise<LogPage | null>
  /** seats of these people; a name only where the reader may know it */
  writers(planId: string, userIds: readonly string[]): Promise<ReadonlyMap<string, Writer>>
  /** the acts that wrote at these positions of the plan document's log */
  actEvents(planId: string, seqs: readonly number[]): Promise<readonly ActEvent[]>
  events(planId: string, range?: { readonly after?: number; readonly limit?: number }): Promise<readonly EventEntry[]>
  record(planId: string): Promise<readonly RecordEntry[]>

  /** the latest threads before the cursor; null: the reader sees no such cursor */
  commentPage(planId: string, filter?: CommentFilter): Promise<CommentPage | null>
  commentCounts(planId: string): Promise<readonly CommentCount[]>
  /** all open threads of one audience that hang on clauses */
  openOnClauses(
    planId: string,
    audience: Audience,
  ): Promise<readonly { readonly id: string; readonly clauseId: string }[]>
  comment(planId: string, threadId: string): Promise<CommentThread | null>
  /** the latest entries before the cursor; null: the reader sees no such thread or cursor */
  commentEntries(
    planId: string,
    threadId: string,
    page: { readonly cursor?: string | null; readonly limit?: number },
  ): Promise<EntryPage | null>
  /** `null`: the audience is not the reader's */
  addComment(planId: string, comment: NewComment): Promise<CommentThread | null>
  reply(planId: string, threadId: string, text: string): Promise<CommentThread | null>
  setCommentStatus(planId: string, threadId: string, status: "open" | "resolved"): Promise<CommentThread | null>

  /** the own side's, and after the reveal both; before it nothing tells whether the other side has sealed */
  rankings(planId: string): Promise<readonly Ranking[]>
  /** the reveal happens by itself when the second side has committed */
  commitRanking(
    planId: string,
    ranks: Readonly<Record<string, number>>,
    reason: Bilingual | null,
  ): Promise<Ranking | null>
  /** the own side's, until both are revealed; false: there is none to take back */
  takeBackRanking(planId: string): Promise<boolean>

  notifications(): Promise<readonly Notification[]>
  markNotificationsRead(ids: readonly string[]): Promise<void>

  versions(planId: string): Promise<readonly VersionInfo[]>
  version(planId: string, number: number): Promise<VersionRow | null>
  versionFile(planId: string, number: number, name: string): Promise<StoredFile | null>
  /** statements, keys and signatures as they were received, for `signatures.json` */
  signatures(planId: string, number: number): Promise<readonly StoredSignature[]>

  /** null: the reader has as many unfinished ones as anybody may have */
  createJob(planId: string, job: NewJob): Promise<JobInfo | null>
  /** the reader's own, the latest first */
  jobs(planId: string): Promise<readonly JobInfo[]>
  /** an unfinished one ends as cancelled, a finished one goes with its file; false: no such job of the reader */
  cancelJob(planId: string, jobId: string): Promise<boolean>
  job(planId: string, jobId: string): Promise<JobInfo | null>
  jobFile(planId: string, jobId: string): Promise<StoredFile | null>

  /** null: not a member, or no caucus. The ticket's plain text exists only in the reply. */
  issueTicket(request: {
    readonly planId: string
    readonly space: "plan" | "caucus"
    readonly sessionId: string
    readonly ttlMs: number
  }): Promise<SyncTicket | null>
}

/** Inside `transactAct`. Reads see the act's own writes. */
export interface ActTx extends ReaderTx {
  readonly planId: string
  /** the plan's document, its row locked */
  readonly doc: LockedDoc
  /** the reader's own caucus document; null unless asked for, or when the reader has none */
  readonly caucus: LockedDoc | null
  /** as it stood when the row was locked */
  readonly before: Standing
  /** what `rules_rev` will be when this commits */
  readonly nextRulesRev: number

  applyStandingChanges(changes: readonly StandingChange[]): Promise<void>
  appendEvents(events: readonly NewEvent[]): Promise<readonly EventEntry[]>
  /** a server-authored update of `doc` or `caucus`, made with a fresh Yjs client id; its sequence number */
  appendUpdate(doc: DocId, update: { readonly bytes: Uint8Array; readonly clientId: number }): Promise<number>
  createVersion(version: NewVersion): Promise<number>
  /** files that come later: certificate, pack. A name is written once. */
  addVersionFile(number: number, file: NewFile): Promise<void>
  setVersionStatus(number: number, status: "signed" | "unlocked"): Promise<void>
  /** false: this party has signed this version already */
  addSignature(number: number, request: SignRequest): Promise<boolean>
  addRecord(entries: readonly NewRecordEntry[]): Promise<void>
  notify(notifications: readonly NewNotification[]): Promise<void>
  /** throws unless the reader is a head and both are of the same side */
  appointActingHead(appointment: ActingHead): Promise<void>
}

export interface LockedDoc {
  readonly doc: DocId
  readonly epoch: number
  readonly rulesRev: number
  readonly headSeq: number
}

/** A head's substitute for an interval. */
export interface ActingHead {
  readonly party: PartyCode
  readonly userId: string
  readonly from: string
  readonly until: string
}

export interface PersonInfo {
  readonly userId: string
  readonly name: Bilingual
  readonly language: "en" | "ru"
  /** the one delegation this person belongs to in every plan, or null */
  readonly party: PartyCode | null
  readonly roles: readonly Role[]
}

export interface PlanRow {
  readonly id: string
  readonly title: Bilingual
  readonly shortTitle: Bilingual
  readonly status: "negotiation" | "frozen" | "signed"
  readonly parties: readonly [PartyCode, PartyCode]
  readonly createdAt: string
  /** last log row, act or shared comment */
  readonly updatedAt: string
  /** clauses by stored state */
  readonly clauses: Readonly<Record<string, number>>
}

export type RecordKind = "round" | "between_rounds" | "agreed_minutes" | "ranking_reveal" | "stands_at"
export interface NewRecordEntry {
  readonly kind: RecordKind
  readonly at: string
  readonly value: Readonly<Record<string, unknown>>
}
export interface RecordEntry extends NewRecordEntry {
  readonly id: string
}

/** Which threads, and from where on. A page is in the order of creation and ends before the cursor, a thread's id. */
export interface CommentFilter {
  readonly cursor?: string | null
  /** 200 unless told */
  readonly limit?: number
  readonly status?: CommentThread["status"] | null
  readonly audience?: Audience | null
  readonly on?: "text" | "cells" | null
  readonly clauseId?: string | null
  readonly cell?: { readonly table: string; readonly rowId: string; readonly cells: readonly string[] } | null
}
export interface CommentPage {
  /** oldest first */
  readonly threads: readonly CommentThread[]
  /** the cursor of the page before; null: there is none */
  readonly next: string | null
}
export interface EntryPage {
  /** oldest first */
  readonly entries: readonly CommentEntry[]
  readonly next: string | null
}

export interface NewComment {
  readonly target: CommentTarget
  readonly audience: Audience
  readonly text: string
  readonly due: string | null
}

/** The rules' `EventDraft`, and what history that is loaded has of its own. */
export interface NewEvent extends EventDraft {
  /** defaults to the reader's party, first fitting role, and the transaction's time */
  readonly party?: PartyCode | null
  readonly role?: Role | null
  readonly at?: string
}

export interface Ranking {
  readonly party: PartyCode
  readonly committedAt: string
  readonly revealedAt: string | null
  /** SHA-256 over salt, line feed and canonical ranks */
  readonly commitment: string
  /** null until both are revealed */
  readonly salt: string | null
  readonly ranks: Readonly<Record<string, number>>
  readonly reason: Bilingual | null
}

export interface NewNotification {
  readonly userId: string
  readonly kind: string
  readonly subject: { readonly type: string; readonly id: string } | null
  readonly summary: Bilingual
}
export interface Notification extends NewNotification {
  readonly id: string
  readonly planId: string
  readonly at: string
  readonly readAt: string | null
}

export interface NewFile {
  readonly name: string
  readonly type: string
  readonly bytes: Uint8Array
}
export interface StoredFile extends NewFile {
  readonly sha256: string
}

export interface NewVersion {
  /** the moment the originals print and the manifest names, ISO 8601; defaults to the transaction's time */
  readonly frozenAt?: string
  /** log position it was folded to */
  readonly seq: number
  readonly planHash: string
  readonly manifestHash: string
  /** canonical plan.json */
  readonly plan: Uint8Array
  /** the compressed Yjs update, a spare */
  readonly update: Uint8Array | null
  /** the standing at the freeze, for certificate and compare */
  readonly standing: Standing
  readonly files: readonly NewFile[]
}
export interface VersionRow {
  readonly info: VersionInfo
  readonly seq: number
  readonly plan: Uint8Array
  readonly standing: Standing
}

export interface StoredSignature extends SignRequest {
  readonly party: PartyCode
  readonly signedAt: string
  readonly info: SignatureInfo
}

export interface NewJob {
  readonly format: ExportFormat
  /** `shared`, or the reader's own party: what may be in the file */
  readonly audience: Audience
  readonly version: number | null
  readonly options?: Readonly<Record<string, unknown>>
}
export interface ClaimedJob extends NewJob {
  readonly id: string
  readonly planId: string
  readonly userId: string
  readonly attempts: number
}

export interface Hint {
  readonly planId: string
  readonly audience: Audience
  readonly type: "standing" | "comments" | "events" | "version" | "job"
  /** for `job`: whose */
  readonly userId: string | null
  readonly rev: number | string
}
export interface HintFeed {
  /** `missed` after a reconnect: some hints may be lost, ask for everything again */
  subscribe(listener: (hint: Hint | { readonly type: "missed" }) => void): () => void
}

export type ChainReport =
  | { readonly ok: true; readonly length: number; readonly head: string }
  | {
      readonly ok: false
      readonly audience: string
      readonly seq: number
      readonly problem: "gap" | "prev" | "hash" | "head"
    }
