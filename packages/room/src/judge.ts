import type { EditRules } from "@alternat/plan"
import type { AuthorId, StoredDoc, TicketBearer } from "./update-log.ts"

/** What the guard says about one update of one author. */
export type Verdict =
  /** legal; `newClients` are Yjs client ids that this update uses for the first time ([LOG4]) */
  | { readonly type: "accepted"; readonly newClients: readonly number[] }
  /** nothing in it that the document lacks */
  | { readonly type: "nothingNew" }
  | { readonly type: "refused"; readonly reason: string; readonly clauseId: string | null }

/**
 * Judges the updates of one document against a shadow of it. The shadow holds what the log held when the judge was
 * made, what `witness` told it since, and every update it has accepted, committed or not yet.
 * A refused update leaves the shadow as it was.
 */
export interface Judge {
  judge(update: Uint8Array, editor: TicketBearer): Verdict
  /** an update that is in the log by another way: another node's, or the server's for an act */
  witness(update: Uint8Array): void
  destroy(): void
}

/** Made anew whenever the rules, the bindings of clients or the head of the log have moved under the old one. */
export type MakeJudge = (
  stored: StoredDoc,
  rules: EditRules,
  clientAuthors: ReadonlyMap<number, AuthorId>,
) => Judge
