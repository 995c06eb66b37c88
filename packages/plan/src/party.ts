/** `US`, `RU` in the demo; always data, never a constant of the code. */
export type PartyCode = string

/** Who may read: both delegations, or the caucus of one. */
export type Audience = "shared" | (PartyCode & {})

/** The six Russian cases: names inserted into Russian text need the right one. */
export type RussianCase = "nom" | "gen" | "dat" | "acc" | "ins" | "pre"

export interface Party {
  readonly code: PartyCode
  readonly names: {
    readonly en: { readonly full: string; readonly short: string; readonly adjective: string; readonly side: string }
    readonly ru: {
      readonly full: string
      readonly short: string
      readonly adjective: string
      readonly cases: Readonly<Record<RussianCase, string>>
    }
  }
}

/** Exactly two, in the plan's declared order: A is round and first, B angular and second. */
export type Parties = readonly [Party, Party]

/** What a person may do. A user belongs to one delegation, or to none (secretary, observer, administrator). */
export const ROLES = [
  "head",
  "drafter",
  "legal",
  "translator",
  "budget",
  "expert",
  "releasing",
  "clearing",
  "members",
  "secretary",
  "observer",
  "admin",
] as const
export type Role = (typeof ROLES)[number]

/** Who is asking: the argument of every rule that depends on a person. */
export interface Actor {
  readonly userId: string
  /** null for secretary, observer and administrator */
  readonly party: PartyCode | null
  readonly roles: readonly Role[]
  /** true while a head's substitute acts for an interval */
  readonly acting?: boolean
}
