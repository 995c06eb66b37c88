import { type LivePlan, type PreflightReport, preflight, type Standing } from "@alternat/plan"
import { hashPort, planHash } from "@alternat/seal"

/** What a freeze would be refused for now, and the hash that it must name. */
export function preflightReport(live: LivePlan, standing: Standing): PreflightReport {
  const items = preflight(live, standing, hashPort)
  const ready = standing.status === "negotiation" && !items.some((item) => item.severity === "blocks")
  return { planHash: planHash(live.plan), seq: live.seq, ready, items }
}
