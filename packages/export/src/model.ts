import type { Bilingual, Lang, PartyCode, PlanDocument, Proposal, Standing, TableProposal } from "@alternat/plan"

/** Who will read the file. Required of every export, so that nothing private can slip into one by default. */
export type Audience = "shared" | PartyCode

/** Whose original: a party's code (its name, language and signature first), or the two-column working copy. */
export type Original = PartyCode | "working"

/** What exports read: shared text only. Caucus drafts, notes and comments have no way in. */
export interface ExportSource {
  readonly plan: PlanDocument
  /** open proposals make brackets; leave out (or empty) for a frozen version */
  readonly proposals?: readonly Proposal[]
  readonly tableProposals?: readonly TableProposal[]
  readonly standing?: Standing
  /** null: a draft, marked “draft — not agreed” on every page */
  readonly version: { readonly number: number; readonly frozenAt: string } | null
}

export interface RenderOptions {
  readonly audience: Audience
  readonly original: Original
  /** for the working copy, whose language stands left; English if left out */
  readonly first?: Lang
  /** false prints the working text of a draft without its brackets */
  readonly brackets?: boolean
}

/** A run of printed text. `by`: the party in whose bracket it stands. */
export type Run =
  | { readonly text: string; readonly style?: "em" | "placeholder" }
  | { readonly open: PartyCode; readonly code: string }
  | { readonly text: string; readonly by: PartyCode; readonly change: "inserted" | "deleted" }
  | { readonly close: PartyCode }

export type PrintBlock =
  | { readonly kind: "paragraph"; readonly runs: readonly Run[] }
  | { readonly kind: "item"; readonly label: string; readonly runs: readonly Run[] }

export interface PrintClause {
  readonly id: string
  /** `17.2`; empty in the preamble */
  readonly number: string
  readonly blocks: Bilingual<readonly PrintBlock[]>
}

export interface PrintSection {
  readonly id: string
  readonly kind: "preamble" | "section" | "annex" | "signature"
  readonly number: number | null
  readonly heading: Bilingual
  readonly clauses: readonly PrintClause[]
  /** typed tables of an annex, in print order */
  readonly tables: readonly PrintTable[]
}

export type Cell = string | Bilingual
export interface PrintColumn {
  readonly head: Bilingual
  readonly align: "left" | "right" | "center"
  /** share of the width; figures take what they need when 0 */
  readonly width: number
}
export interface PrintRow {
  readonly cells: readonly Cell[]
  readonly style?: "group" | "total" | "grand"
}
/** A table that prints once per language, or once with bilingual cells. */
export interface PrintTable {
  /** `costs-2010`, also the name of its CSV */
  readonly name: string
  readonly title: Bilingual
  readonly columns: readonly PrintColumn[]
  readonly rows: readonly PrintRow[]
  readonly note: Bilingual | null
  readonly landscape: boolean
}

export interface PrintSignature {
  readonly party: PartyCode
  readonly heading: Bilingual
}

/** One document as it will be printed, the same for every format. Order of parties and languages is settled here. */
export interface DocumentModel {
  readonly original: Original
  readonly audience: Audience
  /** first is left and comes first */
  readonly langs: readonly [Lang, Lang]
  readonly parties: readonly [PartyCode, PartyCode]
  readonly title: Bilingual
  readonly shortTitle: Bilingual
  readonly partyNames: readonly [Bilingual, Bilingual]
  readonly marking: Bilingual
  readonly character: Bilingual
  readonly fiction: Bilingual | null
  readonly version: { readonly number: number; readonly frozenAt: string } | null
  /** null for a frozen version */
  readonly draftMark: Bilingual | null
  readonly sections: readonly PrintSection[]
  readonly signatures: readonly [PrintSignature, PrintSignature]
}
