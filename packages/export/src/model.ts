import type { Bilingual, Lang, PartyCode, PlanDocument, Proposal, Standing, TableProposal } from "@alternat/plan"

/** Who will read the file: `shared`, or one delegation. Required of every export, so that nothing private slips in by default. */
export type Audience = PartyCode

/** Whose original: a party's code (its name, language and signature first), or `working`, the two-column working copy. */
export type Original = PartyCode

/** What exports read: shared text only. Caucus drafts, notes and comments have no way in. */
export interface ExportSource {
  readonly plan: PlanDocument
  /** open proposals make brackets; leave out (or empty) for a frozen version */
  readonly proposals?: readonly Proposal[]
  /** open proposals to typed tables, in brackets by their lines and cells */
  readonly tableProposals?: readonly TableProposal[]
  readonly standing?: Standing
  /** null: a draft, marked “draft — not agreed” on every page */
  readonly version: { readonly number: number; readonly frozenAt: string } | null
  /** for a draft, when its text stood like this; ISO 8601 */
  readonly at?: string
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

export const textOf = (run: Run): string => ("text" in run ? run.text : "")

/** The words of a line, without the signs of brackets. */
export const wordsOf = (runs: readonly Run[]): string => runs.map(textOf).join("")

export type PrintBlock =
  | { readonly kind: "paragraph"; readonly runs: readonly Run[] }
  | { readonly kind: "item"; readonly label: string; readonly runs: readonly Run[] }

export interface PrintClause {
  readonly id: string
  /** `17.2`; empty in the preamble */
  readonly number: string
  readonly blocks: Bilingual<readonly PrintBlock[]>
  /** in a draft: reserves and what is parked, attributed */
  readonly notes: readonly Bilingual[]
}

export interface PrintSection {
  readonly id: string
  readonly kind: "preamble" | "section" | "annex" | "signature"
  readonly number: number | null
  readonly heading: Bilingual
  readonly clauses: readonly PrintClause[]
  /** typed tables of an annex, in print order */
  readonly tables: Bilingual<readonly PrintTable[]>
  /** printed across, because its tables are wide */
  readonly landscape: boolean
  /** a line beneath the heading */
  readonly note: Bilingual | null
}

/** Plain text; or a name with a text beneath it. */
export type Cell = string | { readonly lead: string; readonly text: string }
export interface PrintColumn {
  readonly head: string
  readonly align: "left" | "right" | "center"
  /** share of the width; `fit` takes what the content needs */
  readonly width: number | "fit"
}
export interface PrintRow {
  readonly cells: readonly Cell[]
  /** `group` spans the table with its first cell; `sub` carries no rule above; totals are ruled */
  readonly style?: "group" | "sub" | "total" | "grand"
}

/** One table in one language: figures, dates and order differ between the languages, so each prints its own. */
export interface PrintTable {
  /** `costs`, also part of the name of its CSV */
  readonly name: string
  readonly title: string
  readonly columns: readonly PrintColumn[]
  readonly rows: readonly PrintRow[]
  readonly note: string | null
}

export interface PrintSignature {
  readonly party: PartyCode
  /** For the U.S. side */
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
  /** `Original of the U.S. side` */
  readonly copy: Bilingual
  readonly marking: Bilingual
  readonly character: Bilingual
  readonly fiction: Bilingual | null
  readonly version: { readonly number: number; readonly frozenAt: string } | null
  /** `Version 3, frozen December 15, 2009`; for a draft, as of when */
  readonly versionLine: Bilingual
  /** ISO 8601: the date the file carries, so that the same document is the same bytes */
  readonly at: string
  /** null for a frozen version */
  readonly draftMark: Bilingual | null
  readonly sections: readonly PrintSection[]
  readonly signatures: readonly [PrintSignature, PrintSignature]
  readonly signatureLabels: Readonly<Record<"post" | "organisation" | "place" | "date", Bilingual>>
  /** SHA-256 of `plan.json`, printed on the title page */
  readonly planHash: string
}
