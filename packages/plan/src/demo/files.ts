import type { CostTable } from "../cost-table.ts"
import type { Bilingual, Lang } from "../lang.ts"
import type { Parties, PartyCode, Role } from "../party.ts"
import type { PlanDocument, Proposal, SignatureBlock, TableProposalKind } from "../plan-document.ts"
import type { ClauseState, Conformity, Reserve } from "../standing.ts"
import type { PlanTables, TableRows } from "../tables.ts"

/** The three demo files as they are written; only what the loader reads is named. */
export interface DemoFiles {
  readonly text: TextFile
  readonly tables: TablesFile
  readonly costs: CostTable
}

export interface TextFile {
  readonly title: Bilingual
  readonly short_title: Bilingual
  readonly title_page: PlanDocument["titlePage"]
  readonly story_date: string
  readonly parties: Parties
  readonly sections: readonly RawSection[]
  readonly annex8: RawSection
  readonly signature: RawSignature
  readonly proposals: readonly RawProposal[]
  readonly reserves: readonly RawReserve[]
  readonly comments: readonly RawComment[]
  readonly caucus: Readonly<Record<PartyCode, readonly RawCaucusEntry[]>>
}

export interface RawText {
  readonly en: string
  readonly ru: string
}

export interface RawClause extends RawText {
  readonly id: string
  readonly state: ClauseState
  readonly conformity: Conformity
  readonly list?: Bilingual<readonly string[]>
  readonly alternat?: RawText
  /** the pair that was attested before one text moved on */
  readonly attested?: RawText
}

export interface RawSection {
  readonly id: string
  readonly number: number
  readonly mandatory: boolean
  readonly heading: Bilingual
  readonly clauses: readonly RawClause[]
}

export interface RawSignature {
  readonly heading: Bilingual
  readonly clauses: readonly RawClause[]
  readonly labels: SignatureBlock["labels"]
  readonly [party: PartyCode]: unknown
}

export interface RawSignatureHalf {
  readonly heading: RawText
  readonly post: RawText
  readonly organisation: RawText
  readonly place: RawText
  readonly date: RawText
  readonly acting: boolean
}

export interface RawProposal extends RawText {
  readonly id: string
  readonly clause: string
  readonly party: PartyCode
  readonly kind: Proposal["kind"]
  readonly note: Bilingual
  readonly age_days: number
}

export interface RawReserve {
  readonly clause: string
  readonly party: PartyCode
  readonly kind: Reserve["kind"]
  readonly reason: Bilingual
  readonly due: string
}

export interface RawComment {
  readonly clause: string
  readonly lang: Lang
  readonly quote: string
  readonly thread: readonly {
    readonly party: PartyCode
    readonly role: Role
    readonly text: string
    readonly days_ago: number
  }[]
  readonly resolved: boolean
  readonly due: string | null
}

export interface RawCaucusEntry {
  readonly clause: string
  readonly kind: "draft" | "comment" | "instruction" | "red_line"
  readonly role: Role
  readonly days_ago: number
  readonly en?: string
  readonly ru?: string
  readonly text?: string
}

type Rows<T extends keyof PlanTables> = PlanTables[T]
type Without<T extends keyof PlanTables, K extends string> = readonly Omit<TableRows[T], K>[]

export interface TablesFile
  extends Pick<
    PlanTables,
    | "sites"
    | "priorities"
    | "milestones"
    | "workstreams"
    | "executive_agents"
    | "working_groups"
    | "persons"
    | "decision_rights"
    | "access_rules"
    | "audit_rights"
    | "reports"
    | "risks"
    | "equipment"
    | "glossary"
  > {
  readonly committee: Rows<"committee">[number]
  readonly fx_review: Omit<Rows<"fx_review">[number], "id">
  readonly annexes: Without<"annexes", "id">
  readonly posts: Without<"posts", "id">
  readonly escalation: Without<"escalation", "id">
  readonly in_kind_valuations: Without<"in_kind_valuations", "id">
  readonly raci: {
    readonly workstreams: readonly {
      readonly workstream_id: string
      readonly activities: readonly Omit<Rows<"raci">[number], "workstream_id">[]
    }[]
  }
  readonly ranking_reveal: {
    readonly commitments: Readonly<Record<PartyCode, { readonly committed_at: string }>>
    readonly revealed_at: string
    readonly expected: Readonly<Record<string, unknown>>
  }
  readonly joint_rank_proposals: readonly {
    readonly id: string
    readonly party: PartyCode
    readonly opened_at: string
    readonly status: "open"
    readonly ranks: Readonly<Record<string, number>>
    readonly note: Bilingual
  }[]
  readonly cost_proposals: readonly RawCostProposal[]
  readonly cost_comments: readonly RawCellThread[]
  readonly caucus_costs: readonly {
    readonly id: string
    readonly party: PartyCode
    readonly role: Role
    readonly at: string
    readonly lang: Lang
    readonly marking: string
    readonly refers_to: readonly string[]
    readonly text: string
  }[]
  readonly scenario: readonly RawScenario[]
  readonly stands_at: RecordValue & { readonly at: string }
  readonly rounds: readonly (RecordValue & { readonly to: string; readonly scripted?: boolean })[]
  readonly between_rounds: readonly (RecordValue & { readonly at: string })[]
  readonly sequel: readonly RecordValue[]
  readonly agreed_minutes: RecordValue & { readonly done_on: string }
}

export type RecordValue = Readonly<Record<string, unknown>>

export interface RawCostProposal {
  readonly id: string
  readonly kind: Exclude<TableProposalKind, "joint_rank">
  readonly party: PartyCode
  readonly status: "open"
  readonly opened_at: string
  readonly plan_year?: number
  readonly line_ids?: readonly string[]
  readonly line_id?: string
  readonly amount_party?: PartyCode
  readonly comment_thread_id?: string
  readonly workstream_id?: string
  readonly priority_ids?: readonly string[]
  readonly value: Readonly<Record<string, unknown>>
  readonly reason: Bilingual
  /** what the proposal says would follow; checked against our own figures */
  readonly effect: Readonly<Record<string, unknown>>
  readonly current?: Readonly<Record<string, number>>
}

export interface RawCellThread {
  readonly id: string
  readonly cell: { readonly line_id: string; readonly plan_year: number; readonly party: PartyCode }
  readonly audience: "shared"
  readonly status: "open" | "resolved"
  readonly due: string | null
  readonly resolved: { readonly at: string; readonly party: PartyCode; readonly role: Role } | null
  readonly thread: readonly {
    readonly party: PartyCode
    readonly role: Role
    readonly at: string
    readonly lang: Lang
    readonly text: string
  }[]
}

export interface RawScenario {
  readonly id: string
  readonly party: PartyCode
  readonly private: boolean
  readonly title: string
  readonly lang: Lang
  readonly note: string
  readonly [field: string]: unknown
}
