import type { ClauseText } from "../clause-text.ts"
import type { Bilingual, Lang } from "../lang.ts"
import type { Audience, PartyCode, Role } from "../party.ts"
import type { PlanDocument, Proposal, TableProposal } from "../plan-document.ts"
import type { CommentTarget } from "../replies.ts"
import type { ClauseState, Conformity, Standing } from "../standing.ts"

/** The demo, ready to be installed: nothing of the files is lost, nothing that lies ahead of the story is history. */
export interface Demo {
  readonly storyDate: string
  readonly plan: PlanDocument
  readonly proposals: readonly Proposal[]
  readonly tableProposals: readonly TableProposal[]
  readonly standing: Omit<Standing, "planId" | "rulesRev">
  /** what the data says of each clause, before it became standing */
  readonly clauseStates: ReadonlyMap<string, DemoClauseState>
  /** shared threads and those of each caucus, the oldest first */
  readonly comments: readonly DemoThread[]
  readonly caucus: Readonly<Record<PartyCode, DemoCaucus>>
  readonly record: readonly DemoRecordEntry[]
  readonly rankings: readonly DemoRanking[]
  /** every party and role that wrote something; those without an account become members who can't sign in */
  readonly authors: readonly DemoAuthor[]
  /** what lies ahead: journeys may play it, the loader doesn't */
  readonly scripted: { readonly rounds: readonly object[]; readonly sequel: readonly object[] }
  /** figures the data itself states, for the tests */
  readonly expected: {
    readonly convergence: Readonly<Record<string, unknown>>
    readonly effects: Readonly<Record<string, Readonly<Record<string, unknown>>>>
    readonly current: Readonly<Record<string, Readonly<Record<string, number>>>>
  }
}

export interface DemoClauseState {
  readonly state: ClauseState
  readonly conformity: Conformity
  readonly attested: Bilingual<ClauseText> | null
}

export interface DemoAuthor {
  readonly party: PartyCode
  readonly role: Role
}

export interface DemoThread {
  /** `CC1`… of cost comments; null where the data gives none */
  readonly id: string | null
  readonly target: CommentTarget
  readonly audience: Audience
  readonly due: string | null
  readonly status: "open" | "resolved"
  readonly resolved: { readonly at: string; readonly party: PartyCode; readonly role: Role } | null
  readonly entries: readonly DemoEntry[]
}

export interface DemoEntry extends DemoAuthor {
  readonly at: string
  /** the language the writer wrote in, where the data says so */
  readonly lang: Lang | null
  readonly text: string
}

export interface DemoCaucus {
  readonly drafts: readonly DemoDraft[]
  readonly notes: readonly DemoNote[]
}

export interface DemoDraft {
  readonly id: string
  readonly clauseId: string
  readonly kind: "replace" | "insert_after" | "delete"
  readonly role: Role
  readonly at: string
  readonly marking: string
  readonly en: ClauseText
  readonly ru: ClauseText
  readonly note: Bilingual | null
  readonly base: Bilingual<ClauseText>
}

export interface DemoNote {
  readonly id: string
  readonly kind: "red_line" | "instruction" | "fallback" | "scenario" | "note"
  readonly clauseId: string | null
  readonly refersTo: readonly string[]
  readonly role: Role
  readonly at: string
  readonly marking: string
  readonly text: string
  readonly data: unknown
}

export interface DemoRecordEntry {
  readonly kind: "round" | "between_rounds" | "agreed_minutes" | "ranking_reveal" | "stands_at"
  readonly at: string
  readonly value: Readonly<Record<string, unknown>>
}

export interface DemoRanking {
  readonly party: PartyCode
  readonly ranks: Readonly<Record<string, number>>
  readonly committedAt: string
  readonly revealedAt: string
}
