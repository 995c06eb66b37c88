import type { LivePlan, Me, PlanSummary, Problem } from "@alternat/plan"
import { afterEach, beforeEach, expect, test } from "vitest"
import { seedDemo } from "../demo/seed-demo.ts"
import { type DemoApi, openDemoApi } from "../testing/demo-api.ts"

let api: DemoApi
beforeEach(async () => {
  api = await openDemoApi({ empty: true })
})
afterEach(() => api.close())

const PASSWORD = "long enough for ten"
const person = (email: string, roles: readonly string[]) => ({
  email,
  name: { en: `N ${email}`, ru: `Н ${email}` },
  roles,
  password: PASSWORD,
})
const HEAD = ["head", "releasing", "members"]
const delegations = [
  { party: "US", people: [person("Head@a.example", HEAD), person("clears@a.example", ["clearing"])] },
  { party: "RU", language: "ru", people: [person("head@b.example", [...HEAD, "clearing"])] },
]
const setUp = (token: string, more: object = {}) =>
  api.stranger.post<Problem & { planId: string }>("/api/setup", { token, delegations, ...more })
const awaited = async () => (await api.stranger.get("/api/setup")).body

async function makeToken(): Promise<string> {
  const made = await api.deps.store.setup.makeToken()
  if (!made.ok) throw new Error(made.error.type)
  return made.value.token
}

test("[API22] a link makes both delegations and their blank plan, once", async () => {
  const token = await makeToken()
  expect(await awaited()).toEqual({ awaited: true })
  const title = { en: "First plan", ru: "Первый план" }
  const done = await setUp(token, { plan: { title } })
  expect(done.status, done.text).toBe(201)
  expect(await awaited()).toEqual({ awaited: false })
  const us = await api.as("head@a.example", PASSWORD)
  const ru = await api.as("head@b.example", PASSWORD)
  expect((await us.get<Me>("/api/me")).body).toMatchObject({ party: "US", roles: HEAD, language: "en" })
  expect((await ru.get<Me>("/api/me")).body).toMatchObject({ party: "RU", language: "ru" })
  for (const head of [us, ru]) {
    expect((await head.get<PlanSummary[]>("/api/plans")).body).toMatchObject([{ id: done.body.planId, title }])
    const { plan } = (await head.get<LivePlan>(`/api/plans/${done.body.planId}`)).body
    expect(plan.sections.filter((section) => section.kind === "section")).toHaveLength(28)
  }
  expect(await setUp(token)).toMatchObject({ status: 410, body: { code: "setup_token_over" } })
  expect(api.logged.join(), "neither token nor password is logged").not.toMatch(new RegExp(`${token}|${PASSWORD}`))
})

test("[API22] of two at once one succeeds", async () => {
  const token = await makeToken()
  const statuses = (await Promise.all([setUp(token), setUp(token), setUp(token)])).map((reply) => reply.status)
  expect(statuses.toSorted((a, b) => a - b)).toEqual([201, 410, 410])
})

test("[API22] a foreign token, and any beside members, are refused", async () => {
  expect(await setUp("nonsense")).toMatchObject({ status: 403, body: { code: "bad_setup_token" } })
  const token = await makeToken()
  await seedDemo(api.deps)
  expect(await setUp(token)).toMatchObject({ status: 409, body: { code: "already_set_up" } })
})

test("[API2] a delegation without a head, one address twice, one party twice: 422, and the link stays good", async () => {
  const token = await makeToken()
  const [a, b] = delegations
  const wrong = [
    [{ ...a, people: [person("x@a.example", ["drafter"])] }, b],
    [a, { ...b, people: [person("HEAD@a.example", [...HEAD, "clearing"])] }],
    [a, { ...b, party: "US" }],
    [a, { ...b, party: "XX" }],
    [a],
    [a, { ...b, people: [{ ...person("h@b.example", [...HEAD, "clearing"]), password: "" }] }],
    [a, { ...b, people: [person("h@b.example", [...HEAD, "clearing", "secretary"])] }],
  ]
  for (const delegations of wrong)
    expect(await setUp(token, { delegations })).toMatchObject({ status: 422, body: { code: "invalid_request" } })
  expect((await setUp(token, { plan: { start: "2030-01-01", end: "2029-01-01" } })).status).toBe(422)
  expect(await awaited()).toEqual({ awaited: true })
  expect((await setUp(token)).status).toBe(201)
})

test("[API2] an address that has an account is named, and nothing is made", async () => {
  const token = await makeToken()
  const name = { en: "N", ru: "Н" }
  await api.deps.auth.createUser({ email: "head@b.example", password: PASSWORD, name, language: "ru" })
  expect(await setUp(token)).toMatchObject({ status: 409, body: { code: "email_taken" } })
  expect(await awaited()).toEqual({ awaited: true })
})
