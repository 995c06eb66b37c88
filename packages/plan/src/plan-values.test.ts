import { expect, test } from "vitest"
import { blankPlan } from "./blank-plan.ts"
import { clausePlaces, numberOf } from "./clause-number.ts"
import { afterEdit, openItemsOf } from "./clause-standing.ts"
import { addDays, dayNumber } from "./days.ts"
import { demo, demoLive, demoStandingAt } from "./demo/demo-files.test-data.ts"
import { fakeHashes } from "./fake-hashes.test-data.ts"
import { resolveField } from "./fields.ts"
import { exactShareBp } from "./money.ts"
import { parseText } from "./parse-text.ts"
import { may, mayEdit, mayTableKind } from "./permissions.ts"
import { person } from "./play.test-data.ts"
import { preflight } from "./preflight.ts"
import { ROW_SCHEMAS } from "./row-schemas.ts"
import {
  blankRow,
  type CostYear,
  cellsToRow,
  isStoredCell,
  parseCell,
  type Row,
  rowToCells,
  TABLE_NAMES,
  type TableName,
} from "./tables.ts"

test("[PLAN10] a cell takes only values of its field", () => {
  expect(parseCell("cost_lines", "kind_us", "cash").ok).toBe(true)
  expect(parseCell("cost_lines", "kind_us", "barter")).toMatchObject({ ok: false, error: { code: "bad_value" } })
  expect(parseCell("priorities", "joint_rank", 2.5).ok).toBe(false)
  expect(parseCell("milestones", "due", "2010-02-30").ok).toBe(false)
  expect(parseCell("milestones", "title", { en: "a\u200bb", ru: "" })).toMatchObject({
    ok: false,
    error: { code: "bad_characters" },
  })
  expect(parseCell("milestones", "title", { en: "", ru: "и\u0306" })).toEqual({ ok: true, value: { en: "", ru: "й" } })
  expect(cellsToRow("milestones", "M1", { title: { en: "a😀", ru: "" } }).title.en).toBe("a😀")
  expect(parseCell("milestones", "id", "M1")).toMatchObject({ ok: false, error: { code: "unknown_field" } })
  expect(parseCell("milestones", "constructor", 1)).toMatchObject({ ok: false, error: { code: "unknown_field" } })
  expect(parseCell("secrets", "x", 1)).toMatchObject({ ok: false, error: { code: "unknown_table" } })
})

test("[PLAN11] a year of a line and a letter of the matrix are cells of their own", () => {
  const year = demo.plan.tables.cost_lines[0]!.years[0]!
  expect(parseCell("cost_lines", "year:2010", year).ok).toBe(true)
  expect(parseCell("cost_lines", "year:2011", year).ok).toBe(false)
  expect(parseCell("cost_lines", "year:2011.stated", year).ok).toBe(false)
  expect(parseCell("cost_lines", "years", [year]).ok).toBe(false)
  expect(parseCell("raci", "cell:US-DIR", "A").ok).toBe(true)
  expect(parseCell("raci", "cell:US-DIR", "AR").ok).toBe(false)
})

test("[PLAN105] the parts of a value that two people fill by themselves are cells", () => {
  const milestone = demo.plan.tables.milestones[0]!
  const cells = rowToCells("milestones", milestone)
  expect(cells).toMatchObject({
    "title.en": milestone.title.en,
    "title.ru": milestone.title.ru,
    "evidence.text.ru": milestone.evidence.text.ru,
    evidence: { type: milestone.evidence.type },
    due: milestone.due,
  })
  expect(Object.keys(milestone.owner_posts).map((party) => cells[`owner_posts.${party}`])).toEqual(
    Object.values(milestone.owner_posts),
  )
  expect(rowToCells("cost_lines", demo.plan.tables.cost_lines[0]!)).toMatchObject({
    "year:2010.us": demo.plan.tables.cost_lines[0]!.years[0]!.us_usd_cents,
    "year:2010.ru": { ru_rub_kopecks: demo.plan.tables.cost_lines[0]!.years[0]!.ru_rub_kopecks },
  })
  for (const table of TABLE_NAMES)
    for (const row of demo.plan.tables[table])
      for (const [field, value] of Object.entries(rowToCells(table, row))) {
        expect([table, field, isStoredCell(table, field, value)]).toEqual([table, field, true])
        expect(
          Object.keys(Object(value)).filter((key) => key === "en" || key === "ru"),
          `${table} ${field}`,
        ).toEqual([])
      }
  expect(isStoredCell("milestones", "title", milestone.title)).toBe(false)
  expect(isStoredCell("milestones", "evidence", milestone.evidence)).toBe(false)
  expect(isStoredCell("cost_lines", "year:2010", demo.plan.tables.cost_lines[0]!.years[0])).toBe(false)
  expect(parseCell("milestones", "title.fr", "x")).toMatchObject({ error: { code: "unknown_field" } })
  expect(parseCell("milestones", "owner_posts.nobody", "x").ok).toBe(false)
})

test("[PLAN106] cells of the former layout make the same row, and parts stand before them", () => {
  for (const table of TABLE_NAMES)
    for (const row of demo.plan.tables[table]) expect(cellsToRow(table, row.id, formerCells(table, row))).toEqual(row)
  const [milestone] = demo.plan.tables.milestones
  const mended = cellsToRow("milestones", "M1", { ...formerCells("milestones", milestone!), "title.ru": "Иначе" })
  expect(mended.title).toEqual({ en: milestone!.title.en, ru: "Иначе" })
  // what a party has only begun to state is not there yet, and takes nothing from the other
  const begun = cellsToRow("priorities", "P1", { "assessment.US.rationale.en": "because" })
  expect(begun.assessment).toEqual({})
})

test("[PLAN107] total and share hold as stated while both amounts are those they were stated with, and follow from them after", () => {
  const stated = {
    plan_year: 2010,
    total_usd_cents: 3,
    us_share_bp: 6667,
    us_usd_cents: 2,
    ru_usd_equiv_cents: 1,
    ru_rub_kopecks: 30,
  }
  const cells = { ...rowToCells("cost_lines", { id: "L", years: [stated] }) }
  const yearOf = (more: Readonly<Record<string, unknown>>) =>
    cellsToRow("cost_lines", "L", { ...cells, ...more }).years[0]
  expect(yearOf({})).toEqual(stated)
  expect(yearOf({ "year:2010.us": 3 })).toEqual({
    ...stated,
    total_usd_cents: 4,
    us_share_bp: exactShareBp(4n, 3n),
    us_usd_cents: 3,
  })
  expect(yearOf({ "year:2010.us": 2 })?.us_share_bp).toBe(6667)
  expect(yearOf({ "year:2010.us": -1 })).toEqual(stated)
  expect(cellsToRow("cost_lines", "L", { "year:2011.us": 5 }).years).toMatchObject([
    { plan_year: 2011, total_usd_cents: 5 },
  ])
})

/** As rows were kept before their parts were cells. */
const formerCells = (table: TableName, row: Row): Readonly<Record<string, unknown>> => {
  const {
    id: _id,
    years,
    cells,
    ...fields
  } = row as Row & { years?: readonly CostYear[]; cells?: Record<string, unknown> }
  const spread = [
    ...(years ?? []).map((year) => [`year:${year.plan_year}`, year] as const),
    ...Object.entries((table === "raci" && cells) || {}).map(([post, code]) => [`cell:${post}`, code] as const),
  ]
  return { ...fields, ...Object.fromEntries(spread) }
}

test("[PLAN12] whatever cells a document holds, the row has its type", () => {
  for (const table of TABLE_NAMES) {
    expect(ROW_SCHEMAS[table].safeParse(blankRow(table, "X1")).error?.issues ?? [], table).toEqual([])
  }
  const row = cellsToRow("milestones", "M1", { due: 7, status: "met", evil: true, title: null })
  expect(row).toMatchObject({ id: "M1", status: "met", title: { en: "", ru: "" } })
  expect(row).not.toHaveProperty("evil")
})

test("[PLAN13] clause numbers follow from order and skip what is withdrawn", () => {
  expect(numberOf(demo.plan, "s17.c6", new Set(["s17.c2"]))).toBe("17.5")
  expect(numberOf(demo.plan, "s17")).toBe("17")
  expect(numberOf(demo.plan, "annex8")).toBe("8")
  expect(numberOf(demo.plan, "nowhere")).toBeNull()
  expect(clausePlaces(demo.plan, new Set(["s17.c2"])).has("s17.c2")).toBe(false)
})

test("[PLAN14] a field that is bound to nothing says so", () => {
  const missing = (field: Parameters<typeof resolveField>[1]) =>
    expect(resolveField(demo.plan, field).type).toBe("missing")
  missing({ field: "date", key: "toString" })
  missing({ field: "amount", key: "L99.us" })
  missing({ field: "amount", key: "cap.ru" })
  missing({ field: "percent", key: "ramp.2020" })
  missing({ field: "ref", key: "s99" })
  missing({ field: "party", key: "FR", case: "nom" })
  expect(resolveField(demo.plan, { field: "ref", key: "s17.c6" })).toEqual({
    type: "ref",
    number: "17.6",
    target: "s17.c6",
  })
})

test("[PLAN15] the notation gives texts in normal form", () => {
  expect(parseText("")).toEqual([])
  expect(parseText("By {date:end}, {party:US|gen} and {nothing}.")).toEqual([
    { p: ["By ", { field: "date", key: "end" }, ", ", { field: "party", key: "US", case: "gen" }, " and {nothing}."] },
  ])
  expect(parseText("{placeholder:text:a:b}{party:US|xyz}", ["x"])).toEqual([
    { p: [{ field: "placeholder", kind: "text", key: "a:b" }, "{party:US|xyz}"] },
    { list: [["x"]] },
  ])
})

test("[PLAN16] who may edit what", () => {
  expect(mayEdit(person("US", "translator"), { type: "clause" })).toBe(true)
  expect(mayEdit(person("US", "clearing"), { type: "clause" })).toBe(false)
  expect(mayEdit(person("US", "budget"), { type: "row", table: "cost_lines" })).toBe(true)
  expect(mayEdit(person("US", "budget"), { type: "row", table: "milestones" })).toBe(false)
  expect(mayEdit(person(null, "admin", "head"), { type: "terms" })).toBe(false)
  expect(mayEdit(person("RU", "clearing"), { type: "caucus" })).toBe(true)
  expect(may(person(null, "secretary", "head"), "freeze")).toBe(false)
  expect(mayTableKind(person("US", "drafter"), "amount")).toBe(false)
  expect(mayTableKind(person("US", "drafter"), "joint_rank")).toBe(true)
})

test("[PLAN17] the first edit of a tabled clause brings it under negotiation", () => {
  const standing = demoStandingAt()
  expect(afterEdit(standing, "s17.c6", "2026-01-01T00:00:00Z")).toMatchObject([
    { standing: { state: "under_negotiation" } },
  ])
  expect(afterEdit(standing, "s17.c2", "2026-01-01T00:00:00Z")).toEqual([])
})

test("[PLAN18] the counters of what is open", () => {
  const open = openItemsOf(demoLive, demoStandingAt(), fakeHashes.clausePair)
  expect(open).toMatchObject({
    clauses: 140,
    openProposals: 9,
    openTableProposals: 6,
    reserves: 1,
    placeholders: 1,
    parked: 1,
    divergent: 1,
    byParty: { US: 4 + 3, RU: 5 + 3 },
    bySection: { s12: 2, s15: 1, s17: 4, s18: 1, s21: 1 },
  })
})

test("[PLAN64] a blank plan has every section and annex, no text, and its preflight names the mandatory ones", () => {
  const plan = blankPlan({
    id: "p1",
    title: { en: "Plan", ru: "План" },
    shortTitle: { en: "Plan", ru: "План" },
    parties: demo.plan.parties,
    start: "2026-01-01",
    end: "2028-12-31",
  })
  expect(plan.sections.filter((section) => section.kind === "section")).toHaveLength(28)
  expect(plan.tables.annexes).toHaveLength(10)
  const live = { plan, proposals: [], tableProposals: [], seq: 0 }
  const standing = { planId: "p1", rulesRev: 0, status: "negotiation" as const, clauses: {}, lines: {}, version: null }
  const items = preflight(live, standing, fakeHashes)
  const s12 = items.find((one) => one.code === "section_empty" && one.subject?.id === "s12")
  expect(s12?.message.en).toContain("12. Transition to sole Russian funding")
  expect(s12?.message.ru).toContain("12. Переход")
  expect(items.some((one) => one.code === "section_empty" && one.subject?.id === "s21")).toBe(false)
  expect(items.some((one) => one.code === "table_empty" && one.subject?.id === "cost_lines")).toBe(true)
})

test("[PLAN19] days are counted without a clock", () => {
  expect(dayNumber("1970-01-01")).toBe(0)
  expect(dayNumber("2009-11-05")).toBe(14553)
  expect(addDays("2009-11-05", -36)).toBe("2009-09-30")
  expect(addDays("2012-02-28", 2)).toBe("2012-03-01")
  expect(dayNumber("5.11.2009")).toBeNull()
})
