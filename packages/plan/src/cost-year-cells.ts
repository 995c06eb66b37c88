import { z } from "zod"
import { exactShareBp } from "./money.ts"
import { costYearSchema } from "./row-schemas.ts"

/**
 * One year of a cost line as cells. Each party's contribution is a cell of its own, so that both keep their figure when
 * both press Enter at the same moment:
 * - `year:2010.us`: the first party's cents,
 * - `year:2010.ru`: the second party's contribution, in both currencies: one figure of one hand,
 * - `year:2010.stated`: the year as it was last stated whole (a share of the ramp, a new line), with total and share.
 *
 * Total and share hold as stated for as long as both amounts are those they were stated with. They follow from the
 * amounts where these have moved on.
 */
type CostYear = z.infer<typeof costYearSchema>

/** A year as one name: in proposals, and in documents of the former layout. */
export const YEAR_CELL = /^year:(\d{4})$/
const YEAR_PART = /^year:\d{4}\.(us|ru|stated)$/

// two of them add up to a number that JSON carries exactly
const amount = z
  .int()
  .min(0)
  .max(2 ** 52 - 1)
const secondAmount = costYearSchema
  .pick({ ru_usd_equiv_cents: true, ru_rub_kopecks: true })
  .extend({ ru_usd_equiv_cents: amount })
type SecondAmount = z.infer<typeof secondAmount>

/** The schema of a cell of a year; null: no such cell. */
export const parseYearCell = (field: string): z.ZodType | null => {
  const part = YEAR_PART.exec(field)?.[1]
  if (part === undefined) return null
  return part === "us" ? amount : part === "ru" ? secondAmount : costYearSchema
}

export const costYearParts = (year: CostYear): Readonly<Record<string, unknown>> => {
  const name = `year:${year.plan_year}`
  const { us_usd_cents, ru_usd_equiv_cents, ru_rub_kopecks } = year
  return {
    [`${name}.stated`]: year,
    [`${name}.us`]: us_usd_cents,
    [`${name}.ru`]: { ru_usd_equiv_cents, ru_rub_kopecks },
  }
}

/** The year that these cells make; null where they make none. */
export const costYearFrom = (year: number, cells: Readonly<Record<string, unknown>>): CostYear | null => {
  const name = `year:${year}`
  const stated = statedIn(year, cells[`${name}.stated`]) ?? statedIn(year, cells[name])
  const us = amount.safeParse(cells[`${name}.us`])
  const ru = secondAmount.safeParse(cells[`${name}.ru`])
  if (stated === null && !us.success && !ru.success) return null
  const first = us.success ? us.data : (stated?.us_usd_cents ?? 0)
  const second: SecondAmount = ru.success ? ru.data : (stated ?? NOTHING)
  if (stated !== null && first === stated.us_usd_cents && isSame(second, stated)) return stated
  const total = first + second.ru_usd_equiv_cents
  return {
    plan_year: year,
    total_usd_cents: total,
    us_share_bp: exactShareBp(BigInt(total), BigInt(first)),
    us_usd_cents: first,
    ru_usd_equiv_cents: second.ru_usd_equiv_cents,
    ru_rub_kopecks: second.ru_rub_kopecks,
  }
}

const NOTHING: SecondAmount = { ru_usd_equiv_cents: 0, ru_rub_kopecks: 0 }

const isSame = (a: SecondAmount, b: SecondAmount): boolean =>
  a.ru_usd_equiv_cents === b.ru_usd_equiv_cents && a.ru_rub_kopecks === b.ru_rub_kopecks

function statedIn(year: number, value: unknown): CostYear | null {
  const parsed = costYearSchema.safeParse(value)
  return parsed.success && parsed.data.plan_year === year ? parsed.data : null
}
