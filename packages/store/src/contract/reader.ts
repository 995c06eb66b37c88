import type { Bilingual, PartyCode, Role } from "@alternat/plan"

/**
 * Who asks. Party and roles are never taken from the caller: row-level security looks them up in `member`
 * from the user id that is set inside each transaction.
 */
export interface Reader {
  readonly userId: string
}

/** `shared`, or the party whose own it is. */
export type Audience = "shared" | (PartyCode & {})

export interface PersonInfo {
  readonly userId: string
  readonly name: Bilingual
  readonly language: "en" | "ru"
  /** the one delegation this person belongs to in every plan, or null */
  readonly party: PartyCode | null
  readonly roles: readonly Role[]
}

/** A head's substitute for an interval. */
export interface ActingHead {
  readonly party: PartyCode
  readonly userId: string
  readonly from: string
  readonly until: string
}
