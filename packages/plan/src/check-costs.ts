import { checkLine, isAfterHandover } from "./cost-cell-checks.ts"
import { checkFiscalYears, checkLimits } from "./cost-limit-checks.ts"
import { enAmount, finding, ruAmount } from "./cost-messages.ts"
import type { MoneyColumn, ReadCell, ReadLine } from "./cost-reading.ts"
import { asDate, asObject, asWhole, MONEY_COLUMNS, readLine } from "./cost-reading.ts"
import type { CostFinding, CostReport, CostTotals } from "./cost-table.ts"
import { asPlainInteger, planYears } from "./cost-table.ts"
import type { Bilingual } from "./lang.ts"
import { parseRate } from "./money.ts"
import type { Result } from "./result.ts"
import { err, ok } from "./result.ts"

export interface UnreadableCosts {
  readonly code: "unreadable"
  readonly message: Bilingual
}

/**
 * C01–C18, C20, C22 and C26 over a cost table in the interchange form. Anything may come in: what is no cost table at
 * all is an error, any other oddity is a finding at its cell. Findings come in the order of the table.
 *
 * A declared total that is wrong only because one cell already found wrong went into it is not reported again: one
 * cause, one finding. A cell that is no integer (C03) can't be added up, so it spoils its total; a negative one is added
 * as it stands.
 */
export const checkCosts = (input: unknown): Result<CostReport, UnreadableCosts> => {
  const table = asObject(input)
  const lines = table?.["lines"]
  if (table === null || !Array.isArray(lines)) {
    return err({
      code: "unreadable",
      message: {
        en: "This is no cost table: it has no list of lines.",
        ru: "Это не таблица расходов: нет перечня позиций.",
      },
    })
  }
  const read = lines.map(readLine)
  const period = readPeriod(table)
  const years = period === null ? [] : planYears(period)
  const rate = readRate(table)
  const handover = asDate(table["handover_complete_by"])
  const byLine = read.flatMap((line) => checkLine(line, { years, rate, handover }))
  const findings = [
    ...checkTerms(table, years, handover),
    ...checkIds(read),
    ...byLine,
    ...checkTotals(table["declared_totals"], read, years, byLine, handover),
    ...checkLimits(table, read, years),
    ...checkFiscalYears(read, years),
  ]
  return ok({ findings, totals: addUp(read, years) })
}

type Fields = Readonly<Record<string, unknown>>

const readPeriod = (table: Fields): { readonly start: string; readonly end: string } | null => {
  const [start, end] = [asDate(table["start"]), asDate(table["end"])]
  return start === null || end === null ? null : { start, end }
}

const readRate = (table: Fields) => {
  const rate = asObject(table["fx"])?.["rate"]
  const parsed = typeof rate === "string" ? parseRate(rate) : null
  return parsed === null || parsed.numerator === 0n ? null : parsed
}

const checkTerms = (table: Fields, years: readonly number[], handover: string | null): readonly CostFinding[] => {
  const findings: CostFinding[] = []
  const period = readPeriod(table)
  if (years.length === 0) {
    findings.push(
      finding(
        "C02",
        period === null && asDate(table["start"]) === null ? "start" : "end",
        "The period of the plan can't be read: enter its first and last day, at most 60 years apart.",
        "Срок действия плана не читается: укажите первый и последний день, не более 60 лет.",
      ),
    )
  }
  if (readRate(table) === null) {
    findings.push(
      finding(
        "C15",
        "fx/rate",
        "The planning rate isn't a number above zero: enter it as a decimal, for example 30.0000.",
        "Расчетный курс не является числом больше нуля: укажите десятичное число, например 30.0000.",
      ),
    )
  }
  const agreed = asDate(asObject(table["fx"])?.["agreed_on"])
  if (agreed === null || (period !== null && agreed > period.start)) {
    findings.push(
      finding(
        "C16",
        "fx/agreed_on",
        "The planning rate must be agreed on or before the first day of the plan: correct the date.",
        "Расчетный курс согласуется не позднее первого дня срока действия плана: исправьте дату.",
      ),
    )
  }
  if (handover === null || (period !== null && (handover < period.start || handover > period.end))) {
    findings.push(
      finding(
        "C18",
        "handover_complete_by",
        "The hand-over date lies outside the plan: choose a day within its period.",
        "Дата перехода вне срока действия плана: выберите день в его пределах.",
      ),
    )
  }
  return findings
}

const checkIds = (lines: readonly ReadLine[]): readonly CostFinding[] => {
  const seen = new Set<string>()
  return lines.flatMap((line) => {
    if (line.id === null) {
      return [
        finding(
          "C01",
          line.path,
          `Line ${line.position} has no id: give it one of its own.`,
          `У позиции № ${line.position} нет обозначения: присвойте его.`,
        ),
      ]
    }
    if (!seen.has(line.id)) {
      seen.add(line.id)
      return []
    }
    return [
      finding(
        "C01",
        line.path,
        `${line.id} stands more than once (line ${line.position}): give each line an id of its own.`,
        `Обозначение ${line.id} повторяется (позиция № ${line.position}): присвойте каждой позиции свое.`,
      ),
    ]
  })
}

const cellsOf = (lines: readonly ReadLine[]): readonly ReadCell[] => lines.flatMap((line) => line.cells ?? [])

const sum = (cells: readonly ReadCell[], column: MoneyColumn): bigint =>
  cells.reduce((total, cell) => total + (cell.money[column] ?? 0n), 0n)

const addUp = (lines: readonly ReadLine[], years: readonly number[]): CostTotals => {
  const cells = cellsOf(lines)
  const ofYear = (year: number) => cells.filter((cell) => cell.year === year)
  return Object.fromEntries(
    MONEY_COLUMNS.map((column) => [
      column,
      Object.fromEntries([
        ...years.map((year) => [String(year), asPlainInteger(sum(ofYear(year), column))] as const),
        ["all", asPlainInteger(sum(cells, column))] as const,
      ]),
    ]),
  ) as CostTotals
}

const TRACEABLE: ReadonlySet<string> = new Set(["C05", "C08", "C10", "C11"])

/** C12 and C13: what the table declares against what its lines make. */
const checkTotals = (
  declared: unknown,
  lines: readonly ReadLine[],
  years: readonly number[],
  found: readonly CostFinding[],
  handover: string | null,
): readonly CostFinding[] => {
  const totals = asObject(declared)
  if (totals === null) {
    return [
      finding(
        "C12",
        "declared_totals",
        "The table declares no totals: add them up.",
        "В таблице нет итогов: подсчитайте их.",
      ),
    ]
  }
  const cells = cellsOf(lines)
  const findings: CostFinding[] = []
  const wrong = new Set(found.filter((one) => TRACEABLE.has(one.code)).map((one) => one.path))
  for (const year of years) {
    const ofYear = cells.filter((cell) => cell.year === year)
    const mismatches = new Map<MoneyColumn, bigint>()
    for (const column of MONEY_COLUMNS) {
      const path = `declared_totals/${column}/${year}`
      const stated = asWhole(asObject(totals[column])?.[year])
      const due = sum(ofYear, column)
      const spoilt = ofYear.find((cell) => cell.money[column] === null)
      if (spoilt !== undefined) {
        findings.push(
          finding(
            "C12",
            path,
            `The total can't hold while ${spoilt.path} isn't a whole number of the smallest unit: correct that cell.`,
            `Итог не подсчитать, пока в ячейке ${spoilt.path} не целое число: исправьте ее.`,
          ),
        )
      } else if (stated === null && asPlainInteger(due) === null) {
        findings.push(
          finding(
            "C12",
            path,
            `The lines of ${year} make ${enAmount(due)}, more than a file carries exactly: lower the amounts.`,
            `Сумма позиций за ${year} год — ${ruAmount(due)}: такое число файл не передает точно. Уменьшите суммы.`,
          ),
        )
      } else if (stated === null) {
        findings.push(
          finding(
            "C12",
            path,
            `The total of ${year} is missing or isn't a whole number: it is ${enAmount(due)}.`,
            `Итог за ${year} год отсутствует или не целый: должно быть ${ruAmount(due)}.`,
          ),
        )
      } else if (stated !== due) mismatches.set(column, stated - due)
    }
    if (isEcho(mismatches, ofYear, lines, wrong, handover)) continue
    for (const [column, off] of mismatches) {
      const due = sum(ofYear, column)
      findings.push(
        finding(
          "C12",
          `declared_totals/${column}/${year}`,
          `The lines of ${year} make ${enAmount(due)}, the table declares ${enAmount(due + off)}: correct the total.`,
          `Сумма позиций за ${year} год — ${ruAmount(due)}, в таблице указано ${ruAmount(due + off)}: исправьте итог.`,
        ),
      )
    }
  }
  return [...findings, ...checkGrandTotals(totals, cells, years)]
}

/**
 * Would the declared totals of the year hold if one cell already found wrong (C05, C08, C10, C11) were what they make
 * of it? Then the total is right, and the cell's own finding says all.
 */
const isEcho = (
  mismatches: ReadonlyMap<MoneyColumn, bigint>,
  ofYear: readonly ReadCell[],
  lines: readonly ReadLine[],
  wrong: ReadonlySet<string>,
  handover: string | null,
): boolean => {
  const faulty = ofYear.filter((cell) => wrong.has(cell.path))
  const cell = faulty[0]
  if (mismatches.size === 0 || cell === undefined || faulty.length > 1) return false
  const money = (column: MoneyColumn) => (cell.money[column] ?? 0n) + (mismatches.get(column) ?? 0n)
  const [total, us, ru] = [money("total_usd_cents"), money("us_usd_cents"), money("ru_usd_equiv_cents")]
  if (us < 0n || ru < 0n || money("ru_rub_kopecks") < 0n || us + ru !== total) return false
  const line = lines.find((one) => (one.cells ?? []).includes(cell))
  if (line?.handover !== true || cell.year === null) return true
  if (handover !== null && isAfterHandover(cell.year, handover) && us > 0n) return false
  const before = (line.cells ?? []).findLast(
    (one) => one.year !== null && one.year < cell.year! && (one.money.total_usd_cents ?? 0n) > 0n,
  )
  return before === undefined || us * before.money.total_usd_cents! <= (before.money.us_usd_cents ?? 0n) * total
}

const checkGrandTotals = (
  totals: Fields,
  cells: readonly ReadCell[],
  years: readonly number[],
): readonly CostFinding[] =>
  MONEY_COLUMNS.flatMap((column) => {
    const declared = asObject(totals[column]) ?? {}
    const all = asWhole(declared["all"])
    const ofLines = sum(cells, column)
    const ofYears = addUpYears(declared, years)
    if (all !== null && (all === ofLines || all === ofYears)) return []
    if (ofYears === null && isFractionOfYears(declared, years)) return []
    if (asPlainInteger(ofLines) === null)
      return [
        finding(
          "C13",
          `declared_totals/${column}/all`,
          `The years make ${enAmount(ofLines)} in all, more than a file carries exactly: lower the amounts.`,
          `Сумма по годам — ${ruAmount(ofLines)}: такое число файл не передает точно. Уменьшите суммы.`,
        ),
      ]
    return [
      finding(
        "C13",
        `declared_totals/${column}/all`,
        `The years make ${enAmount(ofLines)} in all, the table declares another sum: correct the grand total.`,
        `Сумма по годам — ${ruAmount(ofLines)}, в таблице указана иная: исправьте общий итог.`,
      ),
    ]
  })

/** null: a year that is no whole number makes no sum. */
const addUpYears = (declared: Fields, years: readonly number[]): bigint | null => {
  const stated = years.map((year) => asWhole(declared[year]))
  return stated.reduce<bigint | null>((sum, one) => (sum === null || one === null ? null : sum + one), 0n)
}

/** A year that is no whole number is C12's to name, and the grand total with it. */
const isFractionOfYears = (declared: Fields, years: readonly number[]): boolean => {
  const asNumber = (value: unknown): number => (typeof value === "number" ? value : Number.NaN)
  const ofYears = years.reduce((total, year) => total + asNumber(declared[year]), 0)
  return Math.abs(ofYears) <= Number.MAX_SAFE_INTEGER && declared["all"] === ofYears
}
