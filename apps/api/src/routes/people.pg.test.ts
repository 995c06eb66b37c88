import type { EventEntry, PlanSummary } from "@alternat/plan"
import type { ActingHead, Ranking } from "@alternat/store"
import { afterAll, beforeAll, expect, test } from "vitest"
import { type Caller, type DemoApi, openDemoApi } from "../testing/demo-api.ts"

let api: DemoApi
let headUs: Caller
let headRu: Caller
let plan: string
beforeAll(async () => {
  api = await openDemoApi()
  headUs = await api.as("head@us.example")
  headRu = await api.as("head@ru.example")
  const words = { en: "Plan", ru: "План" }
  const body = { title: words, shortTitle: words, start: "2015-01-01", end: "2016-12-31", like: "demo" }
  plan = `/api/plans/${(await headUs.post<PlanSummary>("/api/plans", body)).body.id}`
})
afterAll(() => api.close())

test("[API20] an acting head is appointed by the own head, and both sides see it", async () => {
  const now = Date.now()
  const interval = { from: new Date(now - 60_000).toISOString(), until: new Date(now + 3_600_000).toISOString() }
  const appoint = (caller: Caller, userId: string) => caller.post(`${plan}/acting-heads`, { userId, ...interval })
  const drafter = await api.as("drafter@us.example")
  const theirs = (await drafter.get<{ userId: string }>("/api/me")).body.userId
  expect((await appoint(headRu, theirs)).status).toBe(403)
  expect((await appoint(drafter, theirs)).status).toBe(403)
  expect(
    (await headUs.post(`${plan}/acting-heads`, { userId: theirs, from: interval.until, until: interval.from })).status,
  ).toBe(422)
  const done = await appoint(headUs, theirs)
  expect(done.status, done.text).toBe(201)
  const { body: seen } = await headRu.get<ActingHead[]>(`${plan}/acting-heads`)
  expect(seen).toEqual([{ party: "US", userId: theirs, ...interval }])
  const { body: events } = await headRu.get<EventEntry[]>(`${plan}/events`)
  expect(events.at(-1)).toMatchObject({ kind: "appoint_acting_head", party: "US" })
  expect((await appoint(drafter, theirs)).status, "one who acts appoints nobody").toBe(403)
})

test("[API21] a ranking is sealed once and revealed with the other side's", async () => {
  const seal = (caller: Caller, ranks: object) => caller.post<Ranking>(`${plan}/ranking`, { ranks })
  const budget = await api.as("budget@us.example")
  expect((await seal(budget, { P1: 1 })).status).toBe(403)
  expect((await seal(headUs, { P1: 1, P2: 2 })).status).toBe(201)
  expect((await seal(headUs, { P1: 2, P2: 1 })).status).toBe(409)
  const before = (await headRu.get<Ranking[]>(`${plan}/ranking`)).body
  expect(before).toMatchObject([{ party: "US", ranks: null, revealedAt: null }])
  expect((await seal(headRu, { P1: 2, P2: 1 })).status).toBe(201)
  const after = (await headRu.get<Ranking[]>(`${plan}/ranking`)).body
  expect(after.map((ranking) => ranking.ranks)).toEqual([
    { P1: 2, P2: 1 },
    { P1: 1, P2: 2 },
  ])
})
