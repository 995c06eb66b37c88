import type { Bilingual } from "./lang.ts"
import type { PlanDocument, PlanTerms } from "./plan-document.ts"
import type { CostLine } from "./tables.ts"

/** The interchange form of a cost table: `demo-plan-costs.json`, `GET …/costs`, `check-costs`. */
export interface CostTable {
  readonly fx: PlanTerms["fx"]
  readonly plan_year_basis: "calendar"
  readonly start: string
  readonly end: string
  readonly handover_complete_by: string
  readonly caps: PlanTerms["caps"]
  readonly min_ru_share_bp_final_year: number | null
  readonly lines: readonly InterchangeLine[]
  readonly declared_totals: CostTotals
}

/** A cost line, with the two optional columns that the checks C20 and C26 read. */
export type InterchangeLine = CostLine & { readonly valuation_basis?: string; readonly workstream?: string }

export const TOTAL_COLUMNS = ["total_usd_cents", "us_usd_cents", "ru_usd_equiv_cents", "ru_rub_kopecks"] as const
export type TotalColumn = (typeof TOTAL_COLUMNS)[number]

/** Per column: each plan year under its number, and `all`. null: more than a plain integer carries, and so reported. */
export type CostTotals = Readonly<Record<TotalColumn, Readonly<Record<string, number | null>>>>
export type ExactTotals = Readonly<Record<TotalColumn, Readonly<Record<string, bigint>>>>

/** C: cost sharing, P: priorities, M: management roles. */
export type FindingCode = `${"C" | "P" | "M"}${string}`

/** What a check found, at the cell it is about. */
export interface CostFinding {
  readonly code: FindingCode
  readonly severity: "error" | "warning"
  /** the cell: `lines/L01/2011`, `caps/us_usd_cents`, `fx/rate`, `declared_totals/us_usd_cents/all` */
  readonly path: string
  readonly message: Bilingual
}

export interface CostReport {
  readonly findings: readonly CostFinding[]
  readonly totals: CostTotals
}

/** Calendar years from start to end. */
export const planYears = (terms: { readonly start: string; readonly end: string }): readonly number[] => {
  const first = Number(terms.start.slice(0, 4))
  const last = Number(terms.end.slice(0, 4))
  const isSane = Number.isInteger(first) && Number.isInteger(last) && last >= first && last - first < 60
  return isSane ? Array.from({ length: last - first + 1 }, (_, index) => first + index) : []
}

/** Sums of the lines by column and year, to the cent whatever their size. Totals are derived, never stored. */
export const exactTotals = (lines: readonly CostLine[], years: readonly number[]): ExactTotals => {
  const totals = {} as Record<TotalColumn, Record<string, bigint>>
  const cells = lines.flatMap((line) => line.years)
  for (const column of TOTAL_COLUMNS) {
    const byYear: Record<string, bigint> = {}
    for (const year of years) byYear[year] = 0n
    for (const cell of cells) byYear[cell.plan_year] = (byYear[cell.plan_year] ?? 0n) + BigInt(cell[column])
    totals[column] = { ...byYear, all: cells.reduce((sum, cell) => sum + BigInt(cell[column]), 0n) }
  }
  return totals
}

/** The same in the interchange form. */
export const costTotals = (lines: readonly CostLine[], years: readonly number[]): CostTotals => {
  const exact = exactTotals(lines, years)
  return Object.fromEntries(
    TOTAL_COLUMNS.map((column) => [
      column,
      Object.fromEntries(Object.entries(exact[column]).map(([key, minor]) => [key, asPlainInteger(minor)])),
    ]),
  ) as CostTotals
}

/** null: JSON's readers would take it for another number (2⁵³ and above). */
export const asPlainInteger = (minor: bigint): number | null =>
  minor <= LARGEST_PLAIN && minor >= -LARGEST_PLAIN ? Number(minor) : null

const LARGEST_PLAIN = BigInt(Number.MAX_SAFE_INTEGER)

/** The live plan's cost table in the interchange form, totals made anew. */
export const costTable = (plan: PlanDocument): CostTable => {
  const { fx, plan_year_basis, start, end, handover_complete_by, caps, min_ru_share_bp_final_year } = plan.terms
  const lines = plan.tables.cost_lines
  const head = { fx, plan_year_basis, start, end, handover_complete_by, caps, min_ru_share_bp_final_year }
  return { ...head, lines, declared_totals: costTotals(lines, planYears(plan.terms)) }
}

/** The reverse: terms and rows. The optional columns of a line live in other tables and stay behind. */
export const costRows = (
  table: CostTable,
  binding = false,
): { readonly terms: PlanTerms; readonly lines: readonly CostLine[] } => {
  const { lines, declared_totals: _derived, ...terms } = table
  return {
    terms: { ...terms, binding },
    lines: lines.map(({ valuation_basis: _basis, workstream: _workstream, ...line }) => line),
  }
}
