import type { Problem } from "@alternat/plan"
import { afterAll, beforeAll, expect, test } from "vitest"
import { type DemoApi, openDemoApi } from "../testing/demo-api.ts"

let demo: DemoApi
let empty: DemoApi
beforeAll(async () => {
  ;[demo, empty] = [await openDemoApi(), await openDemoApi({ empty: true, demo: false })]
})
afterAll(async () => {
  await demo.close()
  await empty.close()
})

const GOOD = "ledger walnut opera 62"
const ROLES = ["head", "releasing", "clearing", "members"]
const person = (email: string, password: string) => ({
  email,
  name: { en: "Ada Northcote", ru: "Ада Норткот" },
  roles: ROLES,
  password,
})

test("[API92] set-up names each weak password's field, and makes nothing", async () => {
  const made = await empty.deps.store.setup.makeToken()
  if (!made.ok) throw new Error(made.error.type)
  const setUp = (us: string, ru: string) =>
    empty.stranger.post<Problem>("/api/setup", {
      token: made.value.token,
      delegations: [
        { party: "US", people: [person("ada@us.example", us)] },
        { party: "RU", people: [person("ada@ru.example", ru)] },
      ],
    })
  const refused = await setUp("Northcote-2026", "йцукенгшщз")
  expect(refused).toMatchObject({
    status: 422,
    body: {
      code: "weak_password",
      items: [
        { id: "delegations.0.people.0.password", code: "password_own_words" },
        { id: "delegations.1.people.0.password", code: "password_common" },
      ],
    },
  })
  for (const { message } of refused.body.items ?? []) {
    expect(message.en).toContain("Four or more words")
    expect(message.ru).toContain("Четыре и более")
  }
  expect((await setUp(GOOD, "alternat-demo")).body.items).toMatchObject([{ id: "delegations.1.people.0.password" }])
  expect((await empty.stranger.get("/api/setup")).body).toEqual({ awaited: true })
  expect((await setUp(GOOD, "орех гроссбух опера 62")).status).toBe(201)
})

test("[API92] a change to a weak password is refused, and leaves the old one", async () => {
  const drafter = await demo.as("drafter@us.example")
  const change = (newPassword: string) =>
    drafter.post<Problem>("/api/auth/change-password", { currentPassword: "alternat-demo", newPassword })
  expect(await change("drafter2026")).toMatchObject({ status: 422, body: { code: "weak_password" } })
  expect(await change("short")).toMatchObject({ status: 422, body: { items: [{ code: "password_short" }] } })
  const asForm = await drafter.send("/api/auth/change-password", {
    method: "POST",
    headers: { "content-type": "application/x-www-form-urlencoded" },
    body: "currentPassword=alternat-demo&newPassword=aaaaaaaaaa",
  })
  expect(asForm.status).toBe(415)
  await demo.as("drafter@us.example")
  expect((await change(GOOD)).status).toBe(200)
})

test("[API93] the demo's password is right for its accounts", async () => {
  const drafter = await demo.as("drafter@us.example", GOOD)
  const back = { currentPassword: GOOD, newPassword: "alternat-demo" }
  expect((await drafter.post("/api/auth/change-password", back)).status).toBe(200)
  await demo.as("drafter@us.example")
})
