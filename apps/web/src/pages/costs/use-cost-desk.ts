import { setCell } from "@alternat/document"
import {
  type CommentCount,
  type CostYear,
  type Currency,
  err,
  isClosedLine,
  type LivePlan,
  lineStandingOf,
  mayEdit,
  type Parties,
  type PlanDocument,
  parseFigure,
  parseShareFigure,
  type Result,
  type Standing,
  type TableProposal,
  type WithdrawnRow,
} from "@alternat/plan"
import { useMemo } from "react"
import { useCommentCounts, useStanding } from "../../api/index.ts"
import { type Translate, useT } from "../../i18n/index.ts"
import { keepIfOvertaken, TABLE_ORIGIN, useLivePlan, usePlanSession } from "../../live/index.ts"
import { useMode, useSharedWrite } from "../../mode/index.ts"
import {
  amountOf,
  type CostView,
  cellOf,
  contribution,
  costView,
  currencyOf,
  type Place,
  RAMP,
  standingHalf,
  withRamp,
} from "./cost-grid.ts"
import { amountRefusal, type Refusal, shareRefusal } from "./figure-entry.ts"

const barredWhy = (t: Translate) => ({ en: t.in("en", "mode.table.propose"), ru: t.in("ru", "mode.table.propose") })

/** Edits of the grid carry this origin, so that undo takes back one's own and no others. */
export const GRID_ORIGIN = TABLE_ORIGIN

export type CurrencyView = Currency | "both"

/** All that the parts of the costs page share. */
export interface CostDesk {
  readonly planId: string
  readonly plan: PlanDocument
  readonly parties: Parties
  readonly view: CostView
  readonly proposals: readonly TableProposal[]
  /** how many threads hang on the cells; their words are read where they are shown */
  readonly threadCounts: readonly CommentCount[]
  readonly withdrawn: readonly WithdrawnRow[]
  readonly standing: Standing
  readonly currency: CurrencyView
  /** why this line takes no figures, in words; null when it does */
  closedWhy(lineId: string): string | null
  /** why nobody of this reader's office enters figures at all, or not in this mode */
  readonly readOnly: string | null
  /** what a try to edit says, where it is the mode alone that forbids it */
  readonly onBarred: (() => void) | null
  /**
   * Writes what was typed; why it isn't taken, or null. `seen` is the year of the line as it stood when its author began:
   * where another amount stands by now, or the line is gone, the figure is kept beside it and its author told.
   */
  enter(place: Place, typed: string, seen?: CostYear | null): Refusal | null
  /** the same without writing */
  refusalOf(place: Place, typed: string): Refusal | null
}

export function useCostDesk(currency: CurrencyView): CostDesk | null {
  const t = useT()
  const { planId, me, session } = usePlanSession()
  const plan = useLivePlan((live: LivePlan) => live.plan)
  const proposals = useLivePlan((live) => live.tableProposals)
  const withdrawnRows = useLivePlan((live) => live.withdrawnRows)
  const standing = useStanding(planId).data
  const threadCounts = useCommentCounts(planId).data
  const view = useMemo(() => costView(plan), [plan])
  const shared = useSharedWrite("table")
  const { mode } = useMode()
  if (!standing) return null
  const frozen = standing.status !== "negotiation" ? t("costs.closed.frozen") : null
  const never = frozen ?? (mayEdit(me, { type: "row", table: "cost_lines" }) ? null : t("costs.closed.role"))
  const readOnly = never ?? (shared.isOpen ? null : t(mode === "read" ? "mode.table.read" : "mode.table.propose"))
  const closedWhy = (lineId: string): string | null => {
    const state = lineStandingOf(standing, lineId).state
    return isClosedLine(state) ? t("costs.closed.line", { line: lineId, state: t(`shell.state.${state}`) }) : null
  }
  const readShare = (typed: string): Result<number, Refusal> => {
    const read = parseShareFigure(typed)
    return read.ok ? read : err(shareRefusal(read.error, t))
  }
  const readAmount = (place: Place, typed: string): Result<bigint, Refusal> => {
    const unit = currencyOf(place.side, currency)
    const read = parseFigure(typed, unit)
    return read.ok ? read : err(amountRefusal(read.error, unit, t))
  }
  const enterShare = (year: number, typed: string): Refusal | null => {
    const share = readShare(typed)
    if (!share.ok) return share.error
    session.doc.transact(() => {
      for (const write of withRamp(plan, standing, year, share.value))
        setCell(session.doc, "cost_lines", write.lineId, `year:${year}`, write.cell, GRID_ORIGIN)
    }, GRID_ORIGIN)
    return null
  }
  const enterAmount = (place: Place, typed: string, seen: CostYear | null): Refusal | null => {
    const minor = readAmount(place, typed)
    if (!minor.ok) return minor.error
    const line = plan.tables.cost_lines.find((one) => one.id === place.line)
    const cell = (line && cellOf(line, place.year)) ?? seen
    if (!cell) return { why: GONE, readings: [] }
    const unit = currencyOf(place.side, currency)
    if (line && BigInt(amountOf(cell, place.side, unit)) === minor.value) return null
    const { field, value } = contribution(cell, place.side, unit, minor.value, plan.terms.fx.rate)
    const before = seen && standingHalf(seen, place.side)
    const entered = { table: "cost_lines", rowId: place.line, cell: field, mine: value, seen: before } as const
    if (before !== null && keepIfOvertaken(session, entered)) return null
    const done = setCell(session.doc, "cost_lines", place.line, field, value, GRID_ORIGIN)
    return done.ok ? null : { why: done.error.message, readings: [] }
  }
  return {
    planId,
    plan,
    parties: plan.parties,
    view,
    proposals,
    threadCounts: threadCounts ?? [],
    withdrawn: (withdrawnRows ?? []).filter((one) => one.table === "cost_lines"),
    standing,
    currency,
    closedWhy,
    readOnly,
    onBarred: never === null && !shared.isOpen ? shared.tellWhy : null,
    enter: (place, typed, seen = null) => {
      // asked once more: the mode may have changed while the figure was typed
      if (!shared.mayWrite()) return { why: barredWhy(t), readings: [] }
      return place.line === RAMP ? enterShare(place.year, typed) : enterAmount(place, typed, seen)
    },
    refusalOf: (place, typed) => {
      const read = place.line === RAMP ? readShare(typed) : readAmount(place, typed)
      return read.ok ? null : read.error
    },
  }
}

const GONE = { en: "This line is no longer in the table.", ru: "Этой позиции в таблице больше нет." }
