import { clauseSchema, isSameText, nodeToText, normaliseText, textToNode } from "@alternat/text"
import { prosemirrorToYXmlFragment, yXmlFragmentToProseMirrorRootNode } from "@tiptap/y-tiptap"
import fc from "fast-check"
import { expect, test } from "vitest"
import * as Y from "yjs"
import { makeAnchor, resolveAnchor } from "./anchors.ts"
import { newFragment, readFragment, writeFragment } from "./fragment.ts"
import { clauseText } from "./test-support/arbitrary.ts"
import { effort } from "./test-support/effort.ts"
import { text } from "./test-support/fixture.ts"

const { runs, timeoutMs } = effort({ short: 100, long: 10_000 })

const put = (value: Parameters<typeof newFragment>[0]) => {
  const doc = new Y.Doc()
  doc.getMap("m").set("f", newFragment(value))
  return doc.getMap("m").get("f") as Y.XmlFragment
}

test(
  "[DOC8] our encoding of a text is the editor binding's, item for item",
  () =>
    fc.assert(
      fc.property(clauseText, (value) => {
        const theirs = new Y.Doc().getXmlFragment("f")
        prosemirrorToYXmlFragment(textToNode(value), theirs)
        if (value.length > 0) expect(put(value).toJSON()).toBe(theirs.toJSON())
        expect(readFragment(theirs)).toEqual(value)
        expect(nodeToText(yXmlFragmentToProseMirrorRootNode(put(value), clauseSchema))).toEqual(value)
        expect(readFragment(put(value))).toEqual(value)
      }),
      runs,
    ),
  timeoutMs,
)

test(
  "[DOC9] writing a text over another gives exactly that text",
  () =>
    fc.assert(
      fc.property(clauseText, clauseText, (before, after) => {
        const fragment = put(before)
        writeFragment(fragment, after)
        expect(isSameText(readFragment(fragment), normaliseText(after))).toBe(true)
      }),
      runs,
    ),
  timeoutMs,
)

test(
  "[DOC10] two peers that write at once converge, whatever they write",
  () =>
    fc.assert(
      fc.property(clauseText, clauseText, clauseText, (base, left, right) => {
        const docs = [21, 22].map((clientID) => {
          const doc = new Y.Doc()
          doc.clientID = clientID
          return doc
        }) as [Y.Doc, Y.Doc]
        const seed = new Y.Doc()
        seed.getMap("m").set("f", newFragment(base))
        for (const doc of docs) Y.applyUpdate(doc, Y.encodeStateAsUpdate(seed))
        const fragments = docs.map((doc) => doc.getMap("m").get("f") as Y.XmlFragment) as [Y.XmlFragment, Y.XmlFragment]
        writeFragment(fragments[0], left)
        writeFragment(fragments[1], right)
        const [a, b] = docs.map((doc) => Y.encodeStateAsUpdate(doc)) as [Uint8Array, Uint8Array]
        Y.applyUpdate(docs[0], b)
        Y.applyUpdate(docs[1], a)
        expect(readFragment(fragments[0])).toEqual(readFragment(fragments[1]))
      }),
      runs,
    ),
  timeoutMs,
)

test("[DOC11] an anchor follows its words through edits and rewrites", () => {
  const fragment = put(text("The sides pay the allowable costs in full."))
  const anchor = makeAnchor(fragment, 18, 33)
  const range = () => resolveAnchor(fragment, anchor, "allowable costs")
  expect(range()).toEqual({ from: 18, to: 33, by: "anchor" })
  writeFragment(fragment, text("Both sides now pay the allowable costs in full."))
  expect(range()).toEqual({ from: 23, to: 38, by: "anchor" })
  writeFragment(fragment, text("Both sides now pay {amount:total.us} and the allowable costs."))
  expect(range()).toMatchObject({ from: 29, to: 44 })
  writeFragment(fragment, text("Both sides pay nothing."))
  expect(range()).toBeNull()
})

test("[DOC12] words that were deleted and come back are found by their quotation, if it is unique", () => {
  const fragment = put(text("One two three."))
  const anchor = makeAnchor(fragment, 4, 7)
  fragment.delete(0, 1)
  expect(resolveAnchor(fragment, anchor, "two")).toBeNull()
  writeFragment(fragment, text("Then two come."))
  expect(resolveAnchor(fragment, anchor, "two")).toEqual({ from: 5, to: 8, by: "quote" })
  expect(resolveAnchor(fragment, null, "two")).toEqual({ from: 5, to: 8, by: "quote" })
  expect(resolveAnchor(fragment, { from: "not base64!", to: "" }, "e")).toBeNull()
})
