import type { ClauseText } from "@alternat/plan"
import fc from "fast-check"
import { describe, expect, test } from "vitest"
import * as Y from "yjs"
import {
  addRow,
  createDraft,
  draftFragment,
  Guard,
  initialCaucusUpdate,
  LAST,
  putNote,
  readPlan,
  removeRow,
  serverUpdate,
  setCell,
  setTerm,
  writeEffects,
  writeFragment,
} from "./index.ts"
import { clauseFragment, clausesOf } from "./layout.ts"
import { loadDoc } from "./plan-space.ts"
import { clauseText } from "./test-support/arbitrary.ts"
import {
  client,
  drafterRu,
  drafterUs,
  initial,
  observer,
  openRules,
  proposal,
  SERVER_CLIENT,
  text,
  translatorUs,
} from "./test-support/fixture.ts"
import {
  decodeRawUpdate,
  encodeRawUpdate,
  type RawContent,
  type RawId,
  type RawStruct,
} from "./test-support/raw-update.ts"
import type { AcceptedVerdict } from "./verdict.ts"

const guardOf = (state: readonly Uint8Array[] = [initial()], limits = {}) =>
  new Guard({ space: "plan", party: null, state, authors: new Map([[SERVER_CLIENT, "server"]]), limits })

const fragmentOf = (doc: Y.Doc, id: string, lang: "en" | "ru" = "en") => clauseFragment(doc, id, lang) as Y.XmlFragment
const type = (doc: Y.Doc, id: string, words: string, lang: "en" | "ru" = "en") =>
  writeFragment(fragmentOf(doc, id, lang), text(words))
const knownAlready = { type: "ok", touched: [], news: new Uint8Array([0, 0]), newClients: [] }
const rejected = (reason: string, clauseId: string | null = null) => ({ type: "rejected", reason, clauseId })

/** Has exactly this been let through: nothing of a refused update may stay in the shadow. */
const stays = (guard: Guard, before: Uint8Array) => expect(guard.stateVector).toEqual(before)

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
    removeRow(gone.doc, "cost_lines", "L01")
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

  test("[DOC33] undoing a removal, a cell and a new row is an edit that passes", () => {
    const guard = guardOf()
    const us = client(11)
    const undo = new Y.UndoManager([us.doc.getMap("t:cost_lines"), us.doc.getMap("t:sites")], { captureTimeout: 0 })
    removeRow(us.doc, "cost_lines", "L01")
    addRow(us.doc, "sites", { id: "S1", label: { en: "1", ru: "1" }, fictional: true }, LAST)
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

test(
  "[DOC38] whatever two honest people write into one text at once, both pass, and so does what follows",
  () =>
    fc.assert(
      fc.property(fc.array(clauseText, { minLength: 5, maxLength: 5 }), (texts) => {
        const [base, ...written] = texts as [ClauseText, ClauseText, ClauseText, ClauseText, ClauseText]
        const { update, clientId } = serverUpdate([initial()], (doc) => writeFragment(fragmentOf(doc, "c1"), base))
        const state = update === null ? [initial()] : [initial(), update]
        const guard = new Guard({
          space: "plan",
          party: null,
          state,
          authors: new Map([
            [SERVER_CLIENT, "server"],
            [clientId, "server"],
          ]),
        })
        const [us, ru] = [client(11, state), client(12, state)]
        for (const round of [written.slice(0, 2), written.slice(2)]) {
          const updates = [us, ru].map((peer, at) => {
            writeFragment(fragmentOf(peer.doc, "c1"), round[at] ?? [])
            return peer.take()
          })
          updates.forEach((one, at) => {
            expect(guard.judge(one, at === 0 ? drafterUs : drafterRu, openRules())).toMatchObject({ type: "ok" })
            ;(at === 0 ? ru : us).receive(one)
          })
          expect(fragmentOf(us.doc, "c1").toJSON()).toBe(fragmentOf(ru.doc, "c1").toJSON())
        }
      }),
      { numRuns: 150 },
    ),
  30_000,
)

test("[DOC39] a client that clears away format marks without effect is not refused, even where it may not edit", () => {
  const us = client(11)
  const words = (fragmentOf(us.doc, "c3").get(0) as Y.XmlElement).get(0) as Y.XmlText
  us.take()
  const marks: Uint8Array[] = []
  for (let item = words._start; item !== null; item = item.right) {
    if (!(item.content instanceof Y.ContentFormat)) continue
    const mark = item
    us.doc.transact((transaction) => mark.delete(transaction))
    marks.push(us.take())
  }
  expect(marks).toHaveLength(2)
  const guard = guardOf()
  for (const update of marks) {
    expect(guard.judge(update, observer, openRules())).toEqual(knownAlready)
    expect(guard.judge(update, drafterUs, openRules(["c3"]))).toEqual(knownAlready)
    expect(guard.judge(update, drafterUs, { ...openRules(), frozen: true })).toEqual(knownAlready)
  }
  // what takes real emphasis away among other edits is a change of a closed text like any other
  type(us.doc, "c1", "And more.")
  expect(guard.judge(Y.mergeUpdates([...marks, us.take()]), drafterUs, openRules(["c3"]))).toEqual(
    rejected("clause_closed", "c3"),
  )
})

test("[DOC39] marks without effect may go among other edits", () => {
  const left = client(21)
  const right = client(22)
  const text21 = (fragmentOf(left.doc, "c3").get(0) as Y.XmlElement).get(0) as Y.XmlText
  const text22 = (fragmentOf(right.doc, "c3").get(0) as Y.XmlElement).get(0) as Y.XmlText
  text21.format(0, 5, { em: {} })
  text22.format(0, 5, { em: {} })
  const state = [initial(), left.take(), right.take()]
  // a reader that takes all at once clears doubled marks; so does the shadow, and then there is nothing to say
  const late = new Y.Doc()
  late.clientID = 23
  const said: Uint8Array[] = []
  for (const update of state) Y.applyUpdate(late, update, "remote")
  said.push(Y.encodeStateAsUpdate(late))
  type(late, "c1", "Late words.")
  const guard = new Guard({
    space: "plan",
    party: null,
    state,
    authors: new Map([
      [SERVER_CLIENT, "server"],
      [21, "u-us"],
      [22, "u-ru"],
    ]),
  })
  expect(guard.judge(Y.encodeStateAsUpdate(late), drafterUs, openRules(["c3"]))).toMatchObject({ type: "ok" })
  expect(guard.judge(Y.mergeUpdates(said), observer, openRules(["c3"]))).toEqual(knownAlready)
})

describe("hostile bytes", () => {
  const closed = openRules(["c1", "c3"])
  const closedTexts = (updates: readonly Uint8Array[]) => {
    const doc = loadDoc("plan", updates)
    const { sections } = readPlan(doc, 0).plan
    return JSON.stringify([
      sections.flatMap((section) => section.clauses).filter((clause) => clause.id !== "c2"),
      ["c1", "c3"].map((id) => [fragmentOf(doc, id).toJSON(), fragmentOf(doc, id, "ru").toJSON()]),
    ])
  }
  const untouched = closedTexts([initial()])

  test(
    "[DOC34] no sequence of bytes changes a closed clause, and every answer is a verdict",
    () =>
      fc.assert(
        fc.property(
          fc.array(
            fc.tuple(fc.constantFrom("c1", "c2", "c3"), fc.constantFrom("en" as const, "ru" as const), clauseText),
            { minLength: 1, maxLength: 4 },
          ),
          fc.array(fc.tuple(fc.nat(), fc.nat(255)), { maxLength: 6 }),
          fc.boolean(),
          (edits, flips, cut) => {
            const guard = guardOf()
            const us = client(11)
            const log = [initial()]
            for (const [id, lang, value] of edits) {
              writeFragment(fragmentOf(us.doc, id, lang), value)
              const update = us.take()
              const bytes = update.slice(0, cut ? Math.max(1, update.length - 3) : update.length)
              for (const [at, value] of flips) bytes[at % bytes.length] = value
              for (const attempt of [bytes, update]) {
                const verdict = guard.judge(attempt, drafterUs, closed)
                expect(["ok", "rejected", "missing"]).toContain(verdict.type)
                if (verdict.type === "ok") log.push(attempt)
              }
            }
            expect(closedTexts(log)).toBe(untouched)
            expect(guard.stateVector).toEqual(Y.encodeStateVector(loadDoc("plan", log)))
          },
        ),
        { numRuns: 100 },
      ),
    30_000,
  )

  test("[DOC35] items forged to point across texts, over keys or at each other don't get through", () => {
    const doc = loadDoc("plan", [initial()])
    const inClosed = fragmentOf(doc, "c1")._start as Y.Item
    const inOpen = fragmentOf(doc, "c2")._start as Y.Item
    const items = [inClosed, inOpen, fragmentOf(doc, "c1", "ru")._item as Y.Item, fragmentOf(doc, "c2")._item as Y.Item]
    fc.assert(
      fc.property(
        fc.constantFrom(null, ...items),
        fc.constantFrom(null, ...items),
        fc.constantFrom<string | null>(null, "en", "order", "deleted", "proposals"),
        fc.constantFrom<"fragment" | "clause" | "root">("fragment", "clause", "root"),
        fc.boolean(),
        (left, right, parentSub, parentKind, isText) => {
          const parent =
            parentKind === "root"
              ? doc.getMap("clauses")
              : parentKind === "clause"
                ? clausesOf(doc).get("c1")
                : fragmentOf(doc, "c2")
          const content = isText ? new Y.ContentString("forged") : new Y.ContentType(new Y.XmlElement("paragraph"))
          const forged = new Y.Item(
            Y.createID(77, 0),
            left,
            left?.lastId ?? null,
            right,
            right?.id ?? null,
            parent as Y.AbstractType<unknown>,
            parentSub,
            content,
          )
          const guard = guardOf()
          const update = encode(forged)
          const verdict = guard.judge(update, drafterUs, closed)
          if (verdict.type === "ok") expect(closedTexts([initial(), update])).toBe(untouched)
        },
      ),
      { numRuns: 200 },
    )
  }, 30_000)

  const encode = (item: Y.Item): Uint8Array => {
    const encoder = new Y.UpdateEncoderV1()
    const out = (values: readonly number[]) => {
      for (let value of values) {
        while (value > 127) {
          encoder.restEncoder.cbuf[encoder.restEncoder.cpos++] = 128 | (value & 127)
          value = Math.floor(value / 128)
        }
        encoder.restEncoder.cbuf[encoder.restEncoder.cpos++] = value
      }
    }
    out([1, 1, item.id.client, item.id.clock])
    item.write(encoder, 0)
    out([0])
    return encoder.toUint8Array()
  }
})

describe("what reads as nothing and is there", () => {
  const NOTHINGS: readonly RawContent[] = [
    { type: "format", key: "bold", value: true },
    { type: "any", values: [undefined] },
    { type: "any", values: ["x", undefined] },
  ]
  const entry = (parent: string | RawId, parentSub: string, content: RawContent): Uint8Array =>
    encodeRawUpdate({
      structs: [{ kind: "item", client: 77, clock: 0, origin: null, rightOrigin: null, parent, parentSub, content }],
      deletions: [],
    })
  const lineOf = (doc: Y.Doc) => (doc.getMap("t:cost_lines").get("L01") as Y.Map<unknown>)._item?.id as RawId

  test('[DOC27] neither a format mark nor "undefined" stands where a row, a cell or a term is kept', () => {
    const line = lineOf(loadDoc("plan", [initial()]))
    for (const content of NOTHINGS)
      for (const update of [
        entry("t:cost_lines", "L09", content),
        entry(line, "surprise", content),
        entry(line, "kind_us", content),
        entry("terms", "start", content),
        entry("terms", "zz", content),
      ]) {
        const guard = guardOf()
        const before = guard.stateVector
        expect(guard.judge(update, drafterUs, openRules()).type).toBe("rejected")
        expect(guard.judgeAll([{ update, bearer: drafterUs }], openRules())).toBeNull()
        stays(guard, before)
      }
  })

  test("[DOC37] nor where drafts and notes are", () => {
    const first = initialCaucusUpdate({ drafts: [], notes: [] }, { planId: "p1", epoch: 1, clientId: SERVER_CLIENT })
    const authors = new Map([[SERVER_CLIENT, "server"]])
    for (const content of NOTHINGS)
      for (const root of ["drafts", "notes"]) {
        const guard = new Guard({ space: "caucus", party: "US", state: [first], authors })
        expect(guard.judge(entry(root, "d1", content), drafterUs, openRules()).type).toBe("rejected")
      }
  })
})

test("[DOC52] bytes behind an update are malformed: the log would hold what nobody reads", () => {
  const us = client(11)
  setCell(us.doc, "cost_lines", "L01", "kind_us", "in_kind")
  const update = us.take()
  expect(guardOf().judge(Uint8Array.from([...update, 1, 2, 3]), drafterUs, openRules())).toEqual(rejected("malformed"))
  expect(guardOf().judge(update, drafterUs, openRules())).toMatchObject({ type: "ok" })
})

test("[DOC51] runs out of order or twice are malformed: who merges updates loses them", () => {
  const start = (fragmentOf(loadDoc("plan", [initial()]), "c1")._start as Y.Item).id
  const letter = (client: number, clock = 0): RawStruct => ({
    kind: "item",
    client,
    clock,
    origin: null,
    rightOrigin: start,
    parent: "",
    parentSub: null,
    content: { type: "type", ref: 3, name: "paragraph" },
  })
  const judged = (...structs: readonly RawStruct[]) =>
    guardOf().judge(encodeRawUpdate({ structs, deletions: [] }), drafterUs, openRules())
  expect(judged(letter(77), letter(78))).toEqual(rejected("malformed"))
  expect(judged(letter(77), letter(77))).toEqual(rejected("malformed"))
  expect(judged(letter(78), letter(77), letter(77, 1))).toMatchObject({ type: "ok", newClients: [78, 77] })
})

test("[DOC48] deletions out of order or upon each other are malformed: a copy that waits for some of them lost others", () => {
  const deleting = (...ranges: readonly (readonly [number, number])[]) =>
    guardOf().judge(
      encodeRawUpdate({
        structs: [],
        deletions: ranges.map(([clock, length]) => ({ client: SERVER_CLIENT, clock, length })),
      }),
      drafterUs,
      openRules(),
    )
  const start = (fragmentOf(loadDoc("plan", [initial()]), "c1")._start as Y.Item).id.clock
  expect(deleting([start + 1, 1], [start, 1])).toEqual(rejected("malformed"))
  expect(deleting([start, 2], [start + 1, 1])).toEqual(rejected("malformed"))
  expect(deleting([start, 1], [start + 1, 1])).toMatchObject({ type: "ok" })
})

test("[DOC49] a gap spans no more than what is there, and is not passed on", () => {
  const start = (fragmentOf(loadDoc("plan", [initial()]), "c1")._start as Y.Item).id
  const letter: RawStruct = {
    kind: "item",
    client: 77,
    clock: 0,
    origin: null,
    rightOrigin: start,
    parent: "",
    parentSub: null,
    content: { type: "type", ref: 3, name: "paragraph" },
  }
  const gap = (client: number, clock: number, length: number): RawStruct => ({ kind: "skip", client, clock, length })
  const judged = (...structs: readonly RawStruct[]) =>
    guardOf().judge(encodeRawUpdate({ structs, deletions: [] }), drafterUs, openRules())
  // whoever counts by the ends of runs would take a colleague's next letters for known, and drop them
  for (const structs of [[letter, gap(11, 0, 1000)], [letter, gap(77, 1, 1000)], [gap(11, 0, 1)]])
    expect(judged(...structs)).toEqual({ type: "missing" })
  const verdict = judged(letter, gap(SERVER_CLIENT, 0, 5))
  const passedOn = decodeRawUpdate((verdict as AcceptedVerdict).news)?.structs
  expect(passedOn?.map(({ kind, client, clock }) => [kind, client, clock])).toEqual([["item", 77, 0]])
})

describe("items that name neighbours in two places", () => {
  const inText = (doc: Y.Doc, id: string) => (fragmentOf(doc, id)._start as Y.Item).id as RawId
  const forged = (origin: RawId | null, rightOrigin: RawId | null, clock = 0): RawStruct => ({
    kind: "item",
    client: 77,
    clock,
    origin,
    rightOrigin,
    parent: "",
    parentSub: null,
    content: { type: "type", ref: 3, name: "paragraph" },
  })
  const verdictOf = (state: readonly Uint8Array[], structs: readonly RawStruct[]) =>
    guardOf(state).judge(encodeRawUpdate({ structs, deletions: [] }), drafterUs, openRules())

  test("[DOC45] are refused where both live", () => {
    const doc = loadDoc("plan", [initial()])
    const [one, two] = [inText(doc, "c1"), inText(doc, "c2")]
    expect(verdictOf([initial()], [forged(one, two)])).toEqual(rejected("malformed"))
    expect(verdictOf([initial()], [forged(two, one)])).toEqual(rejected("malformed"))
  })

  test("[DOC45] are refused where one has been collected, by whatever chain of their own", () => {
    const us = client(11)
    const gone = (fragmentOf(us.doc, "c1").get(0) as Y.XmlElement)._start?.id as RawId
    fragmentOf(us.doc, "c1").delete(0, 1)
    const state = [initial(), us.take()]
    const here = inText(loadDoc("plan", state), "c2")
    expect(verdictOf(state, [forged(here, gone)])).toEqual(rejected("malformed"))
    expect(verdictOf(state, [forged(gone, here)])).toEqual(rejected("malformed"))
    expect(verdictOf(state, [forged(gone, null), forged({ client: 77, clock: 0 }, here, 1)])).toEqual(
      rejected("malformed"),
    )
    // who typed into what another was deleting has done nothing wrong
    expect(verdictOf(state, [forged(gone, null), forged({ client: 77, clock: 0 }, gone, 1)])).toMatchObject({
      type: "ok",
    })
  })

  test("[DOC45] a long chain that points at what is gone exhausts nothing", () => {
    const us = client(11)
    const gone = (fragmentOf(us.doc, "c1").get(0) as Y.XmlElement)._start?.id as RawId
    fragmentOf(us.doc, "c1").delete(0, 1)
    const state = [initial(), us.take()]
    const length = 8000
    const backwards = Array.from({ length }, (_, clock) =>
      forged(null, clock === length - 1 ? gone : { client: 77, clock: clock + 1 }, clock),
    )
    expect(verdictOf(state, backwards).type).not.toBe("ok")
  })
})

describe("items between neighbours that never were", () => {
  const forged = (
    origin: RawId | null,
    rightOrigin: RawId | null,
    content: RawContent = { type: "string", text: "x" },
  ): RawStruct => ({
    kind: "item",
    client: 77,
    clock: 0,
    origin,
    rightOrigin,
    parent: "",
    parentSub: null,
    content,
  })
  const verdictOf = (state: readonly Uint8Array[], struct: RawStruct) =>
    guardOf(state).judge(encodeRawUpdate({ structs: [struct], deletions: [] }), drafterUs, openRules())

  test("[DOC46] are refused in a text: copies would put them in different places", () => {
    const us = client(11)
    const words = (fragmentOf(us.doc, "c1").get(0) as Y.XmlElement).get(0) as Y.XmlText
    words.insert(0, "a")
    words.insert(1, "c")
    words.insert(1, "b")
    const start = words._start as Y.Item
    const [a, b, c] = [start, start.next, start.next?.next].map((item) => item?.id as RawId)
    if (!a || !b || !c) throw new Error("three letters were typed")
    const state = [initial(), us.take()]
    // c was typed behind a, so whoever saw c saw a before it; b was typed before c, so c lies behind it
    expect(verdictOf(state, forged(null, c))).toEqual(rejected("malformed"))
    expect(verdictOf(state, forged(b, null))).toEqual(rejected("malformed"))
    // at the same time as b, before all of them, and behind b
    for (const honest of [forged(a, c), forged(null, a), forged(b, c)])
      expect(verdictOf(state, honest)).toMatchObject({ type: "ok" })
  })

  test("[DOC46] are refused under a key of a table, too", () => {
    const us = client(11)
    const line = us.doc.getMap("t:cost_lines").get("L01") as Y.Map<unknown>
    const first = line._map.get("kind_us")?.id as RawId
    line.set("kind_us", "in_kind")
    line.set("kind_us", "cash")
    const second = line._map.get("kind_us")?.left?.id as RawId
    const last = line._map.get("kind_us")?.id as RawId
    const state = [initial(), us.take()]
    const inKind: RawContent = { type: "any", values: ["in_kind"] }
    const value = (origin: RawId | null, rightOrigin: RawId | null) => forged(origin, rightOrigin, inKind)
    expect(verdictOf(state, value(null, last))).toEqual(rejected("malformed"))
    expect(verdictOf(state, value(first, last))).toEqual(rejected("malformed"))
    for (const honest of [value(last, null), value(second, null)])
      expect(verdictOf(state, honest)).toMatchObject({ type: "ok" })
  })
})

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
