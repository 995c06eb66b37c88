import { type Bearer, Guard, type Verdict } from "@alternat/document"
import type { EditRules } from "@alternat/plan"
import type { AuthorId, StoredDoc } from "./update-log.ts"

/**
 * Judges the updates of one document against a shadow of it. The shadow holds what the log held when the judge was
 * made, what `apply` told it since, and every update it has accepted, in the log or not yet.
 * A refused update leaves the shadow as it was. The guard of `@alternat/document` is one.
 */
export interface Judge {
  judge(update: Uint8Array, bearer: Bearer, rules: EditRules): Verdict
  /** the oldest `count` accepted updates are in the log now */
  commit(count: number): void
  /** an update that is in the log by another way: another node's, or the server's for an act */
  apply(update: Uint8Array, author: string | null): void
  destroy(): void
}

/** Made when a room gets its first edit, and anew when updates it had accepted did not reach the log. */
export type MakeJudge = (stored: StoredDoc, authors: ReadonlyMap<number, AuthorId>) => Judge

export const makeGuard: MakeJudge = (stored, authors) => {
  const { space, party, snapshot, tail } = stored
  const bytes = tail.map((entry) => entry.bytes)
  return new Guard({ space, party, authors, state: snapshot ? [snapshot.state, ...bytes] : bytes })
}
