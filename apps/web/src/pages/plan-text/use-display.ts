import type { FieldDisplay } from "@alternat/editor"
import type { Lang } from "@alternat/plan"
import { useMemo, useState } from "react"
import type { Translate } from "../../i18n/index.ts"
import type { PlanText } from "./context.ts"
import { createDisplay } from "./fields.ts"

type Plan = PlanText["live"]["plan"]

/** Fields read anew only when a table, a term or the order of clauses changed, not at every keystroke. */
export function useDisplay(plan: Plan, say: Translate): Readonly<Record<Lang, FieldDisplay>> {
  const [held, setHeld] = useState(plan)
  const current = isSameForFields(held, plan) ? held : plan
  if (current !== held) setHeld(current)
  return useMemo(
    () => ({ en: createDisplay(current, "en", say), ru: createDisplay(current, "ru", say) }),
    [current, say],
  )
}

const orderOf = (plan: Plan) =>
  plan.sections.map((section) => section.clauses.map((clause) => clause.id).join()).join(";")
const isSameForFields = (a: Plan, b: Plan): boolean =>
  a === b || (a.tables === b.tables && a.terms === b.terms && a.parties === b.parties && orderOf(a) === orderOf(b))
