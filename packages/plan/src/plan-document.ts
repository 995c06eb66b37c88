import type { ClauseText } from "./clause-text.ts"
import type { Bilingual } from "./lang.ts"
import type { Parties, PartyCode } from "./party.ts"
import type { PlanTables, Row, TableName } from "./tables.ts"

export interface Clause {
  readonly id: string
  readonly en: ClauseText
  readonly ru: ClauseText
  /** the same language with the other party first; hashed with the clause */
  readonly alternat?: Bilingual<ClauseText>
}

export interface Section {
  readonly id: string
  readonly kind: "preamble" | "section" | "annex" | "signature"
  /** printed number; null for preamble and signature block */
  readonly number: number | null
  readonly mandatory: boolean
  readonly heading: Bilingual
  readonly clauses: readonly Clause[]
}

/** Terms of the whole plan: what fields are bound to, beside the tables. */
export interface PlanTerms {
  readonly plan_year_basis: "calendar"
  readonly start: string
  readonly end: string
  readonly handover_complete_by: string
  readonly fx: {
    readonly base: string
    readonly quote: string
    /** decimal string */
    readonly rate: string
    readonly rate_type: string
    readonly agreed_on: string
    readonly source: string
  }
  readonly caps: { readonly us_usd_cents: number | null; readonly ru_rub_kopecks: number | null }
  readonly min_ru_share_bp_final_year: number | null
  readonly binding: boolean
}

export interface SignatureBlock {
  readonly labels: Readonly<Record<"post" | "organisation" | "place" | "date" | "acting", Bilingual>>
  /** each side's half: its heading, and a placeholder for every blank that its signatory fills in */
  readonly blocks?: Readonly<Record<PartyCode, SignatureHalf>>
}

export interface SignatureHalf {
  readonly heading: Bilingual<ClauseText>
  readonly post: Bilingual<ClauseText>
  readonly organisation: Bilingual<ClauseText>
  readonly place: Bilingual<ClauseText>
  readonly date: Bilingual<ClauseText>
  readonly acting: boolean
}

/**
 * A plan as a value: what a version seals (`plan.json`), what exports print. A pure function of the document's log.
 * Alternat order is a matter of rendering; this value is order-free but for `parties`.
 */
export interface PlanDocument {
  readonly format: "alternat-plan/1"
  readonly id: string
  readonly title: Bilingual
  readonly shortTitle: Bilingual
  readonly titlePage: {
    readonly marking: Bilingual
    readonly character: Bilingual
    readonly fiction: Bilingual | null
  }
  readonly parties: Parties
  readonly terms: PlanTerms
  /** in order */
  readonly sections: readonly Section[]
  readonly signature: SignatureBlock
  readonly tables: PlanTables
}

export type ProposalStatus = "open" | "withdrawn" | "accepted" | "superseded"

/** A party's alternative wording, beside the working text. A value that only acts change. */
export interface Proposal {
  readonly id: string
  /** the clause it changes, or after which it inserts */
  readonly clauseId: string
  readonly party: PartyCode
  readonly kind: "replace" | "insert_after" | "delete"
  /** hash pair of the working text it was written against */
  readonly base: Bilingual
  /** that text, kept so that the proposal follows the working text; absent in proposals older than this */
  readonly baseText?: Bilingual<ClauseText>
  readonly status: ProposalStatus
  readonly en: ClauseText
  readonly ru: ClauseText
  readonly note: Bilingual | null
  readonly openedAt: string
  readonly closedAt: string | null
}

export type TableProposalKind = "ramp_share" | "amount" | "new_line" | "joint_rank"

/** A party's alternative value in a typed table. */
export interface TableProposal {
  readonly id: string
  readonly party: PartyCode
  readonly kind: TableProposalKind
  readonly status: ProposalStatus
  /** kind-specific, as in the demo's tables: ramp_share {plan_year, line_ids, us_share_bp}, amount {line_id, plan_year, party, ...}, new_line {line}, joint_rank {ranks} */
  readonly value: Readonly<Record<string, unknown>>
  /** hash of the rows it would change, as they stood */
  readonly base: string
  readonly reason: Bilingual | null
  readonly openedAt: string
  readonly closedAt: string | null
}

/** A row that a side has taken out of its table. By whom and when is not known of rows withdrawn before that was kept. */
export interface WithdrawnRow {
  readonly table: TableName
  readonly row: Row
  readonly party: PartyCode | null
  readonly at: string | null
}

/** The live document: the plan and what lies across the table beside it. */
export interface LivePlan {
  readonly plan: PlanDocument
  readonly proposals: readonly Proposal[]
  readonly tableProposals: readonly TableProposal[]
  readonly withdrawnRows?: readonly WithdrawnRow[]
  /** log position it was folded to */
  readonly seq: number
}
