import type { Clause, PlanDocument, Section } from "./plan-document.ts"

/** Where a clause stands, and the number it prints. Numbers follow from order, never stored. */
export interface ClausePlace {
  readonly section: Section
  readonly clause: Clause
  /** position among the section's clauses that aren't withdrawn, from 1 */
  readonly position: number
  /** `17.6`; null where the section has no number */
  readonly number: string | null
}

const NONE: ReadonlySet<string> = new Set()

/** Every clause that isn't withdrawn, in order, by id. */
export const clausePlaces = (
  plan: PlanDocument,
  withdrawn: ReadonlySet<string> = NONE,
): ReadonlyMap<string, ClausePlace> => {
  const places = new Map<string, ClausePlace>()
  for (const section of plan.sections) {
    let position = 0
    for (const clause of section.clauses) {
      if (withdrawn.has(clause.id)) continue
      position += 1
      const number = section.number === null ? null : `${section.number}.${position}`
      places.set(clause.id, { section, clause, position, number })
    }
  }
  return places
}

/** The number a section or clause prints: `17`, `17.6`; null for an unknown id and for what carries no number. */
export const numberOf = (plan: PlanDocument, id: string, withdrawn: ReadonlySet<string> = NONE): string | null => {
  const section = plan.sections.find((one) => one.id === id)
  if (section !== undefined) return section.number === null ? null : String(section.number)
  const annex = plan.tables.annexes.find((one) => one.id === id)
  return annex === undefined ? (clausePlaces(plan, withdrawn).get(id)?.number ?? null) : String(annex.no)
}
