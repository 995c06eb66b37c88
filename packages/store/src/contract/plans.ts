import type { Bilingual, EventDraft, PartyCode, Role } from "@alternat/plan"

export interface PlanRow {
  readonly id: string
  readonly title: Bilingual
  readonly shortTitle: Bilingual
  readonly status: "negotiation" | "frozen" | "signed"
  readonly parties: readonly [PartyCode, PartyCode]
  readonly createdAt: string
  /** last log row, act or shared comment */
  readonly updatedAt: string
  /** clauses by stored state */
  readonly clauses: Readonly<Record<string, number>>
}

export type RecordKind = "round" | "between_rounds" | "agreed_minutes" | "ranking_reveal" | "stands_at"

export interface NewRecordEntry {
  readonly kind: RecordKind
  readonly at: string
  readonly value: Readonly<Record<string, unknown>>
}

export interface RecordEntry extends NewRecordEntry {
  readonly id: string
}

export interface Ranking {
  readonly party: PartyCode
  readonly committedAt: string
  readonly revealedAt: string | null
  /** SHA-256 over salt, line feed and canonical ranks */
  readonly commitment: string
  /** null until both are revealed */
  readonly salt: string | null
  readonly ranks: Readonly<Record<string, number>>
  readonly reason: Bilingual | null
}

/** The rules' `EventDraft`, and what history that is loaded has of its own. */
export interface NewEvent extends EventDraft {
  /** defaults to the reader's party, first fitting role, and the transaction's time */
  readonly party?: PartyCode | null
  readonly role?: Role | null
  readonly at?: string
}

export type ChainReport =
  | { readonly ok: true; readonly length: number; readonly head: string }
  | {
      readonly ok: false
      readonly audience: string
      readonly seq: number
      readonly problem: "gap" | "prev" | "hash" | "head"
    }
