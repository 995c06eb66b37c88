import { addRow, LAST } from "@alternat/document"
import { blankRow, type EventEntry, type PlanSummary, type Problem } from "@alternat/plan"
import { rankingCommitment } from "@alternat/seal"
import type { ActingHead, Ranking } from "@alternat/store"
import { afterAll, beforeAll, expect, test } from "vitest"
import { type Caller, type DemoApi, openDemoApi } from "../testing/demo-api.ts"
import { editDocument } from "../testing/edit-document.ts"

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

test("[API58] an empty ranking, an incomplete one, unknown ids and a plan without priorities are refused, and say why", async () => {
  const seal = (ranks: object) => headUs.post<Problem>(`${plan}/ranking`, { ranks })
  const without = await seal({ P1: 1 })
  expect([without.status, without.body.code, without.body.items?.[0]?.code]).toEqual([
    422,
    "bad_ranking",
    "no_priorities",
  ])
  await editDocument(
    api,
    headUs,
    "plan",
    (doc) => {
      for (const id of ["P1", "P2", "P3"]) addRow(doc, "priorities", blankRow("priorities", id), LAST)
    },
    plan.split("/").at(-1),
  )
  for (const [ranks, items] of [
    [{}, ["P1 not_ranked", "P2 not_ranked", "P3 not_ranked"]],
    [{ P1: 1, P2: 2 }, ["P3 not_ranked"]],
    [{ P1: 1, P2: 2, P3: 3, P9: 4 }, ["P9 unknown_priority"]],
    [{ P1: 1, P2: 1, P3: 3 }, ["P1 bad_rank", "P2 bad_rank"]],
  ] as const) {
    const reply = await seal(ranks)
    expect([reply.status, reply.body.code]).toEqual([422, "bad_ranking"])
    expect(reply.body.items?.map((item) => `${item.id} ${item.code}`)).toEqual(items)
  }
  expect((await headUs.get<Ranking[]>(`${plan}/ranking`)).body).toEqual([])
})

test("[API21] nothing tells the other side of a seal before both; then both are seen, and anybody makes both seals again", async () => {
  const seal = (caller: Caller, ranks: object) => caller.post<Ranking>(`${plan}/ranking`, { ranks })
  const budget = await api.as("budget@us.example")
  expect((await seal(budget, { P1: 1, P2: 2, P3: 3 })).status).toBe(403)
  const asked = ["", "/standing", "/ranking", "/events", "/record", "/preflight", "/members"]
  const seen = async (caller: Caller) => {
    const replies = await Promise.all(asked.map((path) => caller.get(`${plan}${path}`)))
    return replies.map(({ status, text, headers }) => ({ status, text, etag: headers.get("etag") }))
  }
  const secretary = await api.as("secretary@plan.example")
  const [before, neutral] = [await seen(headRu), await seen(secretary)]
  expect((await seal(headUs, { P1: 1, P2: 2.5, P3: 2.5 })).status).toBe(201)
  expect(await seen(headRu)).toEqual(before)
  expect(await seen(secretary)).toEqual(neutral)
  expect((await seal(headUs, { P1: 2, P2: 1, P3: 3 })).status).toBe(409)
  const own = (await headUs.get<Ranking[]>(`${plan}/ranking`)).body
  expect(own).toMatchObject([{ party: "US", revealedAt: null, salt: null }])
  expect((await seal(headRu, { P1: 2, P2: 1, P3: 3 })).status).toBe(201)
  for (const caller of [headUs, headRu, secretary]) {
    const after = (await caller.get<Ranking[]>(`${plan}/ranking`)).body
    expect(after.map((ranking) => ranking.ranks)).toEqual([
      { P1: 2, P2: 1, P3: 3 },
      { P1: 1, P2: 2.5, P3: 2.5 },
    ])
    for (const { salt, ranks, commitment } of after) expect(rankingCommitment(salt ?? "", ranks)).toBe(commitment)
    expect(after[1]?.commitment).toBe(own[0]?.commitment)
  }
})

test("[API59] a head takes the own seal back until the second one, and not afterwards", async () => {
  const other = `${plan}/ranking`
  const takeBack = (caller: Caller) => caller.send(other, { method: "DELETE" })
  expect((await takeBack(headUs)).status, "both are revealed").toBe(409)
  expect((await takeBack(await api.as("budget@us.example"))).status).toBe(403)
  const words = { en: "Another", ru: "Иной" }
  const body = { title: words, shortTitle: words, start: "2015-01-01", end: "2016-12-31", like: "demo" }
  const { id } = (await headUs.post<PlanSummary>("/api/plans", body)).body
  const write = (doc: Parameters<Parameters<typeof editDocument>[3]>[0]) => {
    addRow(doc, "priorities", blankRow("priorities", "P1"), LAST)
  }
  await editDocument(api, headUs, "plan", write, id)
  const path = `/api/plans/${id}/ranking`
  expect((await headUs.post(path, { ranks: { P1: 1 } })).status).toBe(201)
  expect((await headRu.send(path, { method: "DELETE" })).status, "the other side's").toBe(409)
  expect((await headUs.send(path, { method: "DELETE" })).status).toBe(204)
  expect((await headUs.get(path)).body).toEqual([])
  expect((await headUs.send(path, { method: "DELETE" })).status).toBe(409)
  expect((await headUs.post(path, { ranks: { P1: 1 } })).status).toBe(201)
})
