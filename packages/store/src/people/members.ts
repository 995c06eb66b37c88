import type { Actor, MemberInfo, PartyCode, Role } from "@alternat/plan"
import type { PersonInfo } from "../contract/reader.ts"
import type { ReaderContext } from "../reader-context.ts"

/** The reader in this plan. An acting head has the head's role while the interval lasts, and is marked. */
export async function readActor({ tx, reader, now }: ReaderContext, planId: string): Promise<Actor | null> {
  const [row] = await tx<{ party: PartyCode | null; roles: Role[]; acting: boolean }[]>`
    select m.party, m.roles,
           exists (select 1 from acting_head a where a.plan_id = m.plan_id and a.user_id = m.user_id
                      and ${now} between a.from_at and a.until_at) as acting
      from member m
     where m.plan_id = ${planId} and m.user_id = ${reader.userId}`
  if (!row) return null
  const acting = row.acting && !row.roles.includes("head")
  return {
    userId: reader.userId,
    party: row.party,
    roles: acting ? ["head", ...row.roles] : row.roles,
    ...(acting ? { acting } : {}),
  }
}

/** The role under which somebody's words stand: the first of theirs. */
export const speaksAs = (actor: Actor | null): Role => actor?.roles[0] ?? "observer"

export async function readMembers({ tx }: ReaderContext, planId: string): Promise<readonly MemberInfo[]> {
  const rows = await tx<
    { user_id: string; party: PartyCode | null; roles: Role[]; name_en: string | null; name_ru: string | null }[]
  >`
    select m.user_id, m.party, m.roles, p.name_en, p.name_ru
      from member m left join person p on p.id = m.user_id
     where m.plan_id = ${planId}
     order by m.party nulls last, m.user_id`
  return rows.map((row) => ({
    userId: row.user_id,
    name: { en: row.name_en ?? "", ru: row.name_ru ?? "" },
    party: row.party,
    roles: row.roles,
  }))
}

export async function readMe({ tx, reader }: ReaderContext): Promise<PersonInfo | null> {
  const [person] = await tx<{ name_en: string; name_ru: string; language: "en" | "ru" }[]>`
    select name_en, name_ru, language from person where id = ${reader.userId}`
  if (!person) return null
  const seats = await tx<{ party: PartyCode | null; roles: Role[] }[]>`
    select party, roles from member where user_id = ${reader.userId} order by plan_id`
  return {
    userId: reader.userId,
    name: { en: person.name_en, ru: person.name_ru },
    language: person.language,
    party: seats.find((seat) => seat.party !== null)?.party ?? null,
    roles: [...new Set(seats.flatMap((seat) => seat.roles))],
  }
}

export async function setLanguage({ tx, reader }: ReaderContext, language: "en" | "ru"): Promise<void> {
  await tx`update person set language = ${language} where id = ${reader.userId}`
}
