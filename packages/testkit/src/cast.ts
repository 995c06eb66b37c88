import type { Bilingual, PartyCode, Role } from "@alternat/plan"

export interface CastMember {
  readonly userId: string
  readonly name: Bilingual
  readonly language: "en" | "ru"
  readonly party: PartyCode | null
  readonly roles: readonly Role[]
}
export interface Cast {
  readonly headUs: CastMember
  readonly drafterUs: CastMember
  readonly headRu: CastMember
  readonly drafterRu: CastMember
  readonly secretary: CastMember
}

const member = (userId: string, name: Bilingual, party: PartyCode | null, roles: readonly Role[]): CastMember => ({
  userId,
  name,
  language: party === "RU" ? "ru" : "en",
  party,
  roles,
})

/** Who plays in tests: a head and a drafter on each side, and a secretary who belongs to neither. */
export const CAST: Cast = {
  headUs: member("u-head-us", { en: "Ann Head", ru: "Энн Хед" }, "US", ["head", "releasing", "clearing", "members"]),
  drafterUs: member("u-drafter-us", { en: "Don Drafter", ru: "Дон Драфтер" }, "US", ["drafter"]),
  headRu: member("u-head-ru", { en: "Gleb Golovin", ru: "Глеб Головин" }, "RU", [
    "head",
    "releasing",
    "clearing",
    "members",
  ]),
  drafterRu: member("u-drafter-ru", { en: "Roza Redaktorova", ru: "Роза Редакторова" }, "RU", ["drafter"]),
  secretary: member("u-secretary", { en: "Sam Secretary", ru: "Сэм Секретарь" }, null, ["secretary"]),
}
