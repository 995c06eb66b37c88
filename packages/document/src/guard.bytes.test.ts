// Bytes that no Yjs document makes, one kind of lie after the other. In one file, so that who finds the next one sees what is there.
import fc from "fast-check"
import { describe, expect, test } from "vitest"
import * as Y from "yjs"
import { Guard, initialCaucusUpdate, readPlan, setCell, writeFragment } from "./index.ts"
import { clausesOf } from "./layout.ts"
import { loadDoc } from "./plan-space.ts"
import { clauseText } from "./test-support/arbitrary.ts"
import { client, drafterUs, initial, openRules, SERVER_CLIENT } from "./test-support/fixture.ts"
import { fragmentOf, guardOf, rejected, stays } from "./test-support/guarding.ts"
import {
  decodeRawUpdate,
  encodeRawUpdate,
  type RawContent,
  type RawId,
  type RawStruct,
} from "./test-support/raw-update.ts"
import type { AcceptedVerdict } from "./verdict.ts"

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
