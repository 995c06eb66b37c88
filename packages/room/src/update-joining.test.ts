import { loadDoc } from "@alternat/document"
import {
  decodeRawUpdate,
  deskOf,
  doEdit,
  effort,
  encodeRawUpdate,
  honestEdit,
  hostileEdit,
  hostileUpdate,
  textsOfPlan,
} from "@alternat/document/test-support"
import fc from "fast-check"
import { describe, expect, test } from "vitest"
import * as Y from "yjs"
import { smallDocument } from "./test-support/small-document.ts"
import { joinUpdates, mergeInFew } from "./update-joining.ts"
import { metaOf, readLayout } from "./update-layout.ts"

const PLAN = smallDocument({ "s1.c1": "One sentence.", "s1.c2": "Two sentences. «Второе» 𝄞." })
/** each of the kinds that lib0 knows, and what may hold others */
const ANY = [1, -70000, 1.5, 0.1, "ё", "", null, undefined, true, false, { a: [1], ё: {} }, Uint8Array.of(1), 2n ** 40n]
const { runs, timeoutMs } = effort({ short: 60, long: 3000 })

/** What several people write into one plan, each reading now and then what the others have written: in the order of a log. */
const written = fc
  .array(fc.record({ person: fc.nat(2), edit: honestEdit, reads: fc.boolean() }), { minLength: 2, maxLength: 40 })
  .map((steps) => {
    const log: Uint8Array[] = []
    const desks = [101, 102, 103].map((clientId) => {
      const desk = deskOf(loadDoc("plan", [PLAN]))
      desk.doc.clientID = clientId
      desk.doc.on("update", (update: Uint8Array, origin: unknown) => origin !== "log" && log.push(update))
      return desk
    })
    for (const { person, edit, reads } of steps) {
      const desk = desks[person]
      if (!desk) continue
      if (reads) for (const update of log) Y.applyUpdate(desk.doc, update, "log")
      doEdit(desk, edit, textsOfPlan(desk.doc, ["s1.c1", "s1.c2"]))
    }
    return log
  })

const stateOf = (updates: readonly Uint8Array[]): Uint8Array =>
  Y.encodeStateAsUpdate(loadDoc("plan", [PLAN, ...updates]))

/** null: Yjs can't read it. */
function contentOf(update: Uint8Array): unknown {
  try {
    Y.decodeUpdate(update)
    return decodeRawUpdate(update)
  } catch {
    return null
  }
}

/** The same by Yjs; null: it can't do it. */
function mergedByYjs(updates: readonly Uint8Array[]): unknown {
  try {
    return contentOf(Y.mergeUpdates([...updates]))
  } catch {
    return null
  }
}

describe("updates read by their bytes", () => {
  test(
    "[SYNC32] what people write spans what Yjs says that it spans, and joins into what Yjs makes of it",
    () =>
      fc.assert(
        fc.property(written, (log) => {
          for (const update of [PLAN, ...log]) expect(metaOf(update)).toEqual(Y.parseUpdateMeta(update))
          const joined = joinUpdates(log)?.bytes
          if (!joined) throw new Error("left to Yjs")
          expect(contentOf(joined)).toEqual(mergedByYjs(log))
          expect(metaOf(joined)).toEqual(Y.parseUpdateMeta(joined))
          expect(stateOf(mergeInFew(log).map(({ bytes }) => bytes))).toEqual(stateOf(log))
          for (const { bytes, meta } of mergeInFew(log)) expect(meta).toEqual(Y.parseUpdateMeta(bytes))
        }),
        runs,
      ),
    timeoutMs,
  )

  test(
    "[SYNC32] of what a liar writes it says nothing that Yjs would not say",
    () =>
      fc.assert(
        fc.property(written, fc.array(hostileEdit, { minLength: 1, maxLength: 4 }), (log, edits) => {
          const doc = loadDoc("plan", [PLAN, ...log])
          const lies = edits.map((edit, i) => hostileUpdate(doc, edit, log[i] ?? PLAN, 900 + i))
          const told = [...log, ...lies]
          for (const lie of lies) {
            const layout = readLayout(lie)
            if (layout && contentOf(lie)) expect(metaOf(lie)).toEqual(Y.parseUpdateMeta(lie))
          }
          const joined = joinUpdates(told)?.bytes
          if (joined) expect(contentOf(joined)).toEqual(mergedByYjs(told))
        }),
        runs,
      ),
    timeoutMs,
  )

  test(
    "[SYNC32] any bytes at all are read to an end",
    () =>
      fc.assert(
        fc.property(
          written,
          fc.array(fc.tuple(fc.nat(), fc.nat(255)), { maxLength: 6 }),
          fc.nat(5),
          (log, flips, cut) => {
            for (const update of log) {
              const bytes = update.slice(0, Math.max(1, update.length - cut))
              for (const [at, value] of flips) bytes[at % bytes.length] = value
              const layout = readLayout(bytes)
              if (layout && contentOf(bytes)) expect(metaOf(bytes)).toEqual(Y.parseUpdateMeta(bytes))
            }
          },
        ),
        runs,
      ),
    timeoutMs,
  )

  test("[SYNC32] letters typed one after the other are one update, as many as they are; a gap is left to Yjs", () => {
    const doc = loadDoc("plan", [PLAN])
    const letters: Uint8Array[] = []
    doc.on("update", (update: Uint8Array) => letters.push(update))
    const desk = deskOf(doc)
    for (let i = 0; i < 200; i++)
      doEdit(desk, { kind: i % 5 === 4 ? "erase" : "type", target: 0, at: i, words: "ё𝄞" }, textsOfPlan(doc, ["s1.c1"]))
    const merged = mergeInFew(letters).map(({ bytes }) => bytes)
    expect(merged).toEqual([joinUpdates(letters)?.bytes])
    expect(stateOf(merged)).toEqual(stateOf(letters))
    const [first, , third] = letters.filter((letter) => metaOf(letter).to.size > 0)
    expect(first && third && joinUpdates([first, third])).toBeNull()
  })

  test("[SYNC32] every kind of content is measured as Yjs measures it, or left to Yjs", () => {
    const id = { client: 7, clock: 0 }
    const contents = [
      { type: "deleted", length: 3 },
      { type: "json", values: [1, "a"] },
      { type: "binary", bytes: Uint8Array.of(1, 2) },
      { type: "string", text: "aё𝄞" },
      { type: "embed", value: { a: "ё" } },
      { type: "format", key: "bold", value: true },
      { type: "type", ref: 3, name: "paragraph" },
      { type: "type", ref: 1, name: "" },
      { type: "any", values: ANY },
    ] as const
    for (const content of contents) {
      const item = {
        kind: "item",
        ...id,
        origin: null,
        rightOrigin: null,
        parent: "terms",
        parentSub: "key",
        content,
      } as const
      const after = {
        kind: "item",
        client: 6,
        clock: 0,
        origin: id,
        rightOrigin: id,
        parent: "",
        parentSub: null,
        content,
      } as const
      const update = encodeRawUpdate({ structs: [item, after], deletions: [{ ...id, length: 1 }] })
      expect(metaOf(update), content.type).toEqual(Y.parseUpdateMeta(update))
    }
    // one item of text that says it is a million times a million letters long
    expect(readLayout(Uint8Array.of(1, 1, 7, 0, 4, 1, 1, 97, 128, 160, 148, 165, 141, 29, 98, 0))).toBeNull()
    const collected = encodeRawUpdate({ structs: [{ kind: "gc", ...id, length: 4 }], deletions: [] })
    expect(readLayout(collected)).toMatchObject({ structs: [{ client: 7, clock: 0, end: 4, hasFillers: true }] })
    expect(joinUpdates([collected, collected])).toBeNull()
  })
})
