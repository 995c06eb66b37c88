import {
  type Clause,
  type ClauseText,
  LANGS,
  type Lang,
  type Party,
  type PartyCode,
  type PlanDocument,
} from "@alternat/plan"
import type { Original } from "./model.ts"

/**
 * The alternat: in its own original each side is named first, its language stands first and its signature on the left.
 * A pure matter of rendering; the plan itself has no order but the declared one.
 */
export interface Order {
  readonly original: Original
  readonly langs: readonly [Lang, Lang]
  readonly parties: readonly [Party, Party]
}

/** A plan's first party writes in its first language, the second in the second. */
export const languageOf = (plan: Pick<PlanDocument, "parties">, code: PartyCode): Lang =>
  plan.parties[1].code === code ? LANGS[1]! : LANGS[0]!

export function orderFor(plan: Pick<PlanDocument, "parties">, original: Original, first: Lang = LANGS[0]!): Order {
  const [a, b] = plan.parties
  const own = original === "working" ? first : languageOf(plan, original)
  const parties = languageOf(plan, a.code) === own ? ([a, b] as const) : ([b, a] as const)
  return { original, langs: [own, own === "en" ? "ru" : "en"], parties }
}

/** The parties as one language names them: in an original own side first, in the working copy each language its own. */
export function partiesIn(plan: Pick<PlanDocument, "parties">, order: Order, lang: Lang): readonly [Party, Party] {
  return order.original === "working" ? orderFor(plan, "working", lang).parties : order.parties
}

/**
 * The wording for this original. A text names first the party whose language it is in; `alternat` is the same text with
 * the other party first, and stands in that party's original.
 */
export function wordingOf(clause: Clause, order: Order, lang: Lang): ClauseText {
  if (order.original === "working" || order.langs[0] === lang || clause.alternat === undefined) return clause[lang]
  return clause.alternat[lang]
}
