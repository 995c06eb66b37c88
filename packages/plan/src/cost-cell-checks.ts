import { enAmount, enPercent, finding, ruAmount, ruPercent } from "./cost-messages.ts"
import type { MoneyColumn, ReadCell, ReadLine, Side } from "./cost-reading.ts"
import { MONEY_COLUMNS } from "./cost-reading.ts"
import type { CostFinding } from "./cost-table.ts"
import { convert, type Rate, splitByShare } from "./money.ts"

/**
 * C02–C11, C20, C26: what must hold within one line. A value that can't be read is reported once, by the rule it
 * breaks first. Longer than a module should be: beside each rule stands what it says to people, in both languages.
 */
export interface LineContext {
  readonly years: readonly number[]
  /** null: unreadable, C15 says so */
  readonly rate: Rate | null
  /** null: unreadable, C18 says so */
  readonly handover: string | null
}

export const checkLine = (line: ReadLine, context: LineContext): readonly CostFinding[] => [
  ...checkYears(line, context.years),
  ...(line.cells ?? []).flatMap((cell) => checkCell(cell, context.rate)),
  ...checkKinds(line),
  ...checkHandover(line, context),
  ...checkRamp(line),
  ...checkValuation(line),
  ...checkWorkstream(line),
]

const checkYears = (line: ReadLine, years: readonly number[]): readonly CostFinding[] => {
  if (line.cells === null) {
    return [
      finding(
        "C02",
        line.path,
        "The line has no years: enter one cell for every plan year.",
        "В позиции нет лет: укажите по одной ячейке на каждый плановый год.",
      ),
    ]
  }
  const found = line.cells.map((cell) => cell.year)
  const findings: CostFinding[] = []
  for (const cell of line.cells) {
    if (cell.year === null) {
      findings.push(
        finding(
          "C02",
          cell.path,
          "This cell names no plan year: enter the year as a whole number.",
          "В ячейке не указан плановый год: укажите год целым числом.",
        ),
      )
    } else if (years.length > 0 && !years.includes(cell.year)) {
      findings.push(
        finding(
          "C02",
          cell.path,
          `${cell.year} lies outside the plan: remove the cell or change the period.`,
          `${cell.year} год вне срока действия плана: удалите ячейку или измените срок.`,
        ),
      )
    }
  }
  for (const year of years) {
    const times = found.filter((one) => one === year).length
    if (times === 1) continue
    findings.push(
      times === 0
        ? finding(
            "C02",
            `${line.path}/${year}`,
            `${year} is missing: add its cell, with zeros if nothing is planned.`,
            `Нет ${year} года: добавьте ячейку, с нулями, если расходов нет.`,
          )
        : finding(
            "C02",
            `${line.path}/${year}`,
            `${year} stands ${times} times: keep one cell.`,
            `${year} год указан несколько раз (${times}): оставьте одну ячейку.`,
          ),
    )
  }
  const isInOrder = found.every((year, index) => index === 0 || year === null || (found[index - 1] ?? 0) <= year)
  if (findings.length === 0 && !isInOrder) {
    findings.push(
      finding(
        "C02",
        line.path,
        "The years are out of order: put them from the first to the last.",
        "Годы идут не по порядку: расположите их от первого к последнему.",
      ),
    )
  }
  return findings
}

const COLUMN_NAMES: Readonly<Record<MoneyColumn, readonly [string, string]>> = {
  total_usd_cents: ["total", "итог"],
  us_usd_cents: ["U.S. amount", "сумма США"],
  ru_usd_equiv_cents: ["Russian amount in dollars", "сумма РФ в долларах"],
  ru_rub_kopecks: ["Russian amount in rubles", "сумма РФ в рублях"],
}

const checkCell = (cell: ReadCell, rate: Rate | null): readonly CostFinding[] => {
  const findings: CostFinding[] = []
  for (const column of MONEY_COLUMNS) {
    const value = cell.money[column]
    const [en, ru] = COLUMN_NAMES[column]
    if (value === null) {
      findings.push(
        finding(
          "C03",
          cell.path,
          `The ${en} isn't a whole number of the smallest unit: enter whole cents or kopecks.`,
          `Не целое число (${ru}): укажите целые центы или копейки.`,
        ),
      )
    } else if (value < 0n) {
      findings.push(
        finding(
          "C04",
          cell.path,
          `The ${en} is below zero: enter zero or more.`,
          `Отрицательное значение (${ru}): укажите ноль или больше.`,
        ),
      )
    }
  }
  if (findings.length > 0) return [...findings, ...checkShareRange(cell)]
  const adds = checkSum(cell)
  const range = checkShareRange(cell)
  return [
    ...adds,
    ...range,
    ...(adds.length + range.length === 0 ? checkShare(cell) : []),
    ...checkConversion(cell, rate),
  ]
}

const checkSum = (cell: ReadCell): readonly CostFinding[] => {
  const { total_usd_cents: total, us_usd_cents: us, ru_usd_equiv_cents: ru } = cell.money
  if (total === null || us === null || ru === null || us + ru === total) return []
  return [
    finding(
      "C05",
      cell.path,
      `U.S. $${enAmount(us)} and Russian $${enAmount(ru)} make $${enAmount(us + ru)}, not $${enAmount(total)}: correct one of the three.`,
      `${ruAmount(us)} (США) и ${ruAmount(ru)} (РФ) составляют ${ruAmount(us + ru)}, а не ${ruAmount(total)} долл. США: исправьте одно из трех значений.`,
    ),
  ]
}

const checkShareRange = (cell: ReadCell): readonly CostFinding[] =>
  cell.share === null || (cell.share !== undefined && cell.share >= 0 && cell.share <= 10_000)
    ? []
    : [
        finding(
          "C06",
          cell.path,
          "The U.S. share isn't between 0 and 100%: enter 0 to 10000 basis points.",
          "Доля США вне пределов 0–100 %: укажите от 0 до 10000 базисных пунктов.",
        ),
      ]

const checkShare = (cell: ReadCell): readonly CostFinding[] => {
  const { total_usd_cents: total, us_usd_cents: us } = cell.money
  if (cell.share === null || cell.share === undefined || total === null || us === null) return []
  const [due] = splitByShare(total, cell.share)
  if (due === us) return []
  return [
    finding(
      "C07",
      cell.path,
      `${enPercent(cell.share)} of $${enAmount(total)} is $${enAmount(due)}, not $${enAmount(us)}: correct the share or the amount.`,
      `${ruPercent(cell.share)} от ${ruAmount(total)} — это ${ruAmount(due)}, а не ${ruAmount(us)} долл. США: исправьте долю или сумму.`,
    ),
  ]
}

const checkConversion = (cell: ReadCell, rate: Rate | null): readonly CostFinding[] => {
  const { ru_usd_equiv_cents: equivalent, ru_rub_kopecks: kopecks } = cell.money
  if (rate === null || equivalent === null || kopecks === null) return []
  const due = convert(equivalent, rate)
  if (due === kopecks) return []
  return [
    finding(
      "C08",
      cell.path,
      `$${enAmount(equivalent)} at the planning rate is ${enAmount(due)} rubles, not ${enAmount(kopecks)}: correct one of the two.`,
      `${ruAmount(equivalent)} долл. США по расчетному курсу — это ${ruAmount(due)}, а не ${ruAmount(kopecks)} руб.: исправьте одно из двух значений.`,
    ),
  ]
}

const SIDES: readonly {
  readonly side: Side
  readonly column: MoneyColumn
  readonly en: string
  readonly ru: string
}[] = [
  { side: "us", column: "us_usd_cents", en: "U.S.", ru: "США" },
  { side: "ru", column: "ru_usd_equiv_cents", en: "Russian", ru: "РФ" },
]

const checkKinds = (line: ReadLine): readonly CostFinding[] =>
  SIDES.flatMap(({ side, column, en, ru }) => {
    const kind = line.kinds[side]
    const hasMoney = (line.cells ?? []).some((cell) => (cell.money[column] ?? 0n) !== 0n)
    if (kind === "cash" || kind === "in_kind" || (kind === null && !hasMoney)) return []
    return [
      finding(
        "C09",
        `${line.path}/kind_${side}`,
        `The ${en} amounts don't say how they are given: choose cash or in kind.`,
        `Не указан вид взноса (${ru}): выберите денежный или в натуральной форме.`,
      ),
    ]
  })

/** Is the whole of this plan year on or after the hand-over date? */
export const isAfterHandover = (year: number, handover: string): boolean => `${year}-01-01` >= handover

const checkHandover = (line: ReadLine, { handover }: LineContext): readonly CostFinding[] => {
  if (line.handover === null) {
    return line.isObject
      ? [
          finding(
            "C10",
            `${line.path}/subject_to_handover`,
            "The line doesn't say whether it passes to sole Russian funding: choose yes or no.",
            "Не указано, переходит ли позиция на самостоятельное финансирование: выберите да или нет.",
          ),
        ]
      : []
  }
  if (!line.handover || handover === null) return []
  return (line.cells ?? [])
    .filter(
      (cell) => cell.year !== null && isAfterHandover(cell.year, handover) && (cell.money.us_usd_cents ?? 0n) > 0n,
    )
    .map((cell) =>
      finding(
        "C10",
        cell.path,
        `U.S. money ($${enAmount(cell.money.us_usd_cents ?? 0n)}) stands on a hand-over line after the hand-over date: set it to zero or take the mark off the line.`,
        `После даты перехода по отмеченной позиции указаны средства США (${ruAmount(cell.money.us_usd_cents ?? 0n)} долл. США): обнулите их или снимите отметку с позиции.`,
      ),
    )
}

/** The share as an exact fraction: as stated, or as the amounts make it; null where nothing is planned. */
const shareOf = (cell: ReadCell): readonly [bigint, bigint] | null => {
  const { total_usd_cents: total, us_usd_cents: us } = cell.money
  if (total === null || us === null || total <= 0n || us < 0n) return null
  return typeof cell.share === "number" ? [BigInt(cell.share), 10_000n] : [us, total]
}

const checkRamp = (line: ReadLine): readonly CostFinding[] => {
  if (line.handover !== true) return []
  const findings: CostFinding[] = []
  let before: readonly [bigint, bigint] | null = null
  for (const cell of line.cells ?? []) {
    const share = shareOf(cell)
    if (share === null) continue
    if (before !== null && share[0] * before[1] > before[0] * share[1]) {
      findings.push(
        finding(
          "C11",
          cell.path,
          "The U.S. share rises on a hand-over line: keep it at or below the year before.",
          "Доля США по отмеченной позиции растет: укажите не больше, чем в предыдущем году.",
        ),
      )
    }
    before = share
  }
  return findings
}

const checkValuation = (line: ReadLine): readonly CostFinding[] => {
  const isInKind = line.kinds.us === "in_kind" || line.kinds.ru === "in_kind"
  const basis = line.valuationBasis
  if (basis === undefined || !isInKind || (typeof basis === "string" && basis.trim() !== "")) return []
  return [
    finding(
      "C20",
      `${line.path}/valuation_basis`,
      "An in-kind contribution has no valuation basis: say how it is valued.",
      "Не указан порядок оценки вклада в натуральной форме: укажите его.",
    ),
  ]
}

const checkWorkstream = (line: ReadLine): readonly CostFinding[] => {
  const workstream = line.workstream
  if (workstream === undefined || (typeof workstream === "string" && workstream.trim() !== "")) return []
  return [
    finding(
      "C26",
      `${line.path}/workstream`,
      "The line isn't in exactly one workstream: name one.",
      "Позиция не относится ровно к одному направлению работ: укажите одно.",
    ),
  ]
}
