import type { ReleaseDraft } from "./own-caucus.ts"
import type { Clause, PlanDocument, Proposal, TableProposal } from "./plan-document.ts"
import type { HashPair } from "./standing.ts"
import type { Row } from "./tables.ts"

/**
 * Hashes as the rules need them: SHA-256, lower-case hex, over canonical bytes. `seal` has functions of these
 * names; the rules only compare what comes out.
 */
export interface HashPort {
  /** with the alternat wording, where there is one, inside each language's hash */
  clausePair(clause: Clause): HashPair
  rowHash(row: Row): string
  /** an ordered list of rows or of slices of rows */
  tableHash(rows: readonly Row[]): string
  /** what is consented to: clause, kind, base, both texts; not status and dates */
  proposalHash(proposal: Proposal): string
  /** what is consented to: kind, value, base; not status and dates */
  tableProposalHash(proposal: TableProposal): string
  /** a caucus draft, all of it: clause, kind, base, both texts, reasons, marking */
  draftHash(draft: ReleaseDraft): string
  planHash(plan: PlanDocument): string
}
