import { expect, test } from "vitest"
import * as Y from "yjs"
import { isEdit, mayTakeBack } from "./undo.ts"

function desk(clientId: number) {
  const doc = new Y.Doc()
  doc.clientID = clientId
  const cells = doc.getMap<number>("cells")
  return { doc, cells, undo: new Y.UndoManager(cells, { captureTimeout: 0, deleteFilter: mayTakeBack }) }
}
const exchange = (a: Y.Doc, b: Y.Doc): void => {
  const [ofA, ofB] = [a, b].map((doc) => Y.encodeStateAsUpdate(doc))
  if (ofA) Y.applyUpdate(b, ofA)
  if (ofB) Y.applyUpdate(a, ofB)
}

test("[DOC53] who takes back what they set at the same moment as another leaves no empty cell", () => {
  const [low, high] = [desk(1), desk(2)]
  low.cells.set("budget", 0)
  exchange(low.doc, high.doc)
  low.cells.set("budget", 1)
  high.cells.set("budget", 2)
  high.cells.set("budget", 3)
  exchange(low.doc, high.doc)
  high.undo.undo()
  expect(high.cells.get("budget")).toBe(2)
  high.undo.undo()
  exchange(low.doc, high.doc)
  for (const { cells } of [low, high]) expect(cells.get("budget")).toBe(2)
})

test("[DOC53] what one has put where nothing was goes, and what one has replaced comes back", () => {
  const { cells, undo } = desk(1)
  cells.set("a", 1)
  cells.set("a", 2)
  undo.undo()
  expect(cells.get("a")).toBe(1)
  undo.undo()
  expect(cells.has("a")).toBe(false)
  undo.redo()
  expect(cells.get("a")).toBe(1)
})

test("[DOC67] a transaction of one's own that changes nothing leaves what can be undone and redone as it is", () => {
  const doc = new Y.Doc()
  const words = doc.getText("words")
  const undo = new Y.UndoManager(doc, { trackedOrigins: new Set(["own"]), captureTransaction: isEdit })
  doc.transact(() => words.insert(0, "one"), "own")
  undo.undo()
  doc.transact(() => {}, "own")
  doc.transact(() => words.insert(0, ""), "own")
  expect([undo.undoStack.length, undo.redoStack.length]).toEqual([0, 1])
  undo.redo()
  expect(words.toJSON()).toBe("one")
})
