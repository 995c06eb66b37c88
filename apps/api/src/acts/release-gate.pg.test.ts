import { createDraft, loadDoc, readCaucus, setDraftField } from "@alternat/document"
import type { ActReply, Clause, CommentThread, LivePlan, Problem } from "@alternat/plan"
import { clausePair, draftHash } from "@alternat/seal"
import { parseNotation } from "@alternat/text"
import { afterAll, beforeAll, expect, test } from "vitest"
import { updatesOf } from "../plans/fold.ts"
import { type Caller, type DemoApi, openDemoApi } from "../testing/demo-api.ts"
import { editDocument } from "../testing/edit-document.ts"

const ACTS = "/api/plans/demo/acts"
const CLAUSE = "s24.c1"
const DRAFT = "draft-of-the-test"

let api: DemoApi
let us: Caller
let ru: Caller
beforeAll(async () => {
  api = await openDemoApi()
  us = await api.as("head@us.example")
  ru = await api.as("head@ru.example")
  const { en, ru: russian } = await clause()
  await editDocument(api, us, "caucus", (doc) =>
    createDraft(doc, {
      id: DRAFT,
      clauseId: CLAUSE,
      kind: "replace",
      role: "drafter",
      at: "2009-11-05T12:00:00.000Z",
      marking: "internal",
      en: parseNotation("Words that our capital has not cleared."),
      ru: parseNotation("Слова, не согласованные столицей."),
      note: null,
      base: { en, ru: russian },
    }),
  )
})
afterAll(() => api.close())

const clause = async (): Promise<Clause> => {
  const { plan } = (await us.get<LivePlan>("/api/plans/demo")).body
  const found = plan.sections.flatMap((section) => section.clauses).find((one) => one.id === CLAUSE)
  if (!found) throw new Error("no clause")
  return found
}
const draftNow = async () => {
  const { userId } = (await us.get<{ userId: string }>("/api/me")).body
  const stored = await api.database.store.withReader({ userId }, (tx) => tx.loadDoc("demo", "caucus"))
  const draft = stored && readCaucus(loadDoc("caucus", updatesOf(stored))).drafts.find((one) => one.id === DRAFT)
  if (!draft) throw new Error("no draft")
  return draft
}
const tabling = async (more: object = {}) => {
  const draft = await draftNow()
  return {
    act: "table_proposal",
    clauseId: CLAUSE,
    kind: "replace",
    base: clausePair(await clause()),
    en: draft.en,
    ru: draft.ru,
    draftId: DRAFT,
    draftHash: draftHash(draft),
    ...more,
  }
}
const openCount = async () =>
  (await ru.get<LivePlan>("/api/plans/demo")).body.proposals.filter((one) => one.clauseId === CLAUSE).length

test("[API57] the server refuses a draft whose marking is not releasable, whoever asks and however", async () => {
  for (const more of [{}, { draftHash: null }, { draftId: null, draftHash: null }]) {
    const reply = await us.post<Problem>(ACTS, await tabling(more))
    expect([reply.status, reply.body.code], JSON.stringify(more)).toEqual([422, "not_releasable"])
    expect(reply.body.items?.[0]?.message.ru).toContain("не передается")
  }
  expect(await openCount()).toBe(0)
})

test("[API57] a draft that was marked after it was looked at is a 409", async () => {
  await editDocument(api, us, "caucus", (doc) => setDraftField(doc, DRAFT, "marking", "none"))
  const seen = await tabling()
  await editDocument(api, us, "caucus", (doc) => setDraftField(doc, DRAFT, "marking", "internal"))
  const reply = await us.post<Problem>(ACTS, seen)
  expect([reply.status, reply.body.code]).toEqual([409, "stale"])
  await editDocument(api, us, "caucus", (doc) => setDraftField(doc, DRAFT, "marking", "none"))
})

test("[API57] a private thread on the clause holds the draft back until it is named as staying, and never crosses", async () => {
  const target = { type: "clause", clauseId: CLAUSE }
  const { body } = await us.post<CommentThread>("/api/plans/demo/comments", {
    target,
    audience: "US",
    text: "kanareika: not before the visit",
  })
  const refused = await us.post<Problem>(ACTS, await tabling())
  expect([refused.status, refused.body.code]).toEqual([422, "private_thread"])
  expect(await openCount()).toBe(0)
  const tabled = await us.post<ActReply>(ACTS, await tabling({ staying: [body.id] }))
  expect(tabled.status, tabled.text).toBe(200)
  expect(await openCount()).toBe(1)
  await ru.get("/api/plans/demo/comments")
  await ru.get("/api/plans/demo/events")
  expect(ru.heard.join("\n")).not.toContain("kanareika")
  await expect(draftNow()).rejects.toThrow("no draft")
})
