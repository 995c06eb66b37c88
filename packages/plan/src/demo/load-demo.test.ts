import { expect, test } from "vitest"
import costs from "../../demo/demo-plan-costs.json" with { type: "json" }
import tables from "../../demo/demo-plan-tables.json" with { type: "json" }
import text from "../../demo/demo-plan-text.json" with { type: "json" }
import { checkPlanTables } from "../check-plan.ts"
import { fieldsOf } from "../clause-faults.ts"
import { clausePlaces } from "../clause-number.ts"
import { conformityOf } from "../clause-standing.ts"
import { convergenceOf } from "../convergence.ts"
import { costRows, costTable, costTotals, planYears } from "../cost-table.ts"
import { cellFromShare } from "../cost-views.ts"
import { fakeHashes } from "../fake-hashes.test-data.ts"
import { resolveField } from "../fields.ts"
import { LABELS } from "../labels.ts"
import { ROW_SCHEMAS } from "../row-schemas.ts"
import { proposalEffect, tableProposalBase } from "../table-proposals.ts"
import { cellsToRow, type Row, rowToCells, TABLE_NAMES } from "../tables.ts"
import { SIGNATURE_LABELS, TEMPLATE_ANNEXES, TEMPLATE_SECTIONS } from "../template-sections.ts"
import { demo, demoFiles } from "./demo-files.test-data.ts"
import { loadDemo } from "./load-demo.ts"

/** Notes the leaves that are read, so that whatever nobody reads shows. */
const watch = <T>(value: T, path: string, seen: Set<string>): T => {
  if (typeof value !== "object" || value === null) return value
  return new Proxy(value, {
    get: (target, key, receiver) => {
      const inner: unknown = Reflect.get(target, key, receiver)
      if (typeof key === "symbol" || typeof inner === "function") return inner
      if (typeof inner !== "object" || inner === null) seen.add(`${path}/${key}`)
      return watch(inner, `${path}/${key}`, seen)
    },
  })
}

const leaves = (value: unknown, path: string): readonly string[] =>
  typeof value === "object" && value !== null
    ? Object.entries(value).flatMap(([key, inner]) => leaves(inner, `${path}/${key}`))
    : [path]

/** About the files themselves, or said a second time: each is checked against what it repeats in a test below. */
const META = [
  /^text\/fields\//,
  /^tables\/(format|plan_id|fictional|note|plan|files|conventions)(\/|$)/,
  /^tables\/labels\//,
  /^tables\/raci\/(posts|codes)\//,
  /^costs\/declared_totals\//,
]

test("[PLAN60] no leaf of the three files is lost", () => {
  const seen = new Set<string>()
  const watched = {
    text: watch(demoFiles.text, "text", seen),
    tables: watch(demoFiles.tables, "tables", seen),
    costs: watch(demoFiles.costs, "costs", seen),
  }
  JSON.stringify(loadDemo(watched, fakeHashes))
  const all = [...leaves(text, "text"), ...leaves(tables, "tables"), ...leaves(costs, "costs")]
  expect(all.length).toBeGreaterThan(5000)
  expect(all.filter((path) => !seen.has(path) && !META.some((meta) => meta.test(path)))).toEqual([])
})

test("[PLAN60] what the files say twice, they say alike", () => {
  expect(tables.plan.title).toEqual(text.title)
  expect(tables.plan.start).toBe(costs.start)
  expect(tables.plan.end).toBe(costs.end)
  expect(tables.plan.handover_complete_by).toBe(costs.handover_complete_by)
  expect(tables.labels).toEqual(LABELS)
  expect(tables.raci.posts).toEqual(demo.plan.tables.posts.filter((post) => post.in_matrix).map((post) => post.id))
  expect(tables.raci.codes).toEqual(Object.keys(LABELS.raci))
  expect(tables.stands_at.at.startsWith(text.story_date)).toBe(true)
  expect(TEMPLATE_SECTIONS).toEqual(demo.plan.sections.map(({ clauses: _clauses, ...section }) => section))
  expect(TEMPLATE_ANNEXES).toEqual(demo.plan.tables.annexes)
  expect(SIGNATURE_LABELS).toEqual(demo.plan.signature.labels)
})

test("[PLAN61] the demo has its 140 clauses, numbered by their order", () => {
  const places = clausePlaces(demo.plan)
  expect(places.size).toBe(140)
  expect(places.get("s17.c6")?.number).toBe("17.6")
  expect(places.get("preamble.c1")?.number).toBeNull()
})

test("[PLAN61] every row of every table has its type, and survives the cells of the live document", () => {
  for (const name of TABLE_NAMES) {
    const rows: readonly Row[] = demo.plan.tables[name]
    expect(rows.length, name).toBeGreaterThan(0)
    for (const row of rows) {
      const parsed = ROW_SCHEMAS[name].safeParse(row)
      expect(parsed.error?.issues ?? [], `${name}/${row.id}`).toEqual([])
      expect(cellsToRow(name, row.id, rowToCells(name, row))).toEqual(row)
    }
    expect(new Set(rows.map((row) => row.id)).size).toBe(rows.length)
  }
})

test("[PLAN62] every field of the text is bound to a value, the same ones in both languages", () => {
  const key = (field: object) => JSON.stringify(field)
  for (const { clause } of clausePlaces(demo.plan).values()) {
    for (const field of fieldsOf(clause.en)) expect(resolveField(demo.plan, field).type, clause.id).not.toBe("missing")
    if (clause.ru.length === 0) continue
    const bare = (lang: "en" | "ru") =>
      fieldsOf(clause[lang])
        .map((field) => (field.field === "party" ? key({ field: field.field, key: field.key }) : key(field)))
        .toSorted()
    expect(bare("ru"), clause.id).toEqual(bare("en"))
  }
})

test("[PLAN62] the file's own list of fields names what they are bound to", () => {
  const value = (token: string) => {
    const [field, ...rest] = token.split(":")
    const resolved = resolveField(demo.plan, { field: field as "date", key: rest.join(":") })
    return "minor" in resolved
      ? resolved.minor
      : "date" in resolved
        ? resolved.date
        : "bp" in resolved
          ? resolved.bp
          : resolved
  }
  for (const token of Object.keys(text.fields)) expect(value(token), token).not.toHaveProperty("type", "missing")
  expect(value("amount:total.us")).toBe(1251300000n)
  expect(value("amount:total.ru")).toBe(106461000000n)
  expect(value("amount:cap.us")).toBe(1300000000n)
  expect(value("percent:ramp.2010")).toBe(7000)
  expect(value("date:handover")).toBe("2013-01-01")
})

test("[PLAN63] states and conformity follow from the standing as the data has them", () => {
  for (const [id, { clause }] of clausePlaces(demo.plan)) {
    const said = demo.clauseStates.get(id)
    const own = demo.standing.clauses[id]!
    expect(own.state, id).toBe(said?.state)
    expect(conformityOf(clause, own, fakeHashes.clausePair(clause)), id).toBe(said?.conformity)
  }
  expect(
    Object.entries(demo.standing.lines)
      .filter(([, line]) => line.state === "agreed_ad_ref")
      .map(([id]) => id),
  ).toEqual(["L08", "L09", "L10"])
  expect(demo.standing.clauses["s17.c4"]?.reserves).toHaveLength(1)
})

test("[PLAN63] proposals stand on the text as it is, and comments on words that are there", () => {
  const places = clausePlaces(demo.plan)
  expect(demo.proposals).toHaveLength(9)
  for (const proposal of demo.proposals) {
    expect(proposal.base).toEqual(fakeHashes.clausePair(places.get(proposal.clauseId)!.clause))
  }
  for (const { target } of demo.comments) {
    if (target.type !== "selection") continue
    const words = JSON.stringify(places.get(target.clauseId)?.clause[target.lang])
    expect(words, target.quote).toContain(target.quote)
  }
  expect(demo.comments.filter((thread) => thread.audience !== "shared")).toHaveLength(6)
})

test("[PLAN63] scripted events are no history", () => {
  expect(demo.record.filter((entry) => entry.kind === "round")).toHaveLength(3)
  expect(demo.scripted.rounds).toHaveLength(1)
  expect(JSON.stringify(demo.record)).not.toContain('scripted":true')
  expect(demo.record.every((entry) => entry.at <= "2009-11-05T16")).toBe(true)
  expect(demo.comments.flatMap((thread) => thread.entries).every((entry) => entry.at <= "2009-11-05T23")).toBe(true)
})

test("[PLAN4] the live cost table is the interchange file, to the cent, and back", () => {
  expect(costTable(demo.plan)).toEqual(costs)
  expect(costRows(costTable(demo.plan))).toEqual({ terms: demo.plan.terms, lines: demo.plan.tables.cost_lines })
})

test("[PLAN50] each cost proposal has the effect the data says it has", () => {
  for (const [id, effect] of Object.entries(demo.expected.effects)) {
    const proposal = demo.tableProposals.find((one) => one.id === id)!
    expect(proposalEffect(demo.plan, proposal), id).toEqual(effect)
    expect(proposal.base).toBe(tableProposalBase(demo.plan, proposal, fakeHashes))
  }
  const cell = demo.plan.tables.cost_lines.find((line) => line.id === "L08")!.years.at(-1)
  expect(cell).toMatchObject(demo.expected.current["CP3"]!)
})

test("[PLAN32] convergence of the two released rankings", () => {
  const [us, ru] = demo.rankings
  const found = convergenceOf(us!.ranks, ru!.ranks)
  expect({
    kendall_tau_b: found.kendallTauB,
    spearman_rho: found.spearmanRho,
    footrule_sum: found.footruleSum,
    footrule_max: found.footruleMax,
    footrule_agreement: found.footruleAgreement,
    top3_overlap: found.top3Overlap,
    borda_order: found.bordaOrder,
    labels: found.labels,
  }).toEqual(demo.expected.convergence)
})

test("[PLAN30] [PLAN40] the demo's tables have no error", () => {
  expect(checkPlanTables(demo.plan).filter((one) => one.severity === "error")).toEqual([])
})

test("[PLAN50] each private scenario makes the totals its note claims", () => {
  for (const note of Object.values(demo.caucus).flatMap((caucus) => caucus.notes)) {
    if (note.kind !== "scenario") continue
    const data = note.data as {
      ramp_bp: Record<string, number>
      line_ids: string[]
      expected: { us_usd_cents: number; ru_rub_kopecks: number; by_year: { plan_year: number; us_usd_cents: number }[] }
    }
    const lines = demo.plan.tables.cost_lines.map((line) => ({
      ...line,
      years: line.years.map((cell) =>
        data.line_ids.includes(line.id)
          ? cellFromShare(cell.plan_year, BigInt(cell.total_usd_cents), data.ramp_bp[cell.plan_year]!, "30.0000")
          : cell,
      ),
    }))
    const totals = costTotals(lines, planYears(demo.plan.terms))
    expect(totals.us_usd_cents["all"], note.id).toBe(data.expected.us_usd_cents)
    expect(totals.ru_rub_kopecks["all"], note.id).toBe(data.expected.ru_rub_kopecks)
    for (const year of data.expected.by_year) expect(totals.us_usd_cents[year.plan_year]).toBe(year.us_usd_cents)
  }
})
