import { expect, test } from "vitest"
import costs from "../demo/demo-plan-costs.json" with { type: "json" }
import type { CostTable } from "./cost-table.ts"
import { costTotals, planYears } from "./cost-table.ts"
import {
  categoryTotals,
  cellFromAmounts,
  cellFromNative,
  cellFromShare,
  handoverByYear,
  kindSplit,
  rampByYear,
  sharesByYear,
  sharesOverall,
  usFiscalYears,
} from "./cost-views.ts"

const { lines } = costs as unknown as CostTable
const years = planYears(costs)
const dollars = (amount: number) => BigInt(amount) * 100n

test("[PLAN4] totals are the sums of the lines", () => {
  expect(years).toEqual([2010, 2011, 2012, 2013, 2014])
  expect(costTotals(lines, years)).toEqual(costs.declared_totals)
})

test("[PLAN3] shares by year and overall, in hundredths of a percent", () => {
  expect(sharesByYear(lines, years).map((one) => one.usShareBp)).toEqual([5618, 4207, 2327, 138, 137])
  expect(sharesByYear(lines, years).map((one) => one.ruShareBp)).toEqual([4382, 5793, 7673, 9862, 9863])
  expect(sharesOverall(lines)).toMatchObject({ usShareBp: 2607, ruShareBp: 7393, totalCents: dollars(48_000_000) })
})

test("[PLAN5] the U.S. fiscal-year view adds up to the same total", () => {
  expect(usFiscalYears(lines).map((one) => [one.fiscalYear, one.cents])).toEqual([
    [2010, dollars(4_108_500)],
    [2011, dollars(4_654_500)],
    [2012, dollars(2_906_250)],
    [2013, dollars(693_750)],
    [2014, dollars(120_000)],
    [2015, dollars(30_000)],
  ])
  expect(usFiscalYears(lines)[3]?.handoverCents).toBe(dollars(506_250))
})

test("[PLAN6] the ramp is read off the hand-over lines", () => {
  expect(rampByYear(lines, years).map((one) => one.usShareBp)).toEqual([7000, 5000, 2500, 0, 0])
  expect(handoverByYear(lines, years).map((one) => [one.usCents, one.ruCents])).toEqual([
    [dollars(5_028_000), dollars(2_052_000)],
    [dollars(3_960_000), dollars(3_720_000)],
    [dollars(2_025_000), dollars(5_535_000)],
    [0n, dollars(6_060_000)],
    [0n, dollars(6_060_000)],
  ])
})

test("[PLAN6] categories, cash and kind", () => {
  expect(categoryTotals(lines)).toEqual({
    a: dollars(10_860_000),
    c: dollars(660_000),
    d: dollars(9_000_000),
    e: dollars(4_680_000),
    f: dollars(17_100_000),
    h: dollars(5_700_000),
  })
  expect(kindSplit(lines, "ru")).toEqual({
    cashCents: dollars(25_287_000),
    inKindCents: dollars(10_200_000),
    cashKopecks: dollars(758_610_000),
    inKindKopecks: dollars(306_000_000),
  })
  expect(kindSplit(lines, "us").inKindCents).toBe(0n)
})

test("[PLAN4] a cell follows from its master value", () => {
  const cell = lines[0]!.years[0]!
  expect(cellFromShare(2010, dollars(2_400_000), 7000, "30.0000")).toEqual(cell)
  expect(cellFromAmounts(2010, dollars(1_680_000), dollars(720_000), "30.0000")).toEqual(cell)
  expect(cellFromNative(2010, dollars(1_680_000), dollars(21_600_000), "30.0000")).toEqual(cell)
  expect(cellFromShare(2010, 0n, 7000, "30.0000").us_share_bp).toBeNull()
})
