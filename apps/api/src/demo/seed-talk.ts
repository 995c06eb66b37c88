import type { Role } from "@alternat/plan"
import type { NewThread } from "@alternat/store"
import { authorOf } from "./accounts.ts"

/** A thread on the text, as the demo's data has it. */
export interface DemoTextThread {
  readonly clause: string
  readonly lang: "en" | "ru"
  readonly quote: string
  readonly thread: readonly {
    readonly party: string
    readonly role: string
    readonly text: string
    readonly days_ago: number
  }[]
  readonly resolved: boolean
  readonly due: string | null
}

/** A thread on a cost cell. */
export interface DemoCellThread {
  readonly cell: { readonly line_id: string; readonly plan_year: number; readonly party: string }
  readonly status: string
  readonly due: string | null
  readonly thread: readonly {
    readonly party: string
    readonly role: string
    readonly at: string
    readonly text: string
  }[]
}

/** A remark within a caucus. */
export interface DemoCaucusComment {
  readonly clause: string
  readonly role: string
  readonly days_ago: number
  readonly text: string
}

export const textThread = (raw: DemoTextThread, daysAgo: DaysAgo): NewThread => ({
  target: { type: "selection", clauseId: raw.clause, lang: raw.lang, quote: raw.quote, anchor: null },
  audience: "shared",
  due: raw.due,
  status: raw.resolved ? "resolved" : "open",
  entries: raw.thread.map((entry, i) => said(entry.party, entry.role, daysAgo(entry.days_ago, i), entry.text)),
})

export const cellThread = (raw: DemoCellThread): NewThread => ({
  target: {
    type: "cell",
    table: "cost_lines",
    rowId: raw.cell.line_id,
    cell: `year:${raw.cell.plan_year}:${raw.cell.party}`,
  },
  audience: "shared",
  due: raw.due,
  status: raw.status === "resolved" ? "resolved" : "open",
  entries: raw.thread.map((entry) => said(entry.party, entry.role, entry.at, entry.text)),
})

export const caucusThread = (party: string, raw: DemoCaucusComment, daysAgo: DaysAgo): NewThread => ({
  target: { type: "clause", clauseId: raw.clause },
  audience: party,
  due: null,
  status: "open",
  entries: [said(party, raw.role, daysAgo(raw.days_ago, 0), raw.text)],
})

const said = (party: string, role: string, at: string, text: string): NewThread["entries"][number] => ({
  userId: authorOf(party, role as Role),
  party,
  role: role as Role,
  at,
  text,
})

/** An instant so many days before the story's; entries of one thread on one day follow one another by the hour. */
export type DaysAgo = (days: number, place: number) => string
export const createDaysAgo =
  (storyDate: string): DaysAgo =>
  (days, place) =>
    new Date(Date.parse(`${storyDate}T08:00:00Z`) - days * 86_400_000 + place * 3_600_000).toISOString()
