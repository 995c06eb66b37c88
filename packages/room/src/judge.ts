import { type AcceptedVerdict, type Bearer, Guard, type GuardedEdit, type Verdict } from "@alternat/document"
import type { EditRules, PartyCode } from "@alternat/plan"
import type { AuthorId } from "./update-log.ts"

/**
 * Judges the updates of one document against a shadow of it. The shadow holds what the log held when the judge was
 * made, what `apply` told it since, and every update it has accepted, in the log or not yet.
 * A refused update leaves the shadow as it was. The guard of `@alternat/document` is one.
 */
export interface Judge {
  judge(update: Uint8Array, bearer: Bearer, rules: EditRules): Verdict
  /** Several at the price of one, when all of them pass. null: each has to be judged alone, and none is accepted yet. */
  judgeAll(edits: readonly GuardedEdit[], rules: EditRules): readonly AcceptedVerdict[] | null
  /** the oldest `count` accepted updates are in the log now */
  commit(count: number): void
  /** what it has accepted and the log has not: forgotten, to be judged again */
  rollback(): void
  /** an update that is in the log by another way: another node's, or the server's for an act */
  apply(update: Uint8Array, author: string | null): void
  destroy(): void
}

export interface JudgedDoc {
  readonly space: "plan" | "caucus"
  readonly party: PartyCode | null
  /** whose each Yjs client id is, as far as the log knows */
  readonly authors: ReadonlyMap<number, AuthorId>
  /** everything that `commit` and `apply` have told it, and what was there before: a judge keeps no copy of its own */
  readonly log: () => readonly Uint8Array[]
}

/** Made when a room gets its first edit, and anew when what it knows of authors has proved wrong. */
export type MakeJudge = (doc: JudgedDoc) => Judge

export const makeGuard: MakeJudge = ({ space, party, authors, log }) => new Guard({ space, party, authors, state: log })
