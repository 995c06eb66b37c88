import { setCell } from "@alternat/document"
import {
  type CommentThread,
  isClosedLine,
  type LivePlan,
  lineStandingOf,
  mayEdit,
  type Parties,
  type PlanDocument,
  type Standing,
  type TableProposal,
} from "@alternat/plan"
import { useMemo } from "react"
import { useComments, useStanding } from "../../api/index.ts"
import { useT } from "../../i18n/index.ts"
import { type Currency, parseMoney, parseShare } from "../../i18n/money-text.ts"
import { TABLE_ORIGIN, useLivePlan, usePlanSession } from "../../live/index.ts"
import {
  amountOf,
  type CostView,
  cellOf,
  contribution,
  costView,
  currencyOf,
  type Place,
  RAMP,
  withRamp,
} from "./cost-grid.ts"

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
  readonly threads: readonly CommentThread[]
  readonly standing: Standing
  readonly currency: CurrencyView
  /** why this line takes no figures, in words; null when it does */
  closedWhy(lineId: string): string | null
  /** why nobody of this reader's office enters figures at all */
  readonly readOnly: string | null
  enter(place: Place, typed: string): string | null
}

export function useCostDesk(currency: CurrencyView): CostDesk | null {
  const t = useT()
  const { planId, me, session } = usePlanSession()
  const plan = useLivePlan((live: LivePlan) => live.plan)
  const proposals = useLivePlan((live) => live.tableProposals)
  const standing = useStanding(planId).data
  const threads = useComments(planId).data
  const view = useMemo(() => costView(plan), [plan])
  if (!standing) return null
  const frozen = standing.status !== "negotiation" ? t("costs.closed.frozen") : null
  const readOnly = frozen ?? (mayEdit(me, { type: "row", table: "cost_lines" }) ? null : t("costs.closed.role"))
  const closedWhy = (lineId: string): string | null => {
    const state = lineStandingOf(standing, lineId).state
    return isClosedLine(state) ? t("costs.closed.line", { line: lineId, state: t(`shell.state.${state}`) }) : null
  }
  const enterShare = (year: number, typed: string): string | null => {
    const share = parseShare(typed)
    if (share === null) return t("costs.edit.share")
    session.doc.transact(() => {
      for (const write of withRamp(plan, standing, year, share))
        setCell(session.doc, "cost_lines", write.lineId, `year:${year}`, write.cell, GRID_ORIGIN)
    }, GRID_ORIGIN)
    return null
  }
  const enterAmount = (place: Place, typed: string): string | null => {
    const line = plan.tables.cost_lines.find((one) => one.id === place.line)
    const cell = line && cellOf(line, place.year)
    const minor = parseMoney(typed)
    if (!cell || minor === null) return t("costs.edit.unreadable")
    const unit = currencyOf(place.side, currency)
    if (BigInt(amountOf(cell, place.side, unit)) === minor) return null
    const { field, value } = contribution(cell, place.side, unit, minor, plan.terms.fx.rate)
    const done = setCell(session.doc, "cost_lines", place.line, field, value, GRID_ORIGIN)
    return done.ok ? null : t.pick(done.error.message)
  }
  return {
    planId,
    plan,
    parties: plan.parties,
    view,
    proposals,
    threads: threads ?? [],
    standing,
    currency,
    closedWhy,
    readOnly,
    enter: (place, typed) => (place.line === RAMP ? enterShare(place.year, typed) : enterAmount(place, typed)),
  }
}
