import { describe, expect, test } from "vitest"
import * as Y from "yjs"
import { createDraft, Guard, initialCaucusUpdate, putNote, setCell, setTerm } from "./index.ts"
import { loadDoc } from "./plan-space.ts"
import { client, drafterUs, initial, openRules, SERVER_CLIENT, text } from "./test-support/fixture.ts"
import { fragmentOf, guardOf, rejected, stays } from "./test-support/guarding.ts"

const BAD = ["\u0000", "\u001b", "\u202e", "\u200b", "\ufeff", "\ufffe", "漢", "😀", "\n", "\t", "\ud83d"]

const wordsOf = (doc: Y.Doc, clause = "c1") => (fragmentOf(doc, clause).get(0) as Y.XmlElement).get(0) as Y.XmlText
const row = (doc: Y.Doc, table: string, id: string) =>
  doc.getMap<Y.Map<unknown>>(`t:${table}`).get(id) as Y.Map<unknown>

describe("characters", () => {
  test("[DOC70] what a plan may not hold is refused in a clause, by whatever way it is inserted", () => {
    const guard = guardOf()
    const before = guard.stateVector
    BAD.forEach((bad, at) => {
      const us = client(100 + at)
      wordsOf(us.doc).insert(3, `x${bad}`)
      expect(guard.judge(us.take(), drafterUs, openRules()), JSON.stringify(bad)).toEqual(
        rejected("bad_characters", "c1"),
      )
      stays(guard, before)
    })
    const us = client(200)
    const paragraph = new Y.XmlElement("paragraph")
    paragraph.insert(0, [new Y.XmlText("within \u202e06\u202c days")])
    fragmentOf(us.doc, "c1").insert(0, [paragraph])
    expect(guard.judge(us.take(), drafterUs, openRules())).toEqual(rejected("bad_characters", "c1"))
  })

  test("[DOC70] and so it is in cells, terms, drafts and notes", () => {
    const guard = guardOf()
    const us = client(11)
    row(us.doc, "cost_lines", "L01").set("title.en", "a😀")
    expect(guard.judge(us.take(), drafterUs, openRules())).toEqual(rejected("bad_characters"))
    const terms = client(12)
    const fx = terms.doc.getMap<Record<string, unknown>>("terms").get("fx")
    terms.doc.getMap("terms").set("fx", { ...fx, source: "a\u200b" })
    expect(guard.judge(terms.take(), drafterUs, openRules())).toEqual(rejected("bad_characters"))
  })

  test("[DOC70] signs that people type pass, marks in any order too, and nothing is refused for its Unicode form", () => {
    const guard = guardOf()
    const us = client(11)
    wordsOf(us.doc).insert(0, "☐ ≤ 10⁶ м² → № ½ и\u0306 \u0301 10\u00a0000\u202f000 co\u00adop \u2060")
    expect(guard.judge(us.take(), drafterUs, openRules())).toMatchObject({ type: "ok" })
    row(us.doc, "cost_lines", "L01").set("title.ru", "e\u0301\nfg и\u0306")
    expect(guard.judge(us.take(), drafterUs, openRules())).toMatchObject({ type: "ok" })
  })

  test("[DOC70] the forms of the interface refuse such a value and name the sign", () => {
    const { doc } = client(11)
    const refused = setCell(doc, "cost_lines", "L01", "title", { en: "漢", ru: "" })
    expect(refused).toMatchObject({ ok: false, error: { code: "bad_characters" } })
    expect(refused.ok ? "" : refused.error.message.ru).toContain("«漢» (U+6F22)")
    const fx = doc.getMap("terms").get("fx") as Parameters<typeof setTerm<"fx">>[2]
    expect(setTerm(doc, "fx", { ...fx, source: "\u0000" }).ok).toBe(false)
  })
})

describe("[DOC71] what stood there before is no reason to refuse", () => {
  /** A plan from before: its clause, and a cell, hold what is not permitted today. */
  function oldPlan() {
    const doc = loadDoc("plan", [initial()])
    doc.clientID = 7
    wordsOf(doc).insert(2, "😀\u200b")
    row(doc, "cost_lines", "L01").set("title.en", "Old 😀")
    const state = Y.encodeStateAsUpdate(doc)
    const authors = new Map([
      [SERVER_CLIENT, "server"],
      [7, "somebody"],
    ])
    const guard = new Guard({ space: "plan", party: null, state: [state], authors })
    doc.clientID = 11
    const sent: Uint8Array[] = []
    doc.on("update", (update: Uint8Array) => sent.push(update))
    return { doc, judge: () => guard.judge(Y.mergeUpdates(sent.splice(0)), drafterUs, openRules()) }
  }

  test("words beside it are typed and deleted", () => {
    const { doc, judge } = oldPlan()
    wordsOf(doc).insert(2, "new ")
    expect(judge()).toMatchObject({ type: "ok" })
    wordsOf(doc).delete(0, 7)
    expect(judge()).toMatchObject({ type: "ok" })
  })

  test("a paragraph that holds it is split, and its cell is changed beside it", () => {
    const { doc, judge } = oldPlan()
    const words = wordsOf(doc).toString()
    doc.transact(() => {
      wordsOf(doc).delete(1, words.length - 1)
      const paragraph = new Y.XmlElement("paragraph")
      paragraph.insert(0, [new Y.XmlText(words.slice(1))])
      fragmentOf(doc, "c1").insert(1, [paragraph])
    })
    expect(judge()).toMatchObject({ type: "ok" })
    row(doc, "cost_lines", "L01").set("title.en", "Older 😀")
    expect(judge()).toMatchObject({ type: "ok" })
  })

  test("but no more of it comes, and none comes elsewhere", () => {
    const more = oldPlan()
    row(more.doc, "cost_lines", "L01").set("title.en", "Old 😀😀")
    expect(more.judge()).toEqual(rejected("bad_characters"))
    const elsewhere = oldPlan()
    elsewhere.doc.transact(() => {
      wordsOf(elsewhere.doc).delete(2, 3)
      wordsOf(elsewhere.doc, "c2").insert(0, "😀")
    })
    expect(elsewhere.judge()).toEqual(rejected("bad_characters", "c2"))
  })
})

test("[DOC70] a draft begun from an old text leaves out what may not stand, and one's own stock client is held to it", () => {
  const meta = { planId: "p1", epoch: 1, clientId: SERVER_CLIENT }
  const first = initialCaucusUpdate({ drafts: [], notes: [] }, meta)
  const authors = new Map([[SERVER_CLIENT, "server"]])
  const guard = new Guard({ space: "caucus", party: "US", state: [first], authors })
  const doc = loadDoc("caucus", [first])
  doc.clientID = 11
  const sent: Uint8Array[] = []
  doc.on("update", (update: Uint8Array) => sent.push(update))
  const judge = () => guard.judge(Y.mergeUpdates(sent.splice(0)), drafterUs, openRules())
  const draft = {
    id: "d1",
    clauseId: "c1",
    kind: "replace" as const,
    role: "drafter",
    at: "2009-11-05T00:00:00Z",
    marking: "internal",
    en: text("Thirty😀 da\u200bys."),
    ru: text("Тридцать дней."),
    note: null,
  }
  createDraft(doc, draft)
  expect(judge()).toMatchObject({ type: "ok", touched: ["draft:d1"] })
  const note = { id: "n1", kind: "note" as const, clauseId: null, refersTo: [], role: "drafter", marking: "internal" }
  putNote(doc, { ...note, at: "2009-11-05T00:00:00Z", text: "a\nb", data: null })
  expect(judge()).toMatchObject({ type: "ok" })
  putNote(doc, { ...note, at: "2009-11-05T00:00:00Z", text: "a\nb\u0000", data: { deep: ["x"] } })
  expect(judge()).toEqual(rejected("bad_characters"))
})
