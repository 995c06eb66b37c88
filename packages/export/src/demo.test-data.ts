import { readFileSync } from "node:fs"
import { type Clause, emptyTables, type PlanDocument, type PlanTables, type Proposal } from "@alternat/plan"
import { parseNotation } from "@alternat/text"

/** The demo plan for the tests of this package, read straight from the interchange files. */
const read = (name: string) =>
  JSON.parse(readFileSync(new URL(`../../plan/demo/demo-plan-${name}.json`, import.meta.url), "utf8"))
const text = read("text")
const tables = read("tables")
const costs = read("costs")

interface RawText {
  readonly id: string
  readonly en: string
  readonly ru: string
  readonly list?: { readonly en: readonly string[]; readonly ru: readonly string[] }
  readonly alternat?: { readonly en: string; readonly ru: string }
}

const toText = (source: string, list: readonly string[] = []) =>
  parseNotation([source, ...list.map((item) => `- ${item}`)].join("\n"))

const toClause = (raw: RawText): Clause => ({
  id: raw.id,
  en: toText(raw.en, raw.list?.en),
  ru: toText(raw.ru, raw.list?.ru),
  ...(raw.alternat === undefined
    ? {}
    : { alternat: { en: toText(raw.alternat.en, raw.list?.en), ru: toText(raw.alternat.ru, raw.list?.ru) } }),
})

function toTables(): PlanTables {
  const out: Record<string, unknown> = emptyTables()
  for (const name of Object.keys(out)) if (Array.isArray(tables[name])) out[name] = tables[name]
  out["committee"] = [tables.committee]
  out["fx_review"] = [{ id: "fx", ...tables.fx_review }]
  out["annexes"] = tables.annexes.map((a: { no: number }) => ({ id: `annex${a.no}`, ...a }))
  out["posts"] = tables.posts.map((p: { code: string }) => ({ id: p.code, ...p }))
  out["escalation"] = tables.escalation.map((e: { level: number }) => ({
    id: `level:${e.level}`,
    after_days: null,
    ...e,
  }))
  out["in_kind_valuations"] = tables.in_kind_valuations.map((v: { line_id: string }) => ({
    id: `v:${v.line_id}`,
    ...v,
  }))
  out["raci"] = tables.raci.workstreams.flatMap((w: { workstream_id: string; activities: object[] }) =>
    w.activities.map((a) => ({ ...a, workstream_id: w.workstream_id })),
  )
  out["cost_lines"] = costs.lines
  return out as unknown as PlanTables
}

type RawSection = {
  id: string
  number: number
  mandatory: boolean
  heading: { en: string; ru: string }
  clauses: RawText[]
}
const section = (raw: RawSection, kind: PlanDocument["sections"][number]["kind"]) => ({
  id: raw.id,
  kind,
  number: kind === "section" || kind === "annex" ? raw.number : null,
  mandatory: raw.mandatory ?? true,
  heading: raw.heading,
  clauses: raw.clauses.map(toClause),
})

const { lines: _lines, declared_totals: _totals, ...terms } = costs

export const demoPlan: PlanDocument = {
  format: "alternat-plan/1",
  id: "demo",
  title: text.title,
  shortTitle: text.short_title,
  titlePage: text.title_page,
  parties: text.parties,
  terms: { ...terms, binding: false },
  sections: [
    ...text.sections.map((raw: RawSection) => section(raw, raw.id === "preamble" ? "preamble" : "section")),
    section({ id: "signature", number: 0, mandatory: true, ...text.signature }, "signature"),
    section(text.annex8, "annex"),
  ],
  signature: { labels: text.signature.labels },
  tables: toTables(),
}

/** The open proposals of the demo. */
export const demoProposals: readonly Proposal[] = text.proposals.map(
  (raw: RawText & { clause: string; party: string; kind: Proposal["kind"]; note: Proposal["note"] }) => ({
    id: raw.id,
    clauseId: raw.clause,
    party: raw.party,
    kind: raw.kind,
    base: { en: "0".repeat(64), ru: "0".repeat(64) },
    status: "open",
    en: toText(raw.en),
    ru: toText(raw.ru),
    note: raw.note,
    openedAt: "2009-11-01T10:00:00Z",
    closedAt: null,
  }),
)
