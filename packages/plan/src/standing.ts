import type { Bilingual } from "./lang.ts"
import type { PartyCode } from "./party.ts"

/** Stored states. *Bracketed* and *conformed* are derived, *reopened* is an event. */
export type ClauseState =
  | "tabled"
  | "under_negotiation"
  | "agreed_ad_ref"
  | "agreed"
  | "locked"
  | "parked"
  | "withdrawn"

/** What is drawn: the stored state, or what follows from proposals and attestations. */
export type ShownState = ClauseState | "draft" | "bracketed" | "conformed"

export type Conformity =
  | "empty_en"
  | "empty_ru"
  | "unconfirmed"
  | "en_changed"
  | "ru_changed"
  | "both_changed"
  | "confirmed_one"
  | "in_sync"
  | "divergent"

/** SHA-256, lower-case hex, of the canonical clause text of each language (`seal.clauseHash`). */
export type HashPair = Bilingual

export interface Attestation {
  readonly party: PartyCode
  readonly hash: HashPair
  readonly at: string
}

export interface Divergence {
  readonly party: PartyCode
  readonly hash: HashPair
  readonly note: string
  readonly at: string
}

export interface Reserve {
  readonly id: string
  readonly clauseId: string
  readonly party: PartyCode
  readonly kind: "scrutiny" | "legal" | "language"
  readonly reason: Bilingual
  readonly due: string | null
  readonly at: string
  readonly liftedAt: string | null
}

/** One side's consent to one exact text; the act completes when the second side consents to the same. */
export interface Consent {
  readonly party: PartyCode
  readonly to: "proposal" | "agreed_ad_ref" | "agreed" | "unlock"
  /** hash of what is consented to: a clause pair, a row, a proposal, a version */
  readonly hash: string
  readonly at: string
}

export interface ClauseStanding {
  readonly state: ClauseState
  readonly since: string
  readonly attestations: readonly Attestation[]
  readonly divergence: Divergence | null
  readonly reserves: readonly Reserve[]
  /** consents to the state that comes next, given by one side so far */
  readonly consents: readonly Consent[]
  readonly reopened: { readonly party: PartyCode; readonly reason: string; readonly at: string } | null
}

export interface RowStanding {
  readonly state: "under_negotiation" | "agreed_ad_ref" | "agreed" | "locked"
  readonly since: string
  readonly consents: readonly Consent[]
}

/** Everything about a plan that acts decide and edits can't: kept in SQL, never in the Y.Doc. */
export interface Standing {
  readonly planId: string
  readonly rulesRev: number
  readonly status: "negotiation" | "frozen" | "signed"
  readonly clauses: Readonly<Record<string, ClauseStanding>>
  /** agreement on cost lines, by line id */
  readonly lines: Readonly<Record<string, RowStanding>>
  /** the highest number a version has had, unlocked ones too */
  readonly lastVersion?: number
  /** the frozen version; null while there is none, and after an unlock */
  readonly version: {
    readonly number: number
    readonly signedBy: readonly PartyCode[]
    readonly manifestHash?: string
    /** while frozen: which sides want it unlocked */
    readonly unlockConsents?: readonly Consent[]
  } | null
}

/** What the guard needs to know to judge an edit. `rev` is the document's `rules_rev` ([LOG5]). */
export interface EditRules {
  readonly rev: number
  /** true from freeze to unlock: nobody edits anything */
  readonly frozen: boolean
  readonly closedClauses: ReadonlySet<string>
  readonly closedLines: ReadonlySet<string>
}

/** A pair as one string: what a `Consent` to a clause names. */
export const pairKey = (pair: HashPair): string => `${pair.en}.${pair.ru}`

/** The same two texts? */
export const isSamePair = (a: HashPair, b: HashPair): boolean => a.en === b.en && a.ru === b.ru
