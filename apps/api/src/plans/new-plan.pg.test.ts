import type { LivePlan, PlanSummary, PreflightReport } from "@alternat/plan"
import { afterAll, beforeAll, expect, test } from "vitest"
import { type DemoApi, openDemoApi } from "../testing/demo-api.ts"

let api: DemoApi
beforeAll(async () => {
  api = await openDemoApi()
})
afterAll(() => api.close())

const body = {
  title: { en: "A new joint plan", ru: "Новый совместный план" },
  shortTitle: { en: "New plan", ru: "Новый план" },
  start: "2015-01-01",
  end: "2016-12-31",
  like: "demo",
}

test("[API19] a head starts a plan from the template, and both delegations are members of it", async () => {
  const head = await api.as("head@us.example")
  const started = await head.post<PlanSummary>("/api/plans", body)
  expect(started.status, started.text).toBe(201)
  const other = await api.as("drafter@ru.example")
  const { body: live } = await other.get<LivePlan>(`/api/plans/${started.body.id}`)
  expect(live.plan.sections.filter((section) => section.kind === "section")).toHaveLength(28)
  expect(live.plan.title).toEqual(body.title)
  const { body: report } = await other.get<PreflightReport>(`/api/plans/${started.body.id}/preflight`)
  expect(report.ready).toBe(false)
  expect((await other.get<PlanSummary[]>("/api/plans")).body.map((plan) => plan.id)).toEqual(
    expect.arrayContaining(["demo", started.body.id]),
  )
})

test("[API19] others may not, and a plan can't end before it starts", async () => {
  const drafter = await api.as("drafter@us.example")
  expect((await drafter.post("/api/plans", body)).status).toBe(403)
  expect((await (await api.as("secretary@plan.example")).post("/api/plans", body)).status).toBe(403)
  const head = await api.as("head@us.example")
  expect((await head.post("/api/plans", { ...body, end: "2014-12-31" })).status).toBe(422)
  expect((await head.post("/api/plans", { ...body, like: "nowhere" })).status).toBe(404)
})
