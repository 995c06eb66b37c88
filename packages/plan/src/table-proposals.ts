import { z } from "zod"
import type { TextEffect } from "./act-effects.ts"
import { asPlainInteger, exactTotals, planYears } from "./cost-table.ts"
import { cellFromAmounts, cellFromNative, cellFromShare } from "./cost-views.ts"
import type { HashPort } from "./hash-port.ts"
import type { Bilingual } from "./lang.ts"
import { convert, parseRate } from "./money.ts"
import type { PlanDocument, TableProposal, TableProposalKind } from "./plan-document.ts"
import type { Result } from "./result.ts"
import { err, ok } from "./result.ts"
import { ROW_SCHEMAS } from "./row-schemas.ts"
import type { CostLine, CostYear, Row } from "./tables.ts"

/**
 * Proposals about a typed table: what their value may be, which rows they stand on, and what they change when both
 * sides consent. Every figure that follows from another is derived here, so an accepted proposal never breaks a check
 * that held before.
 */

const id = z.string().regex(/^[A-Za-z0-9._:-]{1,80}$/)
const year = z.int().min(1900).max(2200)
const minor = z.int().min(0)

export const TABLE_PROPOSAL_VALUES = {
  /** a U.S. share for one year on several lines, totals kept */
  ramp_share: z
    .object({ plan_year: year, line_ids: z.array(id).min(1).max(200), us_share_bp: z.int().min(0).max(10_000) })
    .strict(),
  /** one side's amount in one cell, in its own currency; the total follows */
  amount: z
    .object({
      line_id: id,
      plan_year: year,
      party: z.string().max(20),
      native_currency: z.string().max(3).optional(),
      us_usd_cents: minor.optional(),
      ru_rub_kopecks: minor.optional(),
      ru_usd_equiv_cents: minor.optional(),
      comment_thread_id: id.optional(),
    })
    .strict(),
  new_line: z
    .object({
      line: ROW_SCHEMAS.cost_lines,
      workstream_id: id.optional(),
      priority_ids: z.array(id).max(50).optional(),
    })
    .strict(),
  /** new places in the joint order for the priorities named */
  joint_rank: z.object({ ranks: z.record(id, z.int().min(1).max(100)) }).strict(),
} as const

type Values = { readonly [K in TableProposalKind]: z.infer<(typeof TABLE_PROPOSAL_VALUES)[K]> }
type Described = { readonly kind: TableProposalKind; readonly value: Readonly<Record<string, unknown>> }

export interface TableProposalFault {
  readonly code: "bad_value" | "unknown_row" | "no_change" | "not_a_permutation" | "no_rate"
  readonly message: Bilingual
}

const faulty = (code: TableProposalFault["code"], en: string, ru: string): Result<never, TableProposalFault> =>
  err({ code, message: { en, ru } })

/** Ids of the cost lines a proposal would change. */
export const linesTouchedBy = ({ kind, value }: Described): readonly string[] => {
  if (kind === "ramp_share") return asStrings(value["line_ids"])
  return kind === "amount" ? asStrings([value["line_id"]]) : []
}

const asStrings = (value: unknown): readonly string[] =>
  Array.isArray(value) ? value.filter((one) => typeof one === "string") : []

/** Hash of the cells a proposal stands on, as they are now: the `base` of `table_table_proposal` and of a consent. */
export const tableProposalBase = (plan: PlanDocument, proposal: Described, hashes: HashPort): string => {
  const { kind, value } = proposal
  if (kind === "joint_rank") {
    return hashes.tableHash(plan.tables.priorities.map((one) => ({ id: one.id, joint_rank: one.joint_rank })))
  }
  const slices = linesTouchedBy(proposal).map((lineId): Row => {
    const line = plan.tables.cost_lines.find((one) => one.id === lineId)
    const cell = line?.years.find((one) => one.plan_year === value["plan_year"])
    return { id: lineId, cell: cell ?? null }
  })
  return hashes.tableHash(slices)
}

type Write = Extract<TextEffect, { type: "write_cells" | "write_row" }>

/** What an accepted proposal writes; an error when its value doesn't fit the plan as it is. */
export const writesOf = (
  plan: PlanDocument,
  { kind, value }: Described,
): Result<readonly Write[], TableProposalFault> => {
  const parsed = TABLE_PROPOSAL_VALUES[kind].safeParse(value)
  if (!parsed.success) {
    const where = parsed.error.issues[0]?.path.join(".") ?? ""
    return faulty(
      "bad_value",
      `The proposed value can't be read (${where}).`,
      `Предложенное значение не читается (${where}).`,
    )
  }
  switch (kind) {
    case "ramp_share":
      return rampWrites(plan, parsed.data as Values["ramp_share"])
    case "amount":
      return amountWrites(plan, parsed.data as Values["amount"])
    case "new_line":
      return lineWrites(plan, parsed.data as Values["new_line"])
    case "joint_rank":
      return rankWrites(plan, parsed.data as Values["joint_rank"])
  }
}

const cellOf = (plan: PlanDocument, lineId: string, planYear: number): CostYear | undefined =>
  plan.tables.cost_lines.find((one) => one.id === lineId)?.years.find((one) => one.plan_year === planYear)

const writeCell = (lineId: string, cell: CostYear): Write => ({
  type: "write_cells",
  table: "cost_lines",
  rowId: lineId,
  cells: { [`year:${cell.plan_year}`]: cell },
})

const unknownRow = () =>
  faulty(
    "unknown_row",
    "The proposal names a row or year that the plan doesn't have.",
    "В предложении указана строка или год, которых в Плане нет.",
  )
const noRate = () =>
  faulty(
    "no_rate",
    "The planning rate can't be read: correct it first.",
    "Расчетный курс не читается: сначала исправьте его.",
  )

const readableRate = (plan: PlanDocument) => {
  const rate = parseRate(plan.terms.fx.rate)
  return rate === null || rate.numerator === 0n ? null : rate
}

const rampWrites = (plan: PlanDocument, value: Values["ramp_share"]): Result<readonly Write[], TableProposalFault> => {
  if (readableRate(plan) === null) return noRate()
  const writes: Write[] = []
  for (const lineId of new Set(value.line_ids)) {
    const cell = cellOf(plan, lineId, value.plan_year)
    if (cell === undefined) return unknownRow()
    const total = BigInt(cell.total_usd_cents)
    writes.push(writeCell(lineId, cellFromShare(value.plan_year, total, value.us_share_bp, plan.terms.fx.rate)))
  }
  return ok(writes)
}

const amountWrites = (plan: PlanDocument, value: Values["amount"]): Result<readonly Write[], TableProposalFault> => {
  const rate = readableRate(plan)
  if (rate === null) return noRate()
  const cell = cellOf(plan, value.line_id, value.plan_year)
  if (cell === undefined) return unknownRow()
  const isFirst = value.party === plan.parties[0].code
  if (!isFirst && value.party !== plan.parties[1].code) return unknownRow()
  if (isFirst) {
    if (value.us_usd_cents === undefined) return amountMissing()
    const next = cellFromAmounts(
      value.plan_year,
      BigInt(value.us_usd_cents),
      BigInt(cell.ru_usd_equiv_cents),
      plan.terms.fx.rate,
    )
    return ok([writeCell(value.line_id, next)])
  }
  const { ru_rub_kopecks: kopecks, ru_usd_equiv_cents: equivalent } = value
  if (kopecks === undefined) return amountMissing()
  const us = BigInt(cell.us_usd_cents)
  if (equivalent === undefined) {
    return ok([writeCell(value.line_id, cellFromNative(value.plan_year, us, BigInt(kopecks), plan.terms.fx.rate))])
  }
  if (convert(BigInt(equivalent), rate) !== BigInt(kopecks)) {
    return faulty(
      "bad_value",
      "The two currencies don't agree at the planning rate.",
      "Суммы в двух валютах не соответствуют расчетному курсу.",
    )
  }
  return ok([writeCell(value.line_id, cellFromAmounts(value.plan_year, us, BigInt(equivalent), plan.terms.fx.rate))])
}

const amountMissing = () =>
  faulty(
    "bad_value",
    "The proposal names no amount in its side's own currency.",
    "В предложении нет суммы в валюте соответствующей Стороны.",
  )

const lineWrites = (plan: PlanDocument, value: Values["new_line"]): Result<readonly Write[], TableProposalFault> => {
  const line: CostLine = value.line
  if (plan.tables.cost_lines.some((one) => one.id === line.id)) {
    return faulty(
      "bad_value",
      `Line ${line.id} is there already: choose another id.`,
      `Позиция ${line.id} уже есть: выберите другое обозначение.`,
    )
  }
  const writes: Write[] = [{ type: "write_row", table: "cost_lines", row: line }]
  if (value.workstream_id !== undefined) {
    const workstream = plan.tables.workstreams.find((one) => one.id === value.workstream_id)
    if (workstream === undefined) return unknownRow()
    const cells = { line_ids: [...workstream.line_ids, line.id] }
    writes.push({ type: "write_cells", table: "workstreams", rowId: workstream.id, cells })
  }
  return ok(writes)
}

const rankWrites = (plan: PlanDocument, value: Values["joint_rank"]): Result<readonly Write[], TableProposalFault> => {
  const { priorities } = plan.tables
  const named = Object.keys(value.ranks)
  if (named.some((one) => !priorities.some((priority) => priority.id === one))) return unknownRow()
  const after = priorities.map((one) => value.ranks[one.id] ?? one.joint_rank).toSorted((a, b) => (a ?? 0) - (b ?? 0))
  if (after.some((rank, index) => rank !== index + 1)) {
    return faulty(
      "not_a_permutation",
      "With these places two priorities would share one: name all that move.",
      "При таких местах два приоритета займут одно: укажите все перемещаемые.",
    )
  }
  return ok(
    named.map((rowId) => ({
      type: "write_cells",
      table: "priorities",
      rowId,
      cells: { joint_rank: value.ranks[rowId] },
    })),
  )
}

export interface ProposalEffect {
  readonly us_usd_cents: number
  readonly ru_usd_equiv_cents: number
  readonly ru_rub_kopecks: number
  readonly total_usd_cents: number
  readonly us_cap_respected: boolean
  readonly us_over_cap_cents: number
}

/** What the grand totals would be if this proposal were accepted; null where it doesn't fit the plan. */
export const proposalEffect = (
  plan: PlanDocument,
  proposal: Pick<TableProposal, "kind" | "value">,
): ProposalEffect | null => {
  const writes = writesOf(plan, proposal)
  if (!writes.ok) return null
  let lines = plan.tables.cost_lines
  for (const write of writes.value) {
    if (write.table !== "cost_lines") continue
    lines =
      write.type === "write_row"
        ? [...lines, write.row as CostLine]
        : lines.map((line) => (line.id === write.rowId ? withCells(line, write.cells) : line))
  }
  const totals = exactTotals(lines, planYears(plan.terms))
  const all = (column: keyof typeof totals) => asPlainInteger(totals[column]["all"] ?? 0n)
  const us_usd_cents = all("us_usd_cents")
  const ru_usd_equiv_cents = all("ru_usd_equiv_cents")
  const ru_rub_kopecks = all("ru_rub_kopecks")
  const total_usd_cents = all("total_usd_cents")
  // what no sum can state exactly is no effect to be shown; the checks name the total
  if (us_usd_cents === null || ru_usd_equiv_cents === null || ru_rub_kopecks === null || total_usd_cents === null)
    return null
  const cap = plan.terms.caps.us_usd_cents
  const over = cap === null ? 0 : Math.max(0, us_usd_cents - cap)
  return {
    us_usd_cents,
    ru_usd_equiv_cents,
    ru_rub_kopecks,
    total_usd_cents,
    us_cap_respected: over === 0,
    us_over_cap_cents: over,
  }
}

const withCells = (line: CostLine, cells: Readonly<Record<string, unknown>>): CostLine => ({
  ...line,
  years: line.years.map((cell) => (cells[`year:${cell.plan_year}`] as CostYear | undefined) ?? cell),
})
