import { expect, test } from "vitest"
import * as Y from "yjs"
import { overwrittenIn } from "./overwritten.ts"
import { mayTakeBack } from "./undo.ts"

function desk(clientId: number) {
  const doc = new Y.Doc()
  doc.clientID = clientId
  const rows = doc.getMap<Y.Map<unknown>>("rows")
  const undo = new Y.UndoManager(rows, {
    captureTimeout: 0,
    trackedOrigins: new Set(["own"]),
    deleteFilter: mayTakeBack,
  })
  const set = (row: string, key: string, value: number) => doc.transact(() => rows.get(row)?.set(key, value), "own")
  const top = () => {
    const step = undo.undoStack.at(-1)
    return step === undefined ? [] : overwrittenIn(doc, step)
  }
  return { doc, rows, undo, set, top }
}
const exchange = (a: Y.Doc, b: Y.Doc): void => {
  const [ofA, ofB] = [Y.encodeStateAsUpdate(a), Y.encodeStateAsUpdate(b)]
  Y.applyUpdate(b, ofA)
  Y.applyUpdate(a, ofB)
}

test("[WEB77] a step of the history names each place that another has written to since, and who", () => {
  const [us, ru] = [desk(1), desk(2)]
  for (const row of ["L13", "L14"]) us.rows.set(row, new Y.Map<unknown>([["year:2014", 0]]))
  exchange(us.doc, ru.doc)
  us.set("L14", "year:2014", 5)
  us.set("L13", "year:2014", 6)
  exchange(us.doc, ru.doc)
  expect(us.top()).toEqual([])
  ru.set("L13", "year:2014", 7)
  exchange(us.doc, ru.doc)
  expect(us.top()).toEqual([{ path: ["L13", "year:2014"], clientId: 2 }])
  us.undo.undoStack.pop()
  expect(us.top()).toEqual([])
})

test("[WEB77] one's own later write, and one taken back, are nobody else's", () => {
  const us = desk(1)
  us.rows.set("L13", new Y.Map<unknown>([["year:2014", 0]]))
  us.set("L13", "year:2014", 5)
  us.set("L13", "year:2014", 6)
  expect(us.top()).toEqual([])
  us.undo.undo()
  expect(us.rows.get("L13")?.get("year:2014")).toBe(5)
  expect(us.top()).toEqual([])
})

test("[WEB77] a row taken away by another is named as well", () => {
  const [us, ru] = [desk(1), desk(2)]
  us.doc.transact(() => us.rows.set("L15", new Y.Map<unknown>([["id", 1]])), "own")
  exchange(us.doc, ru.doc)
  ru.rows.set("L15", new Y.Map<unknown>())
  exchange(us.doc, ru.doc)
  expect(us.top().map(({ path }) => path)).toContainEqual(["L15"])
})
