import type { CostYear, Parties } from "@alternat/plan"
import { expect, test } from "vitest"
import { contribution, countsAt, findingsAt, move, placeKey, proposalsAt, RAMP, withAmount } from "./cost-grid.ts"

const year: CostYear = {
  plan_year: 2013,
  total_usd_cents: 120_000_000,
  us_share_bp: 0,
  us_usd_cents: 0,
  ru_usd_equiv_cents: 120_000_000,
  ru_rub_kopecks: 3_600_000_000,
}
const parties = [{ code: "US" }, { code: "RU" }] as unknown as Parties
const at = { line: "L03", year: 2013, side: "us" as const }

test("[WEB23] one side's amount changes that side alone; the total and the roubles follow", () => {
  expect(withAmount(year, "us", "USD", 12_000_000n, "30.0000")).toMatchObject({
    us_usd_cents: 12_000_000,
    ru_usd_equiv_cents: 120_000_000,
    total_usd_cents: 132_000_000,
  })
  expect(withAmount(year, "ru", "RUB", 3_000_000_000n, "30.0000")).toMatchObject({
    ru_rub_kopecks: 3_000_000_000,
    ru_usd_equiv_cents: 100_000_000,
    total_usd_cents: 100_000_000,
  })
})

test("[WEB80] what is entered in a half of a cell is written to that half, and to nothing of the other side", () => {
  expect(contribution(year, "us", "USD", 12_000_000n, "30.0000")).toEqual({ field: "year:2013.us", value: 12_000_000 })
  expect(contribution(year, "ru", "RUB", 3_000_000_000n, "30.0000")).toEqual({
    field: "year:2013.ru",
    value: { ru_usd_equiv_cents: 100_000_000, ru_rub_kopecks: 3_000_000_000 },
  })
})

test("[WEB24] a finding stands at the side it is about, else at both", () => {
  const message = { en: "", ru: "" }
  const findings = [
    { code: "C10" as const, severity: "error" as const, path: "lines/L03/2013", message },
    { code: "C05" as const, severity: "error" as const, path: "lines/L03/2013", message },
    { code: "C10" as const, severity: "error" as const, path: "lines/L04/2013", message },
  ]
  expect(findingsAt(findings, at).map((one) => one.code)).toEqual(["C10", "C05"])
  expect(findingsAt(findings, { ...at, side: "ru" }).map((one) => one.code)).toEqual(["C05"])
})

test("[WEB25] the cursor moves by cells and stops at the edge", () => {
  const row = (line: string) =>
    [2010, 2011].flatMap((y) => (["us", "ru"] as const).map((side) => ({ line, year: y, side })))
  const places = [row("L01"), row("L02")]
  const start = { line: "L01", year: 2010, side: "us" as const }
  expect(placeKey(move(places, start, 1, 1))).toBe("L02/2010/ru")
  expect(placeKey(move(places, start, -1, -1))).toBe("L01/2010/us")
  expect(placeKey(move(places, start, 99, 99))).toBe("L02/2011/ru")
})

test("[WEB26] proposals and threads stand in the cell they name", () => {
  const proposal = (kind: "ramp_share" | "amount", value: Record<string, unknown>) => ({
    id: kind,
    party: "US",
    kind,
    status: "open" as const,
    value,
    base: "",
    reason: null,
    openedAt: "",
    closedAt: null,
  })
  const proposals = [
    proposal("ramp_share", { plan_year: 2010 }),
    proposal("amount", { line_id: "L08", plan_year: 2014, party: "RU" }),
  ]
  expect(proposalsAt(proposals, parties, { line: RAMP, year: 2010, side: "us" }).map((one) => one.id)).toEqual([
    "ramp_share",
  ])
  expect(proposalsAt(proposals, parties, { line: "L08", year: 2014, side: "ru" }).map((one) => one.id)).toEqual([
    "amount",
  ])
  expect(proposalsAt(proposals, parties, { line: "L08", year: 2014, side: "us" })).toEqual([])
  const count = {
    place: { type: "cell" as const, table: "cost_lines", rowId: "L03", cell: "year:2013:RU" },
    audience: "shared",
    open: 1,
    resolved: 0,
    entries: 1,
    latest: "",
  }
  expect(countsAt([count], parties, { ...at, side: "ru" })).toHaveLength(1)
  expect(countsAt([count], parties, at)).toHaveLength(0)
})
