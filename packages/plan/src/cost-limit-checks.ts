import { enAmount, enPercent, finding, ruAmount, ruPercent } from "./cost-messages.ts"
import type { ReadLine } from "./cost-reading.ts"
import { asObject, asWhole } from "./cost-reading.ts"
import type { CostFinding } from "./cost-table.ts"
import { allocate } from "./money.ts"
import { assert } from "./result.ts"

type Fields = Readonly<Record<string, unknown>>

const sum = (
  lines: readonly ReadLine[],
  column: "us_usd_cents" | "ru_usd_equiv_cents" | "ru_rub_kopecks" | "total_usd_cents",
  year?: number,
): bigint =>
  lines
    .flatMap((line) => line.cells ?? [])
    .filter((cell) => year === undefined || cell.year === year)
    .reduce((total, cell) => total + (cell.money[column] ?? 0n), 0n)

/** C14 caps, C17 floor of the final year. */
export const checkLimits = (
  table: Fields,
  lines: readonly ReadLine[],
  years: readonly number[],
): readonly CostFinding[] => [...checkCaps(table["caps"], lines), ...checkFloor(table, lines, years.at(-1))]

const checkCaps = (value: unknown, lines: readonly ReadLine[]): readonly CostFinding[] => {
  const caps = asObject(value)
  if (value !== undefined && value !== null && caps === null) {
    return [
      finding(
        "C14",
        "caps",
        "The caps can't be read: enter an amount for each side, or none.",
        "Предельные суммы не читаются: укажите сумму для каждой Стороны или ее отсутствие.",
      ),
    ]
  }
  return (["us_usd_cents", "ru_rub_kopecks"] as const).flatMap((column) => {
    const stated = caps?.[column]
    if (stated === undefined || stated === null) return []
    const cap = asWhole(stated)
    if (cap === null || cap < 0n) {
      return [
        finding(
          "C14",
          `caps/${column}`,
          "The cap isn't a whole amount of zero or more: correct it.",
          "Предельная сумма не является целым неотрицательным числом: исправьте ее.",
        ),
      ]
    }
    const total = sum(lines, column)
    if (total <= cap) return []
    return [
      finding(
        "C14",
        `caps/${column}`,
        `The total of ${enAmount(total)} is ${enAmount(total - cap)} over the cap of ${enAmount(cap)}: lower the amounts or agree another cap.`,
        `Общая сумма ${ruAmount(total)} превышает предельную (${ruAmount(cap)}) на ${ruAmount(total - cap)}: уменьшите суммы или согласуйте другой предел.`,
      ),
    ]
  })
}

const checkFloor = (
  table: Fields,
  lines: readonly ReadLine[],
  finalYear: number | undefined,
): readonly CostFinding[] => {
  const stated = table["min_ru_share_bp_final_year"]
  if (stated === undefined || stated === null) return []
  const path = "min_ru_share_bp_final_year"
  const floor = asWhole(stated)
  if (floor === null || floor < 0n || floor > 10_000n) {
    return [
      finding(
        "C17",
        path,
        "The floor isn't between 0 and 100%: enter 0 to 10000 basis points.",
        "Минимальная доля вне пределов 0–100 %: укажите от 0 до 10000 базисных пунктов.",
      ),
    ]
  }
  if (finalYear === undefined) return []
  const [ru, total] = [sum(lines, "ru_usd_equiv_cents", finalYear), sum(lines, "total_usd_cents", finalYear)]
  if (total <= 0n || ru * 10_000n >= floor * total) return []
  const actual = Number((ru * 10_000n) / total)
  return [
    finding(
      "C17",
      path,
      `The Russian share of ${finalYear} is ${enPercent(actual)}, below the floor of ${enPercent(Number(floor))}: raise it or agree another floor.`,
      `Доля РФ в ${finalYear} году — ${ruPercent(actual)}, ниже минимальной (${ruPercent(Number(floor))}): увеличьте ее или согласуйте другой минимум.`,
    ),
  ]
}

const EQUAL_QUARTERS = [1n, 1n, 1n, 1n] as const

/** C22: U.S. money that falls into a U.S. fiscal year after the plan's last calendar year, its October to December. */
export const checkFiscalYears = (lines: readonly ReadLine[], years: readonly number[]): readonly CostFinding[] => {
  const last = years.at(-1)
  if (last === undefined) return []
  let cents = 0n
  for (const line of lines) {
    for (const cell of line.cells ?? []) {
      const amount = cell.money.us_usd_cents ?? 0n
      if (cell.year !== last || amount <= 0n) continue
      const quarters = allocate(amount, cell.quarterWeights ?? line.quarterWeights ?? EQUAL_QUARTERS)
      assert(quarters.ok, "quarter weights are read as at least one above zero")
      cents += quarters.value[3] ?? 0n
    }
  }
  if (cents === 0n) return []
  return [
    finding(
      "C22",
      `declared_totals/us_usd_cents/${last}`,
      `$${enAmount(cents)} of U.S. money falls into fiscal year ${last + 1}, after the plan's last year: make sure that funds of that year can be used.`,
      `${ruAmount(cents)} долл. США приходится на ${last + 1} финансовый год США, после последнего года плана: убедитесь, что средства того года могут быть использованы.`,
      "warning",
    ),
  ]
}
