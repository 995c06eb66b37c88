import type { Actor, Bilingual, PlanDocument, SignStatement } from "@alternat/plan"

/** The facts that the record fixes about a signatory, who adds only place and date. */
export type Signatory = Pick<SignStatement, "party" | "name" | "post" | "organisation" | "acting">

/**
 * Name from the members' record; post and organisation from the post that the plan gives the function of signatory, which
 * an acting head signs for as well.
 */
export function signatoryOf(plan: PlanDocument, actor: Actor & { readonly party: string }, name: Bilingual): Signatory {
  const { party } = actor
  const post = plan.tables.posts.find((one) => one.party === party && one.functions.includes("signatory"))
  const agent = plan.tables.executive_agents.find((one) => one.party === party)?.organisation
  const full = plan.parties.find((one) => one.code === party)?.names
  return {
    party,
    name: composed(name),
    post: composed(post?.title ?? { en: "Head of delegation", ru: "Глава делегации" }),
    organisation: composed(post?.organisation ?? agent ?? { en: full?.en.full ?? party, ru: full?.ru.full ?? party }),
    acting: actor.acting ?? false,
  }
}

/** Which of the fixed places of a statement say something else than the record. */
export function differingPlaces(
  statement: SignStatement,
  fixed: Signatory,
): readonly ("name" | "post" | "organisation")[] {
  return (["name", "post", "organisation"] as const).filter(
    (place) => statement[place].en !== fixed[place].en || statement[place].ru !== fixed[place].ru,
  )
}

const DAY_MS = 86_400_000

/** The day of signing is the signatory's own; somewhere on earth it is already, or still, the day beside ours. */
export function isNearToday(day: string, now: Date): boolean {
  const at = Date.parse(`${day}T00:00:00Z`)
  const today = Date.parse(`${now.toISOString().slice(0, 10)}T00:00:00Z`)
  return Math.abs(at - today) <= DAY_MS
}

const composed = ({ en, ru }: Bilingual): Bilingual => ({ en: en.normalize("NFC"), ru: ru.normalize("NFC") })
