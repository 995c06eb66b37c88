// Updates that are well formed and lie about where they belong, one kind after the other.
import { describe, expect, test } from "vitest"
import type * as Y from "yjs"
import { setCell } from "./index.ts"
import { loadDoc } from "./plan-space.ts"
import { client, drafterUs, initial, openRules, SERVER_CLIENT } from "./test-support/fixture.ts"
import { fragmentOf, guardOf, rejected } from "./test-support/guarding.ts"
import {
  decodeRawUpdate,
  encodeRawUpdate,
  type RawContent,
  type RawId,
  type RawStruct,
} from "./test-support/raw-update.ts"
import type { AcceptedVerdict } from "./verdict.ts"

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
