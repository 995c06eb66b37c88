import {
  type CommentCount,
  type CommentTarget,
  type CostFinding,
  type CostLine,
  type CostYear,
  type Currency,
  cellFromAmounts,
  cellFromNative,
  cellFromShare,
  checkPlanCosts,
  isClosedLine,
  lineStandingOf,
  type Parties,
  type PlanDocument,
  planYears,
  rampByYear,
  type Standing,
  type TableProposal,
} from "@alternat/plan"

/** One side of the table: A stands first everywhere. */
export type CellSide = "us" | "ru"

/** Where the cursor of the grid can stand. The ramp is a row of its own, over all lines H. */
export interface Place {
  readonly line: string
  readonly year: number
  readonly side: CellSide
}
export const RAMP = "ramp"

export interface CostView {
  readonly years: readonly number[]
  readonly handover: readonly CostLine[]
  readonly other: readonly CostLine[]
  readonly ramp: ReadonlyMap<number, number | null>
  readonly findings: readonly CostFinding[]
}

/** Everything the grid draws, from the plan as it stands. */
export function costView(plan: PlanDocument): CostView {
  const lines = plan.tables.cost_lines
  const years = planYears(plan.terms)
  return {
    years,
    handover: lines.filter((line) => line.subject_to_handover),
    other: lines.filter((line) => !line.subject_to_handover),
    ramp: new Map(rampByYear(lines, years).map(({ year, usShareBp }) => [year, usShareBp])),
    findings: findingsOf(plan),
  }
}

export const findingsOf = (plan: PlanDocument): readonly CostFinding[] => checkPlanCosts(plan)

/** The findings this plan would have with that cell: what a person sees while still typing. */
export function findingsWith(plan: PlanDocument, lineId: string, cell: CostYear): readonly CostFinding[] {
  const cost_lines = plan.tables.cost_lines.map((line) =>
    line.id === lineId
      ? { ...line, years: line.years.map((one) => (one.plan_year === cell.plan_year ? cell : one)) }
      : line,
  )
  return findingsOf({ ...plan, tables: { ...plan.tables, cost_lines } })
}

/** A finding stands at one side's cell where it is about that side, else at both. */
export function findingsAt(findings: readonly CostFinding[], { line, year, side }: Place): readonly CostFinding[] {
  return findings.filter((finding) => {
    const [table, id, at] = finding.path.split("/")
    if (table !== "lines" || id !== line || at !== String(year)) return false
    const about = SIDE_OF[finding.code]
    return about === undefined || about === side
  })
}
const SIDE_OF: Readonly<Record<string, CellSide>> = { C06: "us", C07: "us", C08: "ru", C10: "us", C11: "us", C22: "us" }

export function cellOf(line: CostLine, year: number): CostYear | undefined {
  return line.years.find((one) => one.plan_year === year)
}

/** In RUB view a side's own currency is what is typed and shown; equivalents follow. */
export const currencyOf = (side: CellSide, view: Currency | "both"): Currency =>
  side === "ru" && view === "RUB" ? "RUB" : "USD"

export function amountOf(cell: CostYear, side: CellSide, currency: Currency): number {
  if (side === "us") return cell.us_usd_cents
  return currency === "RUB" ? cell.ru_rub_kopecks : cell.ru_usd_equiv_cents
}

/** The whole cell that follows from one side's new amount; the other side's stays. */
export function withAmount(cell: CostYear, side: CellSide, currency: Currency, minor: bigint, rate: string): CostYear {
  if (side === "us") return cellFromAmounts(cell.plan_year, minor, BigInt(cell.ru_usd_equiv_cents), rate)
  if (currency === "RUB") return cellFromNative(cell.plan_year, BigInt(cell.us_usd_cents), minor, rate)
  return cellFromAmounts(cell.plan_year, BigInt(cell.us_usd_cents), minor, rate)
}

/** One side's new amount as the cell it is kept in: what the other side writes at the same moment stays. */
export function contribution(cell: CostYear, side: CellSide, currency: Currency, minor: bigint, rate: string) {
  const value = standingHalf(withAmount(cell, side, currency, minor, rate), side)
  return { field: halfField(cell.plan_year, side), value }
}

export const halfField = (year: number, side: CellSide): string => `year:${year}.${side}`

/** One side's half of a year as the document holds it: the value of its cell. */
export const standingHalf = (
  { us_usd_cents, ru_usd_equiv_cents, ru_rub_kopecks }: CostYear,
  side: CellSide,
): unknown => (side === "us" ? us_usd_cents : { ru_usd_equiv_cents, ru_rub_kopecks })

export interface RampWrite {
  readonly lineId: string
  readonly cell: CostYear
}

/** A share for one year on all open lines H that both sides pay in cash; totals stay. */
export function withRamp(plan: PlanDocument, standing: Standing, year: number, shareBp: number): readonly RampWrite[] {
  return plan.tables.cost_lines.flatMap((line) => {
    const cell = cellOf(line, year)
    const isCash = line.kind_us === "cash" && line.kind_ru === "cash"
    if (!line.subject_to_handover || !isCash || !cell || isClosedLine(lineStandingOf(standing, line.id).state))
      return []
    return [{ lineId: line.id, cell: cellFromShare(year, BigInt(cell.total_usd_cents), shareBp, plan.terms.fx.rate) }]
  })
}

/** Open ones about this annex, in the parties' order, then as they were tabled. */
export const openTableProposals = (proposals: readonly TableProposal[], parties: Parties): readonly TableProposal[] =>
  proposals
    .filter((proposal) => proposal.status === "open" && proposal.kind !== "joint_rank")
    .toSorted((a, b) => placeOf(a, parties) - placeOf(b, parties) || (a.openedAt < b.openedAt ? -1 : 1))

const placeOf = (proposal: TableProposal, parties: Parties): number => (proposal.party === parties[0].code ? 0 : 1)

/** Proposals that stand in this cell of the ramp or of a line. */
export function proposalsAt(
  proposals: readonly TableProposal[],
  parties: Parties,
  place: Place,
): readonly TableProposal[] {
  return openTableProposals(proposals, parties).filter(({ kind, value }) => {
    if (value["plan_year"] !== place.year) return false
    if (place.line === RAMP) return kind === "ramp_share"
    const side = value["party"] === parties[1].code ? "ru" : "us"
    return kind === "amount" && value["line_id"] === place.line && side === place.side
  })
}

/** The threads of a cell, counted. Those that name no side hang on the first party's half. */
export function countsAt(
  counts: readonly CommentCount[],
  parties: Parties,
  { line, year, side }: Place,
): readonly CommentCount[] {
  return counts.filter(({ place }) => {
    if (place.type !== "cell" || place.table !== "cost_lines" || place.rowId !== line) return false
    if (/\d{4}/.exec(place.cell)?.[0] !== String(year)) return false
    return side === (sideOfTarget(place.cell, parties) ?? "us")
  })
}

const sideOfTarget = (cell: string, parties: Parties): CellSide | null => {
  const code = /:([A-Z]{2,8})$/.exec(cell)?.[1]
  if (code === parties[1].code || /ru/.test(cell)) return "ru"
  return code === parties[0].code ? "us" : null
}

export const cellTarget = (place: Place, parties: Parties): Extract<CommentTarget, { type: "cell" }> => ({
  type: "cell",
  table: "cost_lines",
  rowId: place.line,
  cell: `year:${place.year}:${place.side === "us" ? parties[0].code : parties[1].code}`,
})

/** The next place of the cursor; it stays inside the grid. */
export function move(places: readonly (readonly Place[])[], from: Place, rows: number, columns: number): Place {
  const row = places.findIndex((line) => line[0]?.line === from.line)
  const column = places[row]?.findIndex((place) => samePlace(place, from)) ?? -1
  if (row < 0 || column < 0) return places[0]?.[0] ?? from
  const line = places[Math.max(0, Math.min(places.length - 1, row + rows))] ?? []
  return line[Math.max(0, Math.min(line.length - 1, column + columns))] ?? from
}

export const samePlace = (a: Place | null, b: Place): boolean =>
  a !== null && a.line === b.line && a.year === b.year && a.side === b.side
export const placeKey = ({ line, year, side }: Place): string => `${line}/${year}/${side}`

/** A cell with the currency that is typed into it here: a held figure is one of that currency. */
export const heldKey = (place: Place, view: Currency | "both"): string =>
  place.line === RAMP ? placeKey(place) : `${placeKey(place)}/${currencyOf(place.side, view)}`
