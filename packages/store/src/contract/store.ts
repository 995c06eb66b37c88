import type { Bilingual, Result } from "@alternat/plan"
import type { LogFeed, TicketDesk, UpdateLog } from "@alternat/room"
import type { Seat } from "../people/ended-seats.ts"
import type { ActTx } from "./acts.ts"
import type { HintFeed } from "./feeds.ts"
import type { ClaimedJob } from "./jobs.ts"
import type { NewPlan } from "./new-plan.ts"
import type { ChainReport } from "./plans.ts"
import type { Reader } from "./reader.ts"
import type { ReaderTx } from "./reads.ts"
import type { SetupDesk } from "./setup.ts"

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

export interface StoreOptions {
  readonly urls: DatabaseUrls
  /** connections of the request pool; sync and auth have small pools of their own */
  readonly maxConnections?: number
  readonly now?: () => Date
  /** random ids of rows; injected by tests that want fixed ones */
  readonly newId?: () => string
}

/** One connection string per role; on an outside PostgreSQL all four may be the same, the role is set at connection start. */
export interface DatabaseUrls {
  readonly owner: string
  readonly app: string
  readonly sync: string
  readonly auth: string
}
