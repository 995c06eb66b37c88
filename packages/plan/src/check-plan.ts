import { checkCosts } from "./check-costs.ts"
import { checkPriorities } from "./check-priorities.ts"
import { checkRoles } from "./check-roles.ts"
import { finding } from "./cost-messages.ts"
import type { CostFinding, InterchangeLine } from "./cost-table.ts"
import { costTable } from "./cost-table.ts"
import type { PlanDocument } from "./plan-document.ts"

/** Every check of cost sharing that the live plan allows: those of `checkCosts` with the columns of its other tables, and C19. */
export const checkPlanCosts = (plan: PlanDocument): readonly CostFinding[] => {
  const { workstreams, in_kind_valuations: valuations } = plan.tables
  const table = costTable(plan)
  const lines = table.lines.map((line): InterchangeLine => {
    const own = workstreams.filter((one) => one.line_ids.includes(line.id)).map((one) => one.id)
    const basis = valuations.find((one) => one.line_id === line.id)?.basis ?? ""
    return { ...line, valuation_basis: basis, workstream: own.length === 1 ? own[0]! : "" }
  })
  const checked = checkCosts({ ...table, lines })
  const twice = valuations
    .filter((one) => one.counted_elsewhere)
    .map((one) =>
      finding(
        "C19",
        `lines/${one.line_id}`,
        `The in-kind contribution on ${one.line_id} is counted in another plan too: count it once.`,
        `Вклад в натуральной форме по позиции ${one.line_id} учтен и в другом плане: учтите его один раз.`,
      ),
    )
  return [...(checked.ok ? checked.value.findings : []), ...twice]
}

/** C25: has the market moved further from the planning rate than the review trigger allows? Both rates as decimals. */
export const checkRateDrift = (plan: PlanDocument, actualRate: string): readonly CostFinding[] => {
  const trigger = plan.tables.fx_review[0]?.trigger_bp
  const scaled = [plan.terms.fx.rate, actualRate].map(toTenThousandths)
  const [planned, actual] = scaled
  if (trigger === undefined || planned === null || planned === undefined || actual === null || actual === undefined)
    return []
  const drift = actual > planned ? actual - planned : planned - actual
  if (drift * 10_000n <= BigInt(trigger) * planned) return []
  return [
    finding(
      "C25",
      "fx/rate",
      "The market rate has moved beyond the review trigger: consider a new planning rate.",
      "Рыночный курс отклонился больше, чем допускает порядок пересмотра: рассмотрите новый расчетный курс.",
      "warning",
    ),
  ]
}

const toTenThousandths = (rate: string): bigint | null => {
  const match = /^(\d{1,9})(?:\.(\d{1,8}))?$/.exec(rate)
  return match === null ? null : BigInt(match[1]! + (match[2] ?? "").padEnd(8, "0"))
}

/** All checks of the typed tables. Paths start with the table: `lines/L01/2011`, `raci/A31/US-GCL`. One cause, one finding. */
export const checkPlanTables = (plan: PlanDocument): readonly CostFinding[] => [
  ...checkPlanCosts(plan),
  ...checkPriorities(plan),
  ...checkRoles(plan).filter((one) => !(one.code === "M06" && one.path.startsWith("lines/"))),
]
