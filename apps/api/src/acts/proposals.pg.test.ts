import type { ActReply, Clause, ClauseText, LivePlan, Problem } from "@alternat/plan"
import { followProposal } from "@alternat/plan"
import { clausePair, proposalHash } from "@alternat/seal"
import { flatText, mergeTexts } from "@alternat/text"
import { afterAll, beforeAll, describe, expect, test } from "vitest"
import { type Caller, type DemoApi, openDemoApi } from "../testing/demo-api.ts"
import { typeInto } from "../testing/edit-document.ts"

const ACTS = "/api/plans/demo/acts"

let api: DemoApi
let us: Caller
let ru: Caller
beforeAll(async () => {
  api = await openDemoApi()
  us = await api.as("head@us.example")
  ru = await api.as("head@ru.example")
})
afterAll(() => api.close())

const plan = async (): Promise<LivePlan> => (await us.get<LivePlan>("/api/plans/demo")).body
const clauseOf = (live: LivePlan, id: string): Clause => {
  const clause = live.plan.sections.flatMap((section) => section.clauses).find((one) => one.id === id)
  if (!clause) throw new Error(`no clause ${id}`)
  return clause
}
const openOf = (live: LivePlan, id: string) => {
  const proposal = live.proposals.find((one) => one.id === id)
  if (!proposal) throw new Error(`no proposal ${id}`)
  return proposal
}

/** A proposal as a page shows it, and the consent that its button sends. */
async function shown(id: string) {
  const live = await plan()
  const proposal = openOf(live, id)
  const clause = clauseOf(live, proposal.clauseId)
  const base = clausePair(clause)
  const followed = followProposal(proposal, clause, base, mergeTexts)
  const hash = proposalHash(followed.proposal)
  return { proposal, followed, act: { act: "consent_proposal", items: [{ proposalId: id, hash, base }] } }
}

const ending = (sign: string) => (text: ClauseText) =>
  text.map((block) => ("p" in block ? { p: [...block.p, sign] } : block))
const swapping = (from: string, to: string) => (text: ClauseText) =>
  text.map((block) =>
    "p" in block ? { p: block.p.map((one) => (typeof one === "string" ? one.replace(from, to) : one)) } : block,
  )

describe("[API55] a proposal follows the working text", () => {
  test("RF types a sign elsewhere in 17.2; the United States consents to the RF wording", async () => {
    await typeInto(api, ru, { clauseId: "s17.c2", lang: "en", change: ending("!") })
    const reply = await us.post<ActReply>(ACTS, (await shown("p-17.2-ru")).act)
    expect(reply.status, reply.text).toBe(200)
    const english = flatText(clauseOf(await plan(), "s17.c2").en)
    expect(english).toContain("45 days")
    expect(english.endsWith("!")).toBe(true)
  })

  test("[API56] the rival on the same words can't be consented to, its owner holds it, and then it can", async () => {
    const before = await shown("p-17.2-us")
    expect(before.followed.overlaps.en).toHaveLength(1)
    const refused = await ru.post<Problem>(ACTS, before.act)
    expect([refused.status, refused.body.code]).toEqual([409, "same_words_moved"])
    expect(refused.body.items?.[0]?.message.ru).toContain("США")
    const { en, ru: russian, base } = before.followed.proposal
    const held = await us.post<ActReply>(ACTS, {
      act: "revise_proposal",
      proposalId: "p-17.2-us",
      hash: proposalHash(before.proposal),
      base,
      en,
      ru: russian,
      note: before.proposal.note,
    })
    expect(held.status, held.text).toBe(200)
    const accepted = await ru.post<ActReply>(ACTS, (await shown("p-17.2-us")).act)
    expect(accepted.status, accepted.text).toBe(200)
    const english = flatText(clauseOf(await plan(), "s17.c2").en)
    expect(english).toContain("30 days")
    expect(english.endsWith("!")).toBe(true)
  })

  test("only a change of what was shown is a 409", async () => {
    const { act } = await shown("p-12.3-us")
    await typeInto(api, us, { clauseId: "s12.c3", lang: "ru", change: ending("!") })
    const stale = await ru.post<Problem>(ACTS, act)
    expect([stale.status, stale.body.code]).toEqual([409, "stale"])
    const again = await ru.post<ActReply>(ACTS, (await shown("p-12.3-us")).act)
    expect(again.status, again.text).toBe(200)
  })

  test("the tabled wording beside the text as it stands is a name for the same", async () => {
    await typeInto(api, us, { clauseId: "s15.c3", lang: "en", change: swapping("certificate", "sealed certificate") })
    const { proposal } = await shown("p-15.3-ru")
    const base = clausePair(clauseOf(await plan(), "s15.c3"))
    const items = [{ proposalId: proposal.id, hash: proposalHash(proposal), base }]
    const reply = await us.post<ActReply>(ACTS, { act: "consent_proposal", items })
    expect([200, 409]).toContain(reply.status)
    if (reply.status === 409) expect((reply.body as unknown as Problem).code).toBe("same_words_moved")
  })
})
