import { describe, expect, test } from "vitest"
import * as Y from "yjs"
import { addRow, LAST, serverUpdate, setCell, setTerm, writeEffects } from "./index.ts"
import { clauseFragment, clausesOf } from "./layout.ts"
import {
  client,
  drafterRu,
  drafterUs,
  initial,
  observer,
  openRules,
  proposal,
  SERVER_CLIENT,
  translatorUs,
} from "./test-support/fixture.ts"
import { fragmentOf, guardOf, rejected, stays, type } from "./test-support/guarding.ts"

const knownAlready = { type: "ok", touched: [], news: new Uint8Array([0, 0]), newClients: [] }

describe("edits", () => {
  test("[DOC20] typing in an open clause passes and says what it touched and whose client id is new", () => {
    const guard = guardOf()
    const us = client(11)
    type(us.doc, "c1", "An answer comes soon.")
    const update = us.take()
    expect(guard.judge(update, drafterUs, openRules())).toEqual({
      type: "ok",
      touched: ["clause:c1:en"],
      news: update,
      newClients: [11],
    })
    expect(guard.judge(update, drafterUs, openRules())).toEqual(knownAlready)
    type(us.doc, "c1", "An answer comes.")
    expect(guard.judge(us.take(), drafterUs, openRules())).toMatchObject({ type: "ok", newClients: [] })
  })

  test("[DOC21] deleting what the other side wrote in an open clause is an edit like any other", () => {
    const guard = guardOf()
    const us = client(11)
    fragmentOf(us.doc, "c1").delete(0, 1)
    expect(guard.judge(us.take(), drafterRu, openRules())).toMatchObject({ type: "ok", touched: ["clause:c1:en"] })
  })

  test("[DOC22] nothing changes a closed clause or a closed line, not even among many good edits", () => {
    const guard = guardOf()
    const before = guard.stateVector
    const attempts: ((doc: Y.Doc) => void)[] = [
      (doc) => type(doc, "c1", "Other."),
      (doc) => fragmentOf(doc, "c1", "ru").delete(0, 1),
      (doc) => ((fragmentOf(doc, "c1").get(0) as Y.XmlElement).get(0) as Y.XmlText).format(0, 3, { em: {} }),
      (doc) =>
        doc.transact(() => {
          for (let i = 0; i < 20; i++) type(doc, "c2", `Good ${i}.`)
          type(doc, "c1", "Hidden.")
        }),
    ]
    attempts.forEach((attempt, at) => {
      const us = client(100 + at)
      attempt(us.doc)
      expect(guard.judge(us.take(), drafterUs, openRules(["c1"]))).toEqual(rejected("clause_closed", "c1"))
      stays(guard, before)
    })
    const us = client(200)
    setCell(us.doc, "cost_lines", "L01", "kind_us", "in_kind")
    expect(guard.judge(us.take(), drafterUs, openRules([], ["L01"]))).toEqual(rejected("line_closed"))
    const gone = client(201)
    writeEffects(gone.doc, [
      { type: "row_withdrawn", table: "cost_lines", rowId: "L01", party: "US", at: "2009-11-06T00:00:00Z" },
    ])
    expect(guard.judge(gone.take(), drafterUs, openRules([], ["L01"]))).toEqual(rejected("line_closed"))
    const hard = client(202)
    hard.doc.getMap("t:cost_lines").delete("L01")
    expect(guard.judge(hard.take(), drafterUs, openRules([], ["L01"]))).toEqual(rejected("line_closed"))
  })

  test("[DOC23] what acts write no client writes: proposals, headings, order, clauses, meta, table proposals", () => {
    const attempts: ((doc: Y.Doc) => void)[] = [
      (doc) => writeEffects(doc, [{ type: "put_proposal", proposal: proposal("x", "US", "X") }]),
      (doc) => clausesOf(doc).get("c1")?.set("order", "Zz"),
      (doc) => clausesOf(doc).get("c1")?.set("deleted", true),
      (doc) => clausesOf(doc).get("c1")?.set("en", new Y.XmlFragment()),
      (doc) => clausesOf(doc).delete("c1"),
      (doc) => clausesOf(doc).set("new", new Y.Map()),
      (doc) => doc.getMap("head").set("title", { en: "", ru: "" }),
      (doc) => doc.getMap("sections").delete("s1"),
      (doc) => doc.getMap("meta").set("epoch", 9),
      (doc) => doc.getMap("tableProposals").set("x", {}),
    ]
    attempts.forEach((attempt, at) => {
      const us = client(100 + at)
      attempt(us.doc)
      expect(guardOf().judge(us.take(), drafterUs, openRules())).toMatchObject({ reason: "server_only" })
    })
    const us = client(300)
    us.doc.getMap("elsewhere").set("x", 1)
    expect(guardOf().judge(us.take(), drafterUs, openRules())).toMatchObject({ reason: "unknown_root" })
  })

  test("[DOC24] roles: texts are for those who draft, money for budget officers, heads and drafters; an observer only reads", () => {
    const us = client(11)
    type(us.doc, "c1", "X.")
    const words = us.take()
    expect(guardOf().judge(words, observer, openRules())).toEqual(rejected("read_only"))
    expect(guardOf().judge(words, { ...drafterUs, roles: ["members"] }, openRules())).toEqual(rejected("role", "c1"))
    expect(guardOf().judge(initial(), observer, openRules())).toMatchObject({ type: "ok", touched: [] })
    setCell(us.doc, "cost_lines", "L01", "kind_us", "in_kind")
    const cell = us.take()
    expect(guardOf([initial(), words]).judge(cell, translatorUs, openRules())).toMatchObject({
      reason: "foreign_client",
    })
    const other = client(12)
    setCell(other.doc, "cost_lines", "L01", "kind_us", "in_kind")
    expect(guardOf().judge(other.take(), translatorUs, openRules())).toEqual(rejected("role"))
    setTerm(other.doc, "binding", true)
    expect(guardOf([initial()]).judge(other.take(), translatorUs, openRules())).toEqual({ type: "missing" })
  })

  test("[DOC25] while a version is frozen nobody edits anything", () => {
    const us = client(11)
    type(us.doc, "c1", "X.")
    expect(guardOf().judge(us.take(), drafterUs, { ...openRules(), frozen: true })).toEqual(rejected("frozen"))
  })

  test("[DOC26] a text that leaves the clause schema is refused", () => {
    const attempts: ((fragment: Y.XmlFragment) => void)[] = [
      (fragment) => fragment.insert(0, [new Y.XmlElement("heading")]),
      (fragment) => fragment.insert(0, [new Y.XmlText("loose")]),
      (fragment) => (fragment.get(0) as Y.XmlElement).setAttribute("class", "x"),
      (fragment) => (fragment.get(0) as Y.XmlElement).insert(0, [new Y.XmlElement("paragraph")]),
      (fragment) => (fragment.get(0) as Y.XmlElement).insert(0, [new Y.XmlElement("field")]),
      (fragment) => ((fragment.get(0) as Y.XmlElement).get(0) as Y.XmlText).format(0, 2, { bold: {} }),
      (fragment) => ((fragment.get(0) as Y.XmlElement).get(0) as Y.XmlText).insertEmbed(0, { image: "x" }),
      (fragment) => ((fragment.get(0) as Y.XmlElement).get(1) as Y.XmlElement).setAttribute("style", "x"),
    ]
    attempts.forEach((attempt, at) => {
      const us = client(100 + at)
      attempt(fragmentOf(us.doc, "c1"))
      expect(guardOf().judge(us.take(), drafterUs, openRules())).toEqual(rejected("bad_text", "c1"))
    })
  })

  test("[DOC27] cells, rows and terms out of shape are refused; whole new rows pass", () => {
    const attempts: ((doc: Y.Doc) => void)[] = [
      (doc) => (doc.getMap("t:cost_lines").get("L01") as Y.Map<unknown>).set("kind_us", "gold"),
      (doc) => (doc.getMap("t:cost_lines").get("L01") as Y.Map<unknown>).set("kind_us", new Y.Map()),
      (doc) => (doc.getMap("t:cost_lines").get("L01") as Y.Map<unknown>).set("surprise", 1),
      (doc) => (doc.getMap("t:cost_lines").get("L01") as Y.Map<unknown>).set("order", "!"),
      (doc) => (doc.getMap("t:cost_lines").get("L01") as Y.Map<unknown>).delete("order"),
      (doc) => doc.getMap("t:cost_lines").set("L09", { title: "no map" }),
      (doc) =>
        doc.getMap("t:cost_lines").set(
          "L09",
          new Y.Map([
            ["order", "a5"],
            ["x", 1],
          ]),
        ),
      (doc) => doc.getMap("terms").set("start", "soon"),
      (doc) => doc.getMap("terms").delete("fx"),
    ]
    attempts.forEach((attempt, at) => {
      const us = client(100 + at)
      attempt(us.doc)
      expect(guardOf().judge(us.take(), drafterUs, openRules())).toEqual(rejected("bad_value"))
    })
    const us = client(11)
    addRow(us.doc, "sites", { id: "S1", label: { en: "1", ru: "1" }, fictional: true }, LAST)
    expect(guardOf().judge(us.take(), drafterUs, openRules())).toMatchObject({ type: "ok", touched: ["row:sites:S1"] })
  })

  test("[DOC28] a Yjs client id stays with the person who used it first ([LOG4])", () => {
    const guard = guardOf()
    const us = client(11)
    type(us.doc, "c1", "Mine.")
    const mine = us.take()
    expect(guard.judge(mine, drafterUs, openRules())).toMatchObject({ type: "ok" })
    type(us.doc, "c1", "Yours?")
    expect(guard.judge(us.take(), drafterRu, openRules())).toEqual(rejected("foreign_client"))
    const server = client(SERVER_CLIENT)
    type(server.doc, "c1", "As the server.")
    expect(guard.judge(server.take(), drafterUs, openRules())).toEqual(rejected("foreign_client"))
    // what is there already may be offered by anybody
    expect(guard.judge(mine, drafterRu, openRules())).toEqual(knownAlready)
  })

  test("[DOC29] an update that builds on something unknown is missing, not wrong, and leaves no trace", () => {
    const guard = guardOf()
    const before = guard.stateVector
    const us = client(11)
    type(us.doc, "c1", "First.")
    const first = us.take()
    type(us.doc, "c1", "First and second.")
    const second = us.take()
    expect(guard.judge(second, drafterUs, openRules())).toEqual({ type: "missing" })
    stays(guard, before)
    expect(guard.judge(first, drafterUs, openRules())).toMatchObject({ type: "ok" })
    expect(guard.judge(second, drafterUs, openRules())).toMatchObject({ type: "ok" })
  })

  test("[DOC30] what is pending can be taken back and judged again under newer rules", () => {
    const guard = guardOf()
    const us = client(11)
    type(us.doc, "c2", "Logged.")
    expect(guard.judge(us.take(), drafterUs, openRules())).toMatchObject({ type: "ok" })
    guard.commit(1)
    const logged = guard.stateVector
    type(us.doc, "c1", "Pending.")
    const update = us.take()
    expect(guard.judge(update, drafterUs, openRules())).toMatchObject({ type: "ok" })
    guard.rollback()
    stays(guard, logged)
    expect(guard.judge(update, drafterUs, openRules(["c1"]))).toEqual(rejected("clause_closed", "c1"))
    stays(guard, logged)
    expect(guard.judge(update, drafterUs, openRules())).toMatchObject({ type: "ok" })
  })

  test("[DOC31] what others put into the log is in the shadow, and its client ids are theirs", () => {
    const guard = guardOf()
    const { update, clientId } = serverUpdate([initial()], (doc) =>
      writeEffects(doc, [{ type: "clause_withdrawn", clauseId: "c1" }]),
    )
    guard.apply(update as Uint8Array, "server")
    const us = client(11, [initial(), update as Uint8Array])
    type(us.doc, "c1", "Withdrawn is closed.")
    expect(guard.judge(us.take(), drafterUs, openRules())).toEqual(rejected("clause_closed", "c1"))
    const forged = client(clientId, [initial(), update as Uint8Array])
    type(forged.doc, "c2", "X")
    expect(guard.judge(forged.take(), drafterUs, openRules())).toEqual(rejected("foreign_client"))
  })

  test("[DOC32] updates and texts have bounds", () => {
    const us = client(11)
    type(us.doc, "c1", "x".repeat(300))
    const update = us.take()
    expect(guardOf([initial()], { updateBytes: 100 }).judge(update, drafterUs, openRules())).toEqual(
      rejected("too_large"),
    )
    expect(guardOf([initial()], { textLength: 200 }).judge(update, drafterUs, openRules())).toEqual(
      rejected("too_large", "c1"),
    )
  })

  test.each([
    ["lists", () => new Y.XmlElement("orderedList")],
    ["paragraphs", () => new Y.XmlElement("paragraph")],
  ])("[DOC92] a text of empty %s is as long as one of as many words, and refused as too long", (_name, make) => {
    const us = client(11)
    const insert = (count: number) => {
      const text = clauseFragment(us.doc, "c1", "en")
      text?.insert(text.length, Array.from({ length: count }, make))
      return us.take()
    }
    const guard = guardOf([initial()], { textLength: 200 })
    expect(guard.judge(insert(50), drafterUs, openRules())).toMatchObject({ type: "ok" })
    expect(guard.judge(insert(300), drafterUs, openRules())).toEqual(rejected("too_large", "c1"))
  })

  test("[DOC33] undoing a cell is an edit that passes, and a new row is no step of an undo", () => {
    const guard = guardOf()
    const us = client(11)
    const undo = new Y.UndoManager([us.doc.getMap("t:cost_lines"), us.doc.getMap("t:sites")], { captureTimeout: 0 })
    addRow(us.doc, "sites", { id: "S1", label: { en: "1", ru: "1" }, fictional: true }, LAST, "no step of an undo")
    setCell(us.doc, "cost_lines", "L01", "kind_us", "in_kind")
    setCell(us.doc, "sites", "S1", "fictional", false)
    const undone = [us.take()]
    for (let step = 0; step < 3; step++) {
      undo.undo()
      undone.push(us.take())
    }
    for (let step = 0; step < 3; step++) {
      undo.redo()
      undone.push(us.take())
    }
    for (const update of undone) expect(guard.judge(update, drafterUs, openRules())).toMatchObject({ type: "ok" })
  })
})
