import { type CostTable, costTable, type LivePlan, type PlanSummary, type PreflightReport } from "@alternat/plan"
import type { PlanRow, ReaderTx } from "@alternat/store"
import { z } from "@hono/zod-openapi"
import type { Context } from "hono"
import type { Api } from "../app.ts"
import type { ApiDeps } from "../deps.ts"
import type { ApiEnv } from "../http/env.ts"
import { fail } from "../http/problem.ts"
import { asMember, signedIn } from "../http/signed-in.ts"
import { createLivePlans, type LivePlans, loadPlanDoc } from "../plans/fold.ts"
import { type NewPlanRequest, newPlanSchema, planFromTemplate } from "../plans/new-plan.ts"
import { preflightReport } from "../plans/preflight-report.ts"
import { planSummarySchema, preflightSchema, valueOf } from "../schemas.ts"
import { apiRoute, jsonBody, jsonReply, planParams, READ_FAILURES, WRITE_FAILURES } from "./route.ts"

const listRoute = apiRoute(["not_signed_in", "rate_limited", "storage_away"], {
  method: "get",
  path: "/api/plans",
  summary: "The plans that this person is a member of",
  tags: ["reading"],
  responses: { 200: jsonReply(z.array(planSummarySchema).readonly(), "The plans, last changed first.") },
})
const startRoute = apiRoute([...WRITE_FAILURES], {
  method: "post",
  path: "/api/plans",
  summary: "Start a plan from the template; a head or member manager of either delegation may",
  tags: ["acts"],
  request: { body: jsonBody(newPlanSchema) },
  responses: { 201: jsonReply(planSummarySchema, "The plan.") },
})
const planRoute = apiRoute(READ_FAILURES, {
  method: "get",
  path: "/api/plans/{id}",
  summary: "The live plan: its text, its tables and the proposals beside them",
  tags: ["reading"],
  request: { params: planParams },
  responses: {
    200: jsonReply(
      valueOf<LivePlan>("LivePlan", "plan, proposals, tableProposals and the log position seq"),
      "The plan.",
    ),
  },
})
const costsRoute = apiRoute(READ_FAILURES, {
  method: "get",
  path: "/api/plans/{id}/costs",
  summary: "The cost table in the interchange form, its totals made anew",
  tags: ["reading"],
  request: { params: planParams },
  responses: {
    200: jsonReply(
      valueOf<CostTable>("CostTable", "integers of minor units; the form that check-costs reads"),
      "The table.",
    ),
  },
})
const preflightRoute = apiRoute(READ_FAILURES, {
  method: "get",
  path: "/api/plans/{id}/preflight",
  summary: "What stands between the plan and a freeze, and the hash that a freeze must name",
  tags: ["versions"],
  request: { params: planParams },
  responses: { 200: jsonReply(preflightSchema, "The report.") },
})

export function addPlanRoutes(app: Api, deps: ApiDeps): void {
  const livePlans = createLivePlans()
  app.openapi(listRoute, async (c) => {
    const { userId } = await signedIn(c, deps)
    const plans = await deps.store.withReader({ userId }, (tx) => summaries(tx, livePlans))
    return c.json(plans, 200)
  })
  app.openapi(startRoute, async (c) => {
    const request = c.req.valid("json")
    const id = deps.newId()
    const summary = await startPlan(c, deps, livePlans, request, id)
    return c.json(summary, 201, { location: `/api/plans/${id}` })
  })
  app.openapi(planRoute, async (c) => {
    const { id } = c.req.valid("param")
    return c.json(await asMember(c, deps, id, async (tx) => livePlans.read(await loadPlanDoc(tx, id))), 200)
  })
  app.openapi(costsRoute, async (c) => {
    const { id } = c.req.valid("param")
    const live = await asMember(c, deps, id, async (tx) => livePlans.read(await loadPlanDoc(tx, id)))
    return c.json(costTable(live.plan), 200)
  })
  app.openapi(preflightRoute, async (c) => {
    const { id } = c.req.valid("param")
    const report: PreflightReport = await asMember(c, deps, id, async (tx) => {
      const standing = (await tx.standing(id)) ?? fail("no_such_plan")
      return preflightReport(livePlans.read(await loadPlanDoc(tx, id)), standing)
    })
    return c.json(report, 200)
  })
}

async function startPlan(
  c: Context<ApiEnv>,
  deps: ApiDeps,
  livePlans: LivePlans,
  request: NewPlanRequest,
  id: string,
): Promise<PlanSummary> {
  const { userId } = await signedIn(c, deps)
  const made = await asMember(c, deps, request.like, async (tx, { party, roles }) => {
    if (party === null || !roles.some((role) => role === "head" || role === "members")) fail("forbidden")
    const { parties } = livePlans.read(await loadPlanDoc(tx, request.like)).plan
    const members = await tx.members(request.like)
    return planFromTemplate(request, { id, at: tx.now.toISOString(), parties, members })
  })
  if (!(await deps.store.installPlan(made))) fail("plan_exists")
  const [found] = await deps.store.withReader({ userId }, async (tx) =>
    (await summaries(tx, livePlans)).filter((plan) => plan.id === id),
  )
  return found ?? fail("no_such_plan")
}

async function summaries(tx: ReaderTx, livePlans: LivePlans): Promise<readonly PlanSummary[]> {
  const rows = await tx.plans()
  return Promise.all(rows.map(async (row) => summary(row, livePlans.read(await loadPlanDoc(tx, row.id)))))
}

/** Titles come from the text: they may have been edited since the row was written. */
const summary = (row: PlanRow, live: LivePlan): PlanSummary => ({
  id: row.id,
  title: live.plan.title,
  shortTitle: live.plan.shortTitle,
  status: row.status,
  updatedAt: row.updatedAt,
  openProposals: [...live.proposals, ...live.tableProposals].filter((p) => p.status === "open").length,
  clauses: row.clauses,
})
