import { EMPTY_TEXT } from "./clause-text.ts"
import type { Bilingual } from "./lang.ts"
import type { Parties } from "./party.ts"
import type { PlanDocument, PlanTerms } from "./plan-document.ts"
import { emptyTables } from "./tables.ts"
import { SIGNATURE_LABELS, TEMPLATE_ANNEXES, TEMPLATE_SECTIONS } from "./template-sections.ts"

export interface BlankPlan {
  readonly id: string
  readonly title: Bilingual
  readonly shortTitle: Bilingual
  readonly parties: Parties
  /** first and last day; hand-over and rate are agreed later, so they start at the first day */
  readonly start: string
  readonly end: string
  readonly binding?: boolean
}

/** A plan from the template: every section with its heading and one clause to write, every annex on the list, no text. */
export const blankPlan = ({
  id,
  title,
  shortTitle,
  parties,
  start,
  end,
  binding = false,
}: BlankPlan): PlanDocument => ({
  format: "alternat-plan/1",
  id,
  title,
  shortTitle,
  titlePage: {
    marking: { en: "Joint, releasable to both Sides", ru: "Совместно — для обеих Сторон" },
    character: binding
      ? { en: "Draft of a plan that is binding on the Sides.", ru: "Проект плана, обязательного для Сторон." }
      : {
          en: "Working-level plan. It records intentions and is not binding under international law.",
          ru: "План рабочего уровня. В нем изложены намерения; обязательным по международному праву он не является.",
        },
    fiction: null,
  },
  parties,
  terms: blankTerms(start, end, binding),
  sections: TEMPLATE_SECTIONS.map((section) => ({
    ...section,
    clauses: [{ id: `${section.id}.c1`, en: EMPTY_TEXT, ru: EMPTY_TEXT }],
  })),
  signature: { labels: SIGNATURE_LABELS },
  tables: { ...emptyTables(), annexes: TEMPLATE_ANNEXES },
})

const blankTerms = (start: string, end: string, binding: boolean): PlanTerms => ({
  plan_year_basis: "calendar",
  start,
  end,
  handover_complete_by: start,
  fx: { base: "USD", quote: "RUB", rate: "1.0000", rate_type: "fixed_planning", agreed_on: start, source: "" },
  caps: { us_usd_cents: null, ru_rub_kopecks: null },
  min_ru_share_bp_final_year: null,
  binding,
})
