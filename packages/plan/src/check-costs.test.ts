import fc from "fast-check"
import { expect, test } from "vitest"
import costs from "../demo/demo-plan-costs.json" with { type: "json" }
import { checkCosts } from "./check-costs.ts"
import { type CostTable, costTotals, exactTotals, planYears, TOTAL_COLUMNS } from "./cost-table.ts"
import { costYearSchema } from "./row-schemas.ts"

type Json = typeof costs
const copy = (): Json => structuredClone(costs)
const line = (table: Json, id: string) => table.lines.find((one) => one.id === id)!
const cell = (table: Json, id: string, year: number) => line(table, id).years.find((one) => one.plan_year === year)!

const addUpAgain = (table: Json): Json => {
  for (const column of TOTAL_COLUMNS) {
    const totals = table.declared_totals[column] as Record<string, number>
    for (const key of Object.keys(totals)) {
      totals[key] = table.lines
        .flatMap((one) => one.years)
        .filter((one) => key === "all" || one.plan_year === Number(key))
        .reduce((sum, one) => sum + one[column], 0)
    }
  }
  return table
}

const codes = (table: unknown, severity: "error" | "warning" = "error"): readonly string[] => {
  const checked = checkCosts(table)
  if (!checked.ok) throw new Error(checked.error.message.en)
  return [
    ...new Set(checked.value.findings.filter((one) => one.severity === severity).map((one) => one.code)),
  ].toSorted()
}

test("[PLAN20] the demo's cost table has no error, and one warning: U.S. FY2015", () => {
  expect(codes(costs)).toEqual([])
  expect(codes(costs, "warning")).toEqual(["C22"])
  const checked = checkCosts(costs)
  expect(checked.ok && checked.value.totals).toEqual(costs.declared_totals)
  expect(checked.ok && checked.value.findings[0]?.message.en).toContain(
    "$30,000 of U.S. money falls into fiscal year 2015",
  )
})

const setCell = (target: Json["lines"][number]["years"][number], share: number) => {
  target.us_share_bp = share
  target.us_usd_cents = (target.total_usd_cents * share) / 10_000
  target.ru_usd_equiv_cents = target.total_usd_cents - target.us_usd_cents
  target.ru_rub_kopecks = target.ru_usd_equiv_cents * 30
}

/** The table of failing mutations in the domain notes; "totals" says whether the totals were added up again. */
const MUTATIONS: readonly [
  string,
  string,
  readonly string[],
  readonly ("again" | "as were")[],
  (table: Json) => void,
][] = [
  ["C01", "second line renamed L01", ["C01"], ["as were"], (t) => void (t.lines[1]!.id = "L01")],
  [
    "C02",
    "L04/2012 removed",
    ["C02"],
    ["again"],
    (t) => void (line(t, "L04").years = line(t, "L04").years.filter((one) => one.plan_year !== 2012)),
  ],
  [
    "C03",
    "L02/2010 US = 63000000.5",
    ["C03", "C12"],
    ["as were", "again"],
    (t) => void (cell(t, "L02", 2010).us_usd_cents = 63000000.5),
  ],
  ["C04", "L13/2014 US = -1", ["C04", "C12"], ["as were"], (t) => void (cell(t, "L13", 2014).us_usd_cents = -1)],
  [
    "C04",
    "L13/2014 US = -1, which the totals include,",
    ["C04"],
    ["again"],
    (t) => void (cell(t, "L13", 2014).us_usd_cents = -1),
  ],
  ["C05", "L01/2011 US +1 cent", ["C05"], ["as were", "again"], (t) => void (cell(t, "L01", 2011).us_usd_cents += 1)],
  ["C06", "L08/2010 share = -1", ["C06"], ["as were"], (t) => void (cell(t, "L08", 2010).us_share_bp = -1)],
  [
    "C07",
    "L06/2012 share 2600 bp, amount of 2500",
    ["C07"],
    ["as were"],
    (t) => void (cell(t, "L06", 2012).us_share_bp = 2600),
  ],
  [
    "C08",
    "L12/2010 RUB +30 kopecks",
    ["C08"],
    ["as were", "again"],
    (t) => void (cell(t, "L12", 2010).ru_rub_kopecks += 30),
  ],
  [
    "C09",
    "L08 kind_ru null",
    ["C09"],
    ["as were"],
    (t) => void ((line(t, "L08") as { kind_ru: string | null }).kind_ru = null),
  ],
  ["C10", "L03/2013 US USD 120,000 (10 %)", ["C10"], ["as were", "again"], (t) => setCell(cell(t, "L03", 2013), 1000)],
  ["C11", "L05/2012 60 % after 50 %", ["C11"], ["as were", "again"], (t) => setCell(cell(t, "L05", 2012), 6000)],
  ["C12", "2012 total + USD 1", ["C12"], ["as were"], (t) => void (t.declared_totals.total_usd_cents["2012"] += 100)],
  ["C13", "US total -1 cent", ["C13"], ["as were"], (t) => void (t.declared_totals.us_usd_cents.all -= 1)],
  ["C14", "cap = sum - 1 cent", ["C14"], ["as were"], (t) => void (t.caps.us_usd_cents = 1251299999)],
  ["C15", 'rate "0"', ["C15"], ["as were"], (t) => void (t.fx.rate = "0")],
  ["C16", "agreed 2010-03-01", ["C16"], ["as were"], (t) => void (t.fx.agreed_on = "2010-03-01")],
  ["C17", "floor 99 %", ["C17"], ["as were"], (t) => void (t.min_ru_share_bp_final_year = 9900)],
  ["C18", "hand-over 2015-01-01", ["C18"], ["as were"], (t) => void (t.handover_complete_by = "2015-01-01")],
]

for (const [code, name, expected, totals, mutate] of MUTATIONS) {
  test.each(totals)(`[PLAN21] ${code}: ${name} gives exactly ${expected.join(", ")} (totals %s)`, (how) => {
    const table = copy()
    mutate(table)
    expect(codes(how === "again" ? addUpAgain(table) : table)).toEqual(expected)
    expect(codes(table, "warning")).toEqual(["C22"])
  })
}

test("[PLAN21] a total that is wrong by more than the faulty cell is still reported", () => {
  const table = copy()
  cell(table, "L01", 2011).us_usd_cents += 1
  table.declared_totals.us_usd_cents["2011"] += 7
  expect(codes(table)).toEqual(["C05", "C12", "C13"])
})

test.each(TOTAL_COLUMNS)(
  "[PLAN100] minus five in %s, with totals that include it, is C04 and nothing else",
  (column) => {
    const table = copy()
    cell(table, "L13", 2014)[column] = -5
    expect(codes(addUpAgain(table))).toEqual(["C04"])
    table.declared_totals[column]["2014"] += 1
    expect(codes(table)).toEqual(["C04", "C12"])
  },
)

test("[PLAN22] paths name the cell and messages stand in both languages", () => {
  const table = copy()
  cell(table, "L01", 2011).us_usd_cents += 1
  const checked = checkCosts(table)
  const found = checked.ok ? checked.value.findings[0]! : null
  expect(found?.path).toBe("lines/L01/2011")
  expect(found?.message.en).toBe(
    "U.S. $1,200,000.01 and Russian $1,200,000 make $2,400,000.01, not $2,400,000: correct one of the three.",
  )
  expect(found?.message.ru).toMatch(/исправьте одно из трех значений/)
})

test("[PLAN10] one U.S. dollar on L03/2013 breaks C10, the same on L13 does not", () => {
  const table = copy()
  const target = cell(table, "L03", 2013)
  Object.assign(target, { us_share_bp: null, us_usd_cents: 100, ru_usd_equiv_cents: target.total_usd_cents - 100 })
  target.ru_rub_kopecks = target.ru_usd_equiv_cents * 30
  expect(codes(addUpAgain(table))).toEqual(["C10"])
  const other = copy()
  const exchange = cell(other, "L13", 2013)
  Object.assign(exchange, {
    us_share_bp: null,
    us_usd_cents: exchange.us_usd_cents + 100,
    ru_usd_equiv_cents: exchange.ru_usd_equiv_cents - 100,
  })
  exchange.ru_rub_kopecks = exchange.ru_usd_equiv_cents * 30
  expect(codes(addUpAgain(other))).toEqual([])
})

test("[PLAN23] C20 and C26 run where a line has their optional column", () => {
  const table = copy()
  Object.assign(line(table, "L08"), { valuation_basis: null, workstream: "WS3" })
  Object.assign(line(table, "L09"), { valuation_basis: "book_value", workstream: ["WS6", "WS7"] })
  expect(codes(table)).toEqual(["C20", "C26"])
})

test("[PLAN24] what is no cost table at all is unreadable", () => {
  for (const input of [null, 7, "x", [], {}, { lines: {} }]) expect(checkCosts(input).ok).toBe(false)
})

type Path = readonly (string | number)[]

/** Every place in the demo's cost table. */
const placesOf = (value: unknown, path: Path = []): readonly Path[] => {
  const here = path.length > 0 ? [path] : []
  if (typeof value !== "object" || value === null) return here
  const children = Object.entries(value)
  return here.concat(
    children.flatMap(([key, child]) => placesOf(child, [...path, Array.isArray(value) ? Number(key) : key])),
  )
}

const spoil = (path: Path, garbage: unknown): void => {
  const table = copy() as unknown as Record<string | number, unknown>
  let at = table
  for (const key of path.slice(0, -1)) at = at[key] as Record<string | number, unknown>
  at[path.at(-1)!] = garbage
  const checked = checkCosts(table)
  if (!checked.ok) expect(path).toEqual(["lines"])
}

test("[PLAN24] garbage anywhere in a cost table gives findings, never an exception", () => {
  const places = placesOf(costs)
  fc.assert(fc.property(fc.constantFrom(...places), fc.anything({ withBigInt: true, withDate: true }), spoil), {
    numRuns: 500,
  })
})

test("[PLAN24] what can't be made a number or a text ends no check, wherever it stands", () => {
  const garbage = { toString: null, valueOf: null }
  for (const path of placesOf(costs)) spoil(path, garbage)
  const table = copy()
  table.declared_totals.us_usd_cents["2011"] = garbage as unknown as number
  expect(codes(table)).toEqual(["C12"])
})

test("[PLAN24] every kind of garbage in a money cell, a share, a kind or a year is reported", () => {
  const broken: [string, (t: Json) => void][] = [
    ["C03", (t) => void (cell(t, "L01", 2010).total_usd_cents = "240000000" as unknown as number)],
    ["C03", (t) => void (cell(t, "L01", 2010).ru_rub_kopecks = null as unknown as number)],
    ["C06", (t) => void (cell(t, "L01", 2010).us_share_bp = "70%" as unknown as number)],
    ["C09", (t) => void (line(t, "L01").kind_us = "barter")],
    ["C02", (t) => void (cell(t, "L01", 2010).plan_year = 20100)],
    ["C02", (t) => void (t.end = "2009-12-31")],
    ["C01", (t) => void (line(t, "L01").id = "" as string)],
    ["C10", (t) => void (line(t, "L01").subject_to_handover = "yes" as unknown as boolean)],
    ["C02", (t) => void line(t, "L01").years.splice(0, 9, ...line(t, "L01").years.toReversed())],
  ]
  for (const [code, mutate] of broken) {
    const table = copy()
    mutate(table)
    expect(codes(table)).toContain(code)
  }
})

const anyAmount = fc.oneof(
  fc.nat(),
  fc.integer({ min: Number.MAX_SAFE_INTEGER - 9, max: Number.MAX_SAFE_INTEGER }),
  fc.integer({ min: 0, max: Number.MAX_SAFE_INTEGER }),
)

test("[PLAN199] a total is exact to the cent, or it is null and named; it is never another number", () => {
  fc.assert(
    fc.property(fc.array(anyAmount, { minLength: 10, maxLength: 10 }), (amounts) => {
      const table = costs as unknown as CostTable
      const years = planYears(table)
      let at = 0
      const lines = table.lines.slice(0, 2).map((line) => ({
        ...line,
        years: line.years.map((cell) => ({ ...cell, us_usd_cents: amounts[at++] ?? 0 })),
      }))
      const exact = exactTotals(lines, years).us_usd_cents["all"]
      expect(exact).toBe(amounts.reduce((sum, one) => sum + BigInt(one), 0n))
      const plain = costTotals(lines, years)
      const report = checkCosts({ ...table, lines, declared_totals: plain })
      if (!report.ok) throw new Error("it is a cost table")
      expect(report.value.totals).toEqual(plain)
      for (const [key, value] of Object.entries(plain.us_usd_cents)) {
        if (value !== null) expect(BigInt(value)).toBe(exactTotals(lines, years).us_usd_cents[key])
        const isNamed = report.value.findings.some(
          ({ code, path }) => ["C12", "C13"].includes(code) && path === `declared_totals/us_usd_cents/${key}`,
        )
        expect([key, value, isNamed]).toEqual([key, value, value === null])
      }
    }),
  )
})

test("[PLAN199] an amount beyond what an integer carries is C03 in a file, and no cell of the plan", () => {
  const table = copy()
  table.lines[0]!.years[0]!.us_usd_cents = Number.MAX_SAFE_INTEGER + 1
  const report = checkCosts(table)
  expect(report.ok && report.value.findings.map(({ code }) => code)).toContain("C03")
  expect(costYearSchema.safeParse(table.lines[0]!.years[0]).success).toBe(false)
})
