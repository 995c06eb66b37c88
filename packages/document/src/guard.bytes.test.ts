import fc from "fast-check"
import { describe, expect, test } from "vitest"
import * as Y from "yjs"
import { Guard, initialCaucusUpdate, readPlan, writeFragment } from "./index.ts"
import { clausesOf } from "./layout.ts"
import { loadDoc } from "./plan-space.ts"
import { clauseText } from "./test-support/arbitrary.ts"
import { client, drafterUs, initial, openRules, SERVER_CLIENT } from "./test-support/fixture.ts"
import { fragmentOf, guardOf, stays } from "./test-support/guarding.ts"
import { encodeRawUpdate, type RawContent, type RawId } from "./test-support/raw-update.ts"

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
