import { describe, expect, test } from "vitest"
import * as Y from "yjs"
import { createDraft, draftFragment, Guard, initialCaucusUpdate, putNote, writeFragment } from "./index.ts"
import { loadDoc } from "./plan-space.ts"
import { drafterRu, drafterUs, openRules, SERVER_CLIENT, text, translatorUs } from "./test-support/fixture.ts"
import { rejected } from "./test-support/guarding.ts"

describe("the caucus", () => {
  const meta = { planId: "p1", epoch: 1, clientId: SERVER_CLIENT }
  const first = initialCaucusUpdate({ drafts: [], notes: [] }, meta)
  const draft = {
    id: "d1",
    clauseId: "c1",
    kind: "replace" as const,
    role: "drafter",
    at: "2009-11-05T00:00:00Z",
    marking: "internal",
    en: text("Thirty days."),
    ru: text("Тридцать дней."),
    note: { en: "why", ru: "почему" },
  }
  const guardOfCaucus = () =>
    new Guard({ space: "caucus", party: "US", state: [first], authors: new Map([[SERVER_CLIENT, "server"]]) })
  const inCaucus = (clientId: number) => {
    const doc = loadDoc("caucus", [first])
    doc.clientID = clientId
    const sent: Uint8Array[] = []
    doc.on("update", (update: Uint8Array) => sent.push(update))
    return { doc, take: () => Y.mergeUpdates(sent.splice(0)) }
  }

  test("[DOC36] members of the delegation make drafts and notes and type in them; nobody else does", () => {
    const guard = guardOfCaucus()
    const us = inCaucus(11)
    createDraft(us.doc, draft)
    const update = us.take()
    expect(guardOfCaucus().judge(update, drafterRu, openRules())).toEqual(rejected("read_only"))
    expect(guard.judge(update, drafterUs, openRules())).toMatchObject({ type: "ok", touched: ["draft:d1"] })
    writeFragment(draftFragment(us.doc, "d1", "en") as Y.XmlFragment, text("Forty days."))
    expect(guard.judge(us.take(), drafterUs, openRules(["c1"]))).toMatchObject({ type: "ok", touched: ["draft:d1"] })
    putNote(us.doc, {
      id: "n1",
      kind: "red_line",
      clauseId: "c1",
      refersTo: [],
      role: "head",
      at: "2009",
      marking: "none",
      text: "Never.",
      data: null,
    })
    expect(guard.judge(us.take(), translatorUs, openRules())).toMatchObject({ reason: "foreign_client" })
  })

  test("[DOC37] drafts and notes keep their shape, and the caucus its roots", () => {
    const attempts: ((doc: Y.Doc) => void)[] = [
      (doc) => createDraft(doc, { ...draft, kind: "other" as "replace" }),
      (doc) => doc.getMap("drafts").set("d2", "words"),
      (doc) => doc.getMap("notes").set("n1", new Y.Map([["text", "x"]])),
      (doc) => doc.getMap("meta").set("planId", "x"),
      (doc) => doc.getMap("clauses").set("c1", 1),
    ]
    attempts.forEach((attempt, at) => {
      const us = inCaucus(100 + at)
      attempt(us.doc)
      expect(guardOfCaucus().judge(us.take(), drafterUs, openRules())).toMatchObject({ type: "rejected" })
    })
  })
})
