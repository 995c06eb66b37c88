import { expect, test } from "vitest"
import { blankPlan } from "./blank-plan.ts"
import { clausePlaces, numberOf } from "./clause-number.ts"
import { afterEdit, openItemsOf } from "./clause-standing.ts"
import { addDays, dayNumber } from "./days.ts"
import { demo, demoLive, demoStandingAt } from "./demo/demo-files.test-data.ts"
import { fakeHashes } from "./fake-hashes.test-data.ts"
import { resolveField } from "./fields.ts"
import { parseText } from "./parse-text.ts"
import { may, mayEdit, mayTableKind } from "./permissions.ts"
import { person } from "./play.test-data.ts"
import { preflight } from "./preflight.ts"
import { ROW_SCHEMAS } from "./row-schemas.ts"
import { blankRow, cellsToRow, parseCell, TABLE_NAMES } from "./tables.ts"

test("[PLAN10] a cell takes only values of its field", () => {
  expect(parseCell("cost_lines", "kind_us", "cash").ok).toBe(true)
  expect(parseCell("cost_lines", "kind_us", "barter")).toMatchObject({ ok: false, error: { code: "bad_value" } })
  expect(parseCell("priorities", "joint_rank", 2.5).ok).toBe(false)
  expect(parseCell("milestones", "due", "2010-02-30").ok).toBe(false)
  expect(parseCell("milestones", "title", { en: "a\u200bb", ru: "" }).ok).toBe(false)
  expect(parseCell("milestones", "title", { en: "", ru: "и\u0306" }).ok).toBe(false)
  expect(parseCell("milestones", "id", "M1")).toMatchObject({ ok: false, error: { code: "unknown_field" } })
  expect(parseCell("milestones", "constructor", 1)).toMatchObject({ ok: false, error: { code: "unknown_field" } })
  expect(parseCell("secrets", "x", 1)).toMatchObject({ ok: false, error: { code: "unknown_table" } })
})

test("[PLAN11] a year of a line and a letter of the matrix are cells of their own", () => {
  const year = demo.plan.tables.cost_lines[0]!.years[0]!
  expect(parseCell("cost_lines", "year:2010", year).ok).toBe(true)
  expect(parseCell("cost_lines", "year:2011", year).ok).toBe(false)
  expect(parseCell("cost_lines", "years", [year]).ok).toBe(false)
  expect(parseCell("raci", "cell:US-DIR", "A").ok).toBe(true)
  expect(parseCell("raci", "cell:US-DIR", "AR").ok).toBe(false)
})

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
