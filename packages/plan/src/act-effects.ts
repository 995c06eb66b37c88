import type { ClauseText } from "./clause-text.ts"
import type { Bilingual } from "./lang.ts"
import type { PartyCode } from "./party.ts"
import type { Clause, Proposal, ProposalStatus, TableProposal } from "./plan-document.ts"
import type { ClauseStanding, Consent, RowStanding, Standing } from "./standing.ts"
import type { Row, TableName } from "./tables.ts"

/**
 * One clause's or line's standing as it is from now on, or the plan's. Whole values: what is absent is gone.
 * `applyStanding` carries a list of these out.
 */
export type StandingChange =
  | { readonly type: "clause"; readonly clauseId: string; readonly standing: ClauseStanding }
  | { readonly type: "line"; readonly lineId: string; readonly standing: RowStanding }
  | { readonly type: "plan"; readonly status: Standing["status"] }
  /** consents to leave the frozen version, so far */
  | { readonly type: "unlock"; readonly consents: readonly Consent[] }

/** What the server writes into the documents, through the same log as typing. */
export type TextEffect =
  | { readonly type: "put_proposal"; readonly proposal: Proposal }
  | {
      readonly type: "proposal_status"
      readonly proposalId: string
      readonly clauseId: string
      readonly status: ProposalStatus
      readonly closedAt: string
    }
  /** as a minimal difference; an alternat wording that no longer fits goes */
  | {
      readonly type: "clause_text"
      readonly clauseId: string
      readonly en: ClauseText
      readonly ru: ClauseText
      readonly dropAlternat: boolean
    }
  | {
      readonly type: "insert_clause"
      readonly sectionId: string
      readonly afterClauseId: string
      readonly clause: Clause
    }
  | { readonly type: "clause_withdrawn"; readonly clauseId: string }
  /** in the caucus document of `party` */
  | { readonly type: "remove_draft"; readonly party: PartyCode; readonly draftId: string }
  | { readonly type: "put_table_proposal"; readonly proposal: TableProposal }
  | {
      readonly type: "table_proposal_status"
      readonly proposalId: string
      readonly status: ProposalStatus
      readonly closedAt: string
    }
  /** a whole row, put last where it is new */
  | { readonly type: "write_row"; readonly table: TableName; readonly row: Row }
  /** its cells stay, and no table shows it */
  | {
      readonly type: "row_withdrawn"
      readonly table: TableName
      readonly rowId: string
      readonly party: PartyCode
      readonly at: string
    }
  | { readonly type: "row_restored"; readonly table: TableName; readonly rowId: string }
  /** single cells, named as in `rowToCells` */
  | {
      readonly type: "write_cells"
      readonly table: TableName
      readonly rowId: string
      readonly cells: Readonly<Record<string, unknown>>
    }

/** An event before the chain gives it its number and hash. */
export interface EventDraft {
  readonly kind: string
  readonly subject: { readonly type: string; readonly id: string } | null
  readonly summary: Bilingual
  /** what a later reader needs to check it: hashes, reasons */
  readonly data?: Readonly<Record<string, unknown>>
}

export interface ActEffects {
  readonly standing: readonly StandingChange[]
  readonly text: readonly TextEffect[]
  readonly events: readonly EventDraft[]
  /** false: this side's consent is recorded, the other side's is awaited */
  readonly completed: boolean
  readonly created: {
    readonly type: "proposal" | "table_proposal" | "reserve" | "version" | "clause"
    readonly id: string
  } | null
}

/** 403 may not, 409 the text or the standing has moved on, 422 the act itself can't be. */
export interface ActError {
  readonly code: string
  readonly message: Bilingual
  readonly status: 403 | 409 | 422
  /** of a bulk act: what is wrong with which item; nothing was changed */
  readonly items?: readonly ActItemError[]
}

export interface ActItemError {
  readonly id: string
  readonly code: string
  readonly message: Bilingual
}
