import { assert, type CostFinding, type CostTotals, checkCosts, costTable, type PlanDocument } from "@alternat/plan"

/** `checks.json`: what the checks of the cost table said at freeze. The verifier makes them again and compares. */
export interface ChecksReport {
  readonly format: "alternat-checks/1"
  readonly findings: readonly CostFinding[]
  readonly totals: CostTotals
}

export function checksReport(plan: PlanDocument): ChecksReport {
  const report = checkCosts(costTable(plan))
  assert(report.ok, "a plan's own cost table can be read")
  return { format: "alternat-checks/1", findings: report.value.findings, totals: report.value.totals }
}
