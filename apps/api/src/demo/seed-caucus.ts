import type { CaucusContent, CaucusDraft, CaucusNote } from "@alternat/document"
import type { ClauseText } from "@alternat/plan"

/** What a delegation keeps to itself, as the demo's data has it. */
export type DemoCaucusItem =
  | {
      readonly clause: string
      readonly kind: "draft"
      readonly role: string
      readonly days_ago: number
      readonly en: ClauseText
      readonly ru: ClauseText
    }
  | {
      readonly clause: string
      readonly kind: "comment" | "red_line" | "instruction"
      readonly role: string
      readonly days_ago: number
      readonly text: string
    }

export interface DemoCaucusCost {
  readonly id: string
  readonly party: string
  readonly role: string
  readonly at: string
  readonly marking: string
  readonly refers_to: readonly string[]
  readonly text: string
}
export interface DemoScenario {
  readonly id: string
  readonly party: string
  readonly title: string
  readonly note: string
}

/** Drafts and notes of one caucus document. Its comments are threads, and live with the other threads. */
export function demoCaucus(
  party: string,
  o: {
    readonly items: readonly DemoCaucusItem[]
    readonly costs: readonly DemoCaucusCost[]
    readonly scenarios: readonly DemoScenario[]
    readonly storyAt: string
    readonly daysAgo: (days: number, place: number) => string
  },
): CaucusContent {
  return {
    drafts: o.items.flatMap((item, i) =>
      item.kind === "draft" ? [draft(item, `draft-${party}-${i + 1}`, o.daysAgo(item.days_ago, i))] : [],
    ),
    notes: [
      ...o.items.flatMap((item, i) =>
        item.kind === "red_line" || item.kind === "instruction"
          ? [clauseNote(item, item.kind, `note-${party}-${i + 1}`, o.daysAgo(item.days_ago, i))]
          : [],
      ),
      ...o.costs.filter((cost) => cost.party === party).map(costNote),
      ...o.scenarios
        .filter((scenario) => scenario.party === party)
        .map((scenario) => scenarioNote(scenario, o.storyAt)),
    ],
  }
}

const draft = (item: Extract<DemoCaucusItem, { kind: "draft" }>, id: string, at: string): CaucusDraft => ({
  id,
  clauseId: item.clause,
  kind: "replace",
  role: item.role,
  at,
  marking: "none",
  en: item.en,
  ru: item.ru,
  note: null,
})

const clauseNote = (
  item: Exclude<DemoCaucusItem, { kind: "draft" }>,
  kind: CaucusNote["kind"],
  id: string,
  at: string,
): CaucusNote => ({
  id,
  kind,
  clauseId: item.clause,
  refersTo: [],
  role: item.role,
  at,
  marking: "internal",
  text: item.text,
  data: null,
})

const costNote = (cost: DemoCaucusCost): CaucusNote => ({
  id: cost.id,
  kind: /red line|^красн/i.test(cost.text) ? "red_line" : "fallback",
  clauseId: null,
  refersTo: cost.refers_to,
  role: cost.role,
  at: cost.at,
  marking: cost.marking,
  text: cost.text,
  data: cost,
})

const scenarioNote = (scenario: DemoScenario, at: string): CaucusNote => ({
  id: scenario.id,
  kind: "scenario",
  clauseId: null,
  refersTo: [],
  role: "budget",
  at,
  marking: "internal",
  text: `${scenario.title}\n${scenario.note}`,
  data: scenario,
})
