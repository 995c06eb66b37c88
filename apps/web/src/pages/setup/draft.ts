import type { Bilingual, Lang, PartyCode, Role } from "@alternat/plan"
import type { Setup } from "../../api/index.ts"

/** Prints the link that opens this page. */
export const INIT_COMMAND = "npm run --silent alternat -- init"

/** Seats that can be added beside the head's; the last two take an office from the head. */
export const SEATS = ["drafter", "translator", "budget", "legal", "releasing", "clearing"] as const
export type SeatKind = "head" | (typeof SEATS)[number]

export interface SeatDraft {
  readonly kind: SeatKind
  readonly email: string
  readonly nameEn: string
  readonly nameRu: string
  readonly password: string
}
export interface SideDraft {
  readonly party: PartyCode
  readonly language: Lang
  readonly seats: readonly SeatDraft[]
}
export interface SetupDraft {
  readonly titleEn: string
  readonly titleRu: string
  readonly start: string
  readonly end: string
  readonly sides: readonly [SideDraft, SideDraft]
}

export const newSeat = (kind: SeatKind): SeatDraft => ({ kind, email: "", nameEn: "", nameRu: "", password: "" })

export const newDraft = (titleEn: string, titleRu: string, year: number): SetupDraft => ({
  titleEn,
  titleRu,
  start: `${year}-01-01`,
  end: `${year + 4}-12-31`,
  sides: [
    { party: "US", language: "en", seats: [newSeat("head")] },
    { party: "RU", language: "ru", seats: [newSeat("head")] },
  ],
})

export const has = (side: SideDraft, kind: SeatKind): boolean => side.seats.some((seat) => seat.kind === kind)

/** The head holds the offices that nobody else was given. */
export function rolesOf(side: SideDraft, kind: SeatKind): readonly Role[] {
  if (kind !== "head") return [kind]
  const offices = (["releasing", "clearing"] as const).filter((office) => !has(side, office))
  return ["head", ...offices, "members"]
}

/** The address that two people have been given, in any case of its letters. */
export function repeatedEmail({ sides }: SetupDraft): string | null {
  const seen = new Set<string>()
  for (const { email } of sides.flatMap((side) => side.seats)) {
    const known = email.trim().toLowerCase()
    if (seen.has(known)) return email.trim()
    seen.add(known)
  }
  return null
}

/** Where the server has named a seat's password as too weak: by side and seat, in its words. */
export type WeakPasswords = Readonly<Record<string, Bilingual>>

export function weakPasswordsIn(items: readonly { readonly id: string; readonly message: Bilingual }[]): WeakPasswords {
  const found = items.flatMap(({ id, message }) => {
    const [, side, seat] = /^delegations\.(\d+)\.people\.(\d+)\.password$/.exec(id) ?? []
    return side === undefined || seat === undefined ? [] : [[seatKey(Number(side), Number(seat)), message] as const]
  })
  return Object.fromEntries(found)
}

export const seatKey = (side: number, seat: number): string => `${side}.${seat}`

export const setupOf = (draft: SetupDraft, token: string): Setup => ({
  token,
  plan: { title: { en: draft.titleEn, ru: draft.titleRu }, start: draft.start, end: draft.end },
  delegations: draft.sides.map((side) => ({
    party: side.party,
    language: side.language,
    people: side.seats.map(({ kind, email, nameEn, nameRu, password }) => ({
      email: email.trim(),
      name: { en: nameEn, ru: nameRu },
      roles: rolesOf(side, kind),
      password,
    })),
  })),
})
