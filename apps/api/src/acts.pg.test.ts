import type { ActReply, Clause, LivePlan, Problem, Standing } from "@alternat/plan"
import { clausePair, proposalHash } from "@alternat/seal"
import { afterAll, beforeAll, describe, expect, test } from "vitest"
import { type Caller, type DemoApi, openDemoApi } from "./testing/demo-api.ts"

let api: DemoApi
let headUs: Caller
let headRu: Caller
let drafterUs: Caller
let drafterRu: Caller
beforeAll(async () => {
  api = await openDemoApi()
  headUs = await api.as("head@us.example")
  headRu = await api.as("head@ru.example")
  drafterUs = await api.as("drafter@us.example")
  drafterRu = await api.as("drafter@ru.example")
})
afterAll(() => api.close())

const ACTS = "/api/plans/demo/acts"
const plan = async (): Promise<LivePlan> => (await headUs.get<LivePlan>("/api/plans/demo")).body
const standing = async (): Promise<Standing> => (await headUs.get<Standing>("/api/plans/demo/standing")).body

async function clause(id: string): Promise<Clause> {
  const found = (await plan()).plan.sections.flatMap((section) => section.clauses).find((one) => one.id === id)
  if (!found) throw new Error(`no clause ${id}`)
  return found
}

async function consentTo(proposalId: string) {
  const live = await plan()
  const proposal = live.proposals.find((one) => one.id === proposalId)
  if (!proposal) throw new Error(`no proposal ${proposalId}`)
  const base = clausePair(await clause(proposal.clauseId))
  return { act: "consent_proposal", items: [{ proposalId, hash: proposalHash(proposal), base }] }
}

describe("[API10] what needs both delegations", () => {
  test("a proposal becomes the text when the second side consents to the same hash", async () => {
    const before = await clause("s18.c4")
    const wording = { en: [{ p: ["Records are kept for five years."] }], ru: [{ p: ["Документы хранятся пять лет."] }] }
    const tabled = await headUs.post<ActReply>(ACTS, {
      act: "table_proposal",
      clauseId: "s18.c4",
      kind: "replace",
      base: clausePair(before),
      ...wording,
    })
    expect(tabled.status, tabled.text).toBe(200)
    const id = tabled.body.created?.id ?? ""
    expect((await drafterUs.post<Problem>(ACTS, await consentTo(id))).status, "its own side can't accept it").toBe(409)
    const accepted = await drafterRu.post<ActReply>(ACTS, await consentTo(id))
    expect(accepted.body.completed).toBe(true)
    expect(await clause("s18.c4")).toMatchObject(wording)
    expect((await plan()).seq).toBe(accepted.body.seq)
    expect((await standing()).rulesRev).toBe(accepted.body.rulesRev)
    expect((await standing()).clauses["s18.c4"]?.state).toBe("under_negotiation")
  })

  test("the event chain holds after it all", async () => {
    expect(await api.database.store.verifyChain("demo")).toMatchObject({ ok: true })
  })
})

describe("[API9] an act happens once and whole", () => {
  test("of two consents at the same moment one succeeds and the other is a 409", async () => {
    const act = await consentTo("p-15.3-ru")
    const replies = await Promise.all([drafterUs.post(ACTS, act), headUs.post(ACTS, act), drafterUs.post(ACTS, act)])
    expect(replies.map((reply) => String(reply.status)).toSorted()).toEqual(["200", "409", "409"])
    const accepted = (await plan()).proposals.filter((one) => one.id === "p-15.3-ru")
    expect(accepted.map((one) => one.status)).toEqual(["accepted"])
  })

  test("one bad item of a bulk act refuses the whole and is named", async () => {
    const before = await standing()
    const good = { clauseId: "s15.c3", hash: clausePair(await clause("s15.c3")) }
    const bad = { clauseId: "s17.c3", hash: { en: "0".repeat(64), ru: "0".repeat(64) } }
    const translator = await api.as("translator@us.example")
    const reply = await translator.post<Problem>(ACTS, { act: "attest", clauses: [good, bad] })
    expect([reply.status, reply.body.code]).toEqual([409, "stale"])
    expect(reply.body.items?.map((item) => item.id)).toEqual(["s17.c3"])
    expect(await standing()).toEqual(before)
  })

  test("a person without the role is refused, and nothing is changed", async () => {
    const before = await standing()
    const item = { clauseId: "s15.c3", hash: clausePair(await clause("s15.c3")) }
    expect((await drafterUs.post(ACTS, { act: "attest", clauses: [item] })).status).toBe(403)
    expect((await headRu.post(ACTS, { act: "attest", clauses: [item] })).status).toBe(403)
    expect(await standing()).toEqual(before)
  })
})

describe("[API12] the event stream", () => {
  test("an act is hinted at, without content, to the other side", async () => {
    const reading = await openStream(api, "drafter@ru.example")
    const target = { type: "clause", clauseId: "s17.c2" }
    await headUs.post("/api/plans/demo/comments", { target, audience: "US", text: "for us alone" })
    await headUs.post("/api/plans/demo/comments", { target, audience: "shared", text: "said to everybody" })
    await headRu.post(ACTS, {
      act: "park",
      clauses: [{ clauseId: "s24.c3", hash: clausePair(await clause("s24.c3")) }],
      reason: "for the heads",
    })
    await reading.until((text) => text.includes('"standing"') && text.includes('"comments"'))
    const heard = await reading.close()
    expect(heard).not.toMatch(/for us alone|said to everybody|for the heads/)
    const hints = heard
      .split("\n")
      .filter((line) => line.startsWith("data:"))
      .map((line) => JSON.parse(line.slice(5)) as { type: string })
    expect(
      hints.filter((hint) => hint.type === "comments"),
      "the caucus comment gave no hint",
    ).toHaveLength(1)
  })
})

async function openStream(demo: DemoApi, email: string) {
  const signedIn = await demo.app.request("/api/auth/sign-in/email", {
    method: "POST",
    headers: { "content-type": "application/json", origin: "http://localhost:3000" },
    body: JSON.stringify({ email, password: "alternat-demo" }),
  })
  const cookie = signedIn.headers
    .getSetCookie()
    .map((line) => line.split(";")[0])
    .join("; ")
  const reply = await demo.app.request("/api/plans/demo/stream", { headers: { cookie } })
  expect(reply.status).toBe(200)
  const reader = (reply.body as ReadableStream<Uint8Array>).getReader()
  let heard = ""
  const decoder = new TextDecoder()
  const pump = (async () => {
    for (;;) {
      const { done, value } = await reader.read()
      if (done) return
      heard += decoder.decode(value, { stream: true })
    }
  })()
  return {
    async until(isEnough: (text: string) => boolean) {
      for (let i = 0; i < 100 && !isEnough(heard); i++) await new Promise((resolve) => setTimeout(resolve, 50))
    },
    async close(): Promise<string> {
      await reader.cancel()
      await pump
      return heard
    },
  }
}
