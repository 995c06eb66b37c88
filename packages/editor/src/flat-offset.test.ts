import type { ClauseText } from "@alternat/plan"
import { flatText, textToNode } from "@alternat/text"
import { initProseMirrorDoc, updateYFragment } from "@tiptap/y-tiptap"
import fc from "fast-check"
import { expect, test } from "vitest"
import * as Y from "yjs"
import { findQuote, offsetOfRelative, offsetToPos, posToOffset, relativeAt } from "./flat-offset.ts"

const text: ClauseText = [
  { p: ["Until ", { field: "date", key: "handover" }, " each side pays, as ", { em: "agreed" }, "."] },
  { list: [["first item"], ["second ", { field: "ref", key: "s17.c2" }, " item"]] },
  { p: ["The end."] },
]

function fragmentOf(value: ClauseText): Y.XmlFragment {
  const doc = new Y.Doc()
  const fragment = doc.getXmlFragment("t")
  const node = textToNode(value)
  const { mapping } = initProseMirrorDoc(fragment, node.type.schema)
  updateYFragment(doc, fragment, node, { mapping, isOMark: new Map() })
  return fragment
}

const offset = fc.integer({ min: 0, max: flatText(text).length })

test("[EDIT1] a place is the same place in the value, in the editor and in the shared fragment", () => {
  const doc = textToNode(text)
  const fragment = fragmentOf(text)
  fc.assert(
    fc.property(offset, (place) => {
      expect(posToOffset(doc, offsetToPos(doc, place))).toBe(place)
      expect(offsetOfRelative(fragment, relativeAt(fragment, place))).toBe(place)
    }),
  )
})

test("[EDIT1] a place follows its neighbours through an edit before it", () => {
  const fragment = fragmentOf(text)
  const place = flatText(text).indexOf("second")
  const relative = relativeAt(fragment, place)
  const line = fragment.get(0) as Y.XmlElement
  ;(line.get(0) as Y.XmlText).insert(0, "Not before: ")
  expect(offsetOfRelative(fragment, relative)).toBe(place + "Not before: ".length)
})

test("[EDIT1] a quotation is found only where it stands once", () => {
  expect(findQuote(text, "second")).toEqual({
    from: flatText(text).indexOf("second"),
    to: flatText(text).indexOf("second") + 6,
  })
  expect(findQuote(text, "item")).toBeNull()
  expect(findQuote(text, "")).toBeNull()
})
