import { allocate, convert, convertBack, exactShareBp, parseRate, sharesBp, splitByShare } from "./money.ts"
import { assert } from "./result.ts"
import type { CostLine, CostYear } from "./tables.ts"

/** Cells derived from one master value, and views of the table: shares, U.S. fiscal years, ramp, categories. */

/** A cell from its total and the first party's share; roubles follow by the rate. */
export const cellFromShare = (year: number, totalCents: bigint, usShareBp: number, rate: string): CostYear => {
  const [us, ru] = splitByShare(totalCents, usShareBp)
  return cell(year, us, ru, totalCents === 0n ? null : usShareBp, convert(ru, mustRate(rate)))
}

/** A cell from both sides' amounts in base currency; the share is stated only where it gives exactly these amounts. */
export const cellFromAmounts = (year: number, usCents: bigint, ruEquivCents: bigint, rate: string): CostYear =>
  cell(
    year,
    usCents,
    ruEquivCents,
    exactShareBp(usCents + ruEquivCents, usCents),
    convert(ruEquivCents, mustRate(rate)),
  )

/** A cell from the first party's cents and the second's own currency; the equivalent follows by the rate. */
export const cellFromNative = (year: number, usCents: bigint, ruKopecks: bigint, rate: string): CostYear => {
  const ru = convertBack(ruKopecks, mustRate(rate))
  return cell(year, usCents, ru, exactShareBp(usCents + ru, usCents), ruKopecks)
}

/** All cells of a line converted anew, after the planning rate has changed. */
export const convertLine = (line: CostLine, rate: string): CostLine => ({
  ...line,
  years: line.years.map((one) => ({
    ...one,
    ru_rub_kopecks: Number(convert(BigInt(one.ru_usd_equiv_cents), mustRate(rate))),
  })),
})

const mustRate = (rate: string) => {
  const parsed = parseRate(rate)
  assert(parsed !== null && parsed.numerator > 0n, `a rate is a decimal above zero, not ${rate}`)
  return parsed
}

const cell = (year: number, us: bigint, ru: bigint, shareBp: number | null, kopecks: bigint): CostYear => ({
  plan_year: year,
  total_usd_cents: Number(us + ru),
  us_share_bp: shareBp,
  us_usd_cents: Number(us),
  ru_usd_equiv_cents: Number(ru),
  ru_rub_kopecks: Number(kopecks),
})

export interface YearShare {
  readonly year: number
  readonly totalCents: bigint
  readonly usCents: bigint
  readonly ruCents: bigint
  readonly ruKopecks: bigint
  /** largest remainder, adding up to 10000; null where nothing is planned */
  readonly usShareBp: number | null
  readonly ruShareBp: number | null
}

const cellsOf = (lines: readonly CostLine[], year: number): readonly CostYear[] =>
  lines.flatMap((line) => line.years.filter((one) => one.plan_year === year))

const sum = (cells: readonly CostYear[], column: Exclude<keyof CostYear, "plan_year" | "us_share_bp">): bigint =>
  cells.reduce((total, one) => total + BigInt(one[column]), 0n)

const shareOf = (year: number, cells: readonly CostYear[]): YearShare => {
  const usCents = sum(cells, "us_usd_cents")
  const ruCents = sum(cells, "ru_usd_equiv_cents")
  const shares = sharesBp([usCents, ruCents])
  return {
    year,
    totalCents: sum(cells, "total_usd_cents"),
    usCents,
    ruCents,
    ruKopecks: sum(cells, "ru_rub_kopecks"),
    usShareBp: shares?.[0] ?? null,
    ruShareBp: shares?.[1] ?? null,
  }
}

/** Money and shares of each plan year. */
export const sharesByYear = (lines: readonly CostLine[], years: readonly number[]): readonly YearShare[] =>
  years.map((year) => shareOf(year, cellsOf(lines, year)))

/** Money and shares over all years; `year` is 0. */
export const sharesOverall = (lines: readonly CostLine[]): YearShare =>
  shareOf(
    0,
    lines.flatMap((line) => line.years),
  )

/** The same on hand-over lines alone, by year: the ramp. */
export const handoverByYear = (lines: readonly CostLine[], years: readonly number[]): readonly YearShare[] =>
  sharesByYear(
    lines.filter((line) => line.subject_to_handover),
    years,
  )

/** The agreed ramp: the one share of all hand-over lines that both sides pay in cash; null where they differ. */
export const rampByYear = (
  lines: readonly CostLine[],
  years: readonly number[],
): readonly { readonly year: number; readonly usShareBp: number | null }[] =>
  years.map((year) => {
    const shares = lines
      .filter((line) => line.subject_to_handover && line.kind_us === "cash" && line.kind_ru === "cash")
      .map((line) => line.years.find((one) => one.plan_year === year)?.us_share_bp ?? null)
    const first = shares[0] ?? null
    return { year, usShareBp: shares.every((share) => share === first) ? first : null }
  })

export interface FiscalYearAmount {
  readonly fiscalYear: number
  readonly cents: bigint
  /** of which on hand-over lines */
  readonly handoverCents: bigint
}

const QUARTERS = [1n, 1n, 1n, 1n] as const

/**
 * U.S. money by U.S. fiscal year (October to September, named by its end). Each cell is spread over four equal
 * quarters by largest remainder, so both views add up to the same total; the last quarter falls into the next year.
 */
export const usFiscalYears = (lines: readonly CostLine[]): readonly FiscalYearAmount[] => {
  const amounts = new Map<number, { cents: bigint; handoverCents: bigint }>()
  for (const line of lines) {
    for (const one of line.years) {
      const quarters = allocate(BigInt(one.us_usd_cents), QUARTERS)
      assert(quarters.ok, "four quarters weigh something")
      quarters.value.forEach((cents, quarter) => {
        if (cents === 0n) return
        const fiscalYear = quarter === 3 ? one.plan_year + 1 : one.plan_year
        const amount = amounts.get(fiscalYear) ?? { cents: 0n, handoverCents: 0n }
        amount.cents += cents
        if (line.subject_to_handover) amount.handoverCents += cents
        amounts.set(fiscalYear, amount)
      })
    }
  }
  return [...amounts]
    .map(([fiscalYear, amount]) => ({ fiscalYear, ...amount }))
    .toSorted((a, b) => a.fiscalYear - b.fiscalYear)
}

/** Base-currency totals by SF-424A class, in its order. */
export const categoryTotals = (lines: readonly CostLine[]): Readonly<Record<string, bigint>> => {
  const totals: Record<string, bigint> = {}
  for (const category of "abcdefghj") {
    const own = lines.filter((line) => line.sf424a_class === category)
    if (own.length > 0)
      totals[category] = sum(
        own.flatMap((line) => line.years),
        "total_usd_cents",
      )
  }
  return totals
}

export interface KindSplit {
  readonly cashCents: bigint
  readonly inKindCents: bigint
  /** the same in the second party's currency; for the first party 0 */
  readonly cashKopecks: bigint
  readonly inKindKopecks: bigint
}

/** How much of a side's part is cash and how much in kind. */
export const kindSplit = (lines: readonly CostLine[], side: "us" | "ru"): KindSplit => {
  const column = side === "us" ? "us_usd_cents" : "ru_usd_equiv_cents"
  const of = (kind: "cash" | "in_kind") =>
    lines.filter((line) => (side === "us" ? line.kind_us : line.kind_ru) === kind).flatMap((line) => line.years)
  return {
    cashCents: sum(of("cash"), column),
    inKindCents: sum(of("in_kind"), column),
    cashKopecks: side === "us" ? 0n : sum(of("cash"), "ru_rub_kopecks"),
    inKindKopecks: side === "us" ? 0n : sum(of("in_kind"), "ru_rub_kopecks"),
  }
}
