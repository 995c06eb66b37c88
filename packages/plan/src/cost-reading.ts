/**
 * A cost table as it came in: nothing is taken for granted, so each reader gives the value or `null` for "not
 * readable as this". The checks turn a null into the finding of the rule that needed it.
 */
export interface ReadLine {
  /** null: not a usable id */
  readonly id: string | null
  /** position in the file, from 1; stands in for a missing id in paths */
  readonly position: number
  readonly isObject: boolean
  readonly handover: boolean | null
  readonly kinds: Readonly<Record<Side, "cash" | "in_kind" | null | "unreadable">>
  readonly cells: readonly ReadCell[] | null
  /** undefined: the optional column isn't there */
  readonly valuationBasis: unknown
  readonly workstream: unknown
  readonly quarterWeights: readonly bigint[] | null
  readonly path: string
}

export type Side = "us" | "ru"
export type MoneyColumn = "total_usd_cents" | "us_usd_cents" | "ru_usd_equiv_cents" | "ru_rub_kopecks"
export const MONEY_COLUMNS: readonly MoneyColumn[] = [
  "total_usd_cents",
  "us_usd_cents",
  "ru_usd_equiv_cents",
  "ru_rub_kopecks",
]

export interface ReadCell {
  readonly year: number | null
  readonly money: Readonly<Record<MoneyColumn, bigint | null>>
  /** undefined: unreadable; null: no share stated */
  readonly share: number | null | undefined
  readonly quarterWeights: readonly bigint[] | null
  readonly path: string
}

type Fields = Readonly<Record<string, unknown>>

export const asObject = (value: unknown): Fields | null =>
  typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Fields) : null

/** A whole number that a file can carry exactly. */
export const asWhole = (value: unknown): bigint | null =>
  typeof value === "number" && Number.isSafeInteger(value) ? BigInt(value) : null

/** A calendar date that exists. */
export const asDate = (value: unknown): string | null => {
  const match = typeof value === "string" ? /^(\d{4})-(\d{2})-(\d{2})$/.exec(value) : null
  if (match === null) return null
  const [year, month, day] = [Number(match[1]), Number(match[2]), Number(match[3])]
  const isLeap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0
  const length = [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month - 1]
  return length !== undefined && day >= 1 && day <= length ? match[0] : null
}

const asKind = (value: unknown): ReadLine["kinds"][Side] =>
  value === "cash" || value === "in_kind" || value === null ? value : "unreadable"

const asWeights = (value: unknown): readonly bigint[] | null => {
  if (!Array.isArray(value) || value.length !== 4) return null
  const weights = value.map(asWhole)
  if (weights.some((weight) => weight === null || weight < 0n)) return null
  return weights.some((weight) => weight !== 0n) ? (weights as bigint[]) : null
}

const readCell = (value: unknown, linePath: string, index: number): ReadCell => {
  const cell = asObject(value) ?? {}
  const plain = asWhole(cell["plan_year"])
  const year = plain !== null && plain >= 1000n && plain <= 9999n ? Number(plain) : null
  const share = cell["us_share_bp"]
  return {
    year,
    money: Object.fromEntries(MONEY_COLUMNS.map((column) => [column, asWhole(cell[column])])) as ReadCell["money"],
    share: share === null ? null : typeof share === "number" && Number.isInteger(share) ? share : undefined,
    quarterWeights: asWeights(cell["quarter_weights"]),
    path: `${linePath}/${year ?? `#${index + 1}`}`,
  }
}

export const readLine = (value: unknown, index: number): ReadLine => {
  const line = asObject(value)
  const fields = line ?? {}
  const id = typeof fields["id"] === "string" && fields["id"].trim() !== "" ? fields["id"] : null
  const path = `lines/${id ?? `#${index + 1}`}`
  const years = fields["years"]
  return {
    id,
    position: index + 1,
    isObject: line !== null,
    handover: typeof fields["subject_to_handover"] === "boolean" ? fields["subject_to_handover"] : null,
    kinds: { us: asKind(fields["kind_us"]), ru: asKind(fields["kind_ru"]) },
    cells: Array.isArray(years) ? years.map((cell, at) => readCell(cell, path, at)) : null,
    valuationBasis: fields["valuation_basis"],
    workstream: fields["workstream"],
    quarterWeights: asWeights(fields["quarter_weights"]),
    path,
  }
}
