import type {
  Actor,
  Bilingual,
  CommentCount,
  CommentThread,
  EventEntry,
  JobInfo,
  MemberInfo,
  Standing,
  SyncTicket,
  VersionInfo,
} from "@alternat/plan"
import type { StoredDoc } from "@alternat/room"
import type { ActEvent, LogPage, Writer } from "../authorship/authorship-face.ts"
import type { CommentFilter, CommentPage, EntryPage, NewComment, Notification } from "./comments.ts"
import type { NewJob } from "./jobs.ts"
import type { PlanRow, Ranking, RecordEntry } from "./plans.ts"
import type { ActingHead, Audience, PersonInfo, Reader } from "./reader.ts"
import type { StoredFile, StoredSignature, VersionRow } from "./versions.ts"

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
