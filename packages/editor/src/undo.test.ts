import { expect, test } from "vitest"
import * as Y from "yjs"
import { createSharedUndo, INTERFACE_ORIGIN } from "./undo.ts"

function desk() {
  const doc = new Y.Doc()
  const closed = new Set<string>()
  const went: string[] = []
  const texts = { a: doc.getText("a"), b: doc.getText("b") }
  const undo = createSharedUndo(doc, {
    placesOf: (transaction) =>
      new Set(
        [...transaction.changed.keys()].map((type) => ((type as unknown) === texts.a ? "clause:a:en" : "clause:b:en")),
      ),
    isEditable: (place) => !closed.has(place),
    onWent: (place) => went.push(place),
  })
  const type = (name: "a" | "b", words: string, origin: unknown = INTERFACE_ORIGIN) => {
    doc.transact(() => texts[name].insert(texts[name].length, words), origin)
    undo.cut()
  }
  return { doc, texts, undo, closed, went, type }
}

test("[EDIT2] undo takes back one's own last edit wherever it was, in the order they were made", () => {
  const { texts, undo, went, type } = desk()
  type("a", "one")
  type("b", "two")
  undo.undo()
  expect([texts.a.toJSON(), texts.b.toJSON()]).toEqual(["one", ""])
  undo.undo()
  expect(texts.a.toJSON()).toBe("")
  expect(went).toEqual(["clause:b:en", "clause:a:en"])
  undo.redo()
  expect(texts.a.toJSON()).toBe("one")
})

test("[EDIT2] undo never takes back what somebody else wrote", () => {
  const { texts, undo, type } = desk()
  type("a", "mine ")
  type("a", "theirs", "remote")
  undo.undo()
  expect(texts.a.toJSON()).toBe("theirs")
})

test("[EDIT3] an edit of a clause that has since been closed is skipped, not half undone", () => {
  const { texts, undo, closed, type } = desk()
  type("a", "one")
  type("b", "two")
  closed.add("clause:b:en")
  undo.undo()
  expect([texts.a.toJSON(), texts.b.toJSON()]).toEqual(["", "two"])
  expect(undo.undo()).toBe(false)
})
