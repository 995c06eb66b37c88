import { expect, test } from "vitest"
import * as Y from "yjs"
import { addRow, LAST, setCell } from "./cells.ts"
import { newDoc } from "./layout.ts"
import { type LostWrite, watchLostWrites } from "./lost-writes.ts"

const SITE = { id: "S1", label: { en: "One", ru: "Один" }, fictional: true }

function desk(clientId: number, from?: Y.Doc) {
  const doc = newDoc("plan")
  doc.clientID = clientId
  if (from) Y.applyUpdate(doc, Y.encodeStateAsUpdate(from))
  const lost: LostWrite[] = []
  watchLostWrites(doc, "typed", (one) => lost.push(one))
  const write = (label: string) => setCell(doc, "sites", "S1", "label.en", label, "typed")
  return { doc, lost, write }
}

function twoDesks() {
  const us = desk(1)
  addRow(us.doc, "sites", SITE, LAST)
  return { us, ru: desk(2, us.doc) }
}

const exchange = (a: Y.Doc, b: Y.Doc): void => {
  const [ofA, ofB] = [Y.encodeStateAsUpdate(a), Y.encodeStateAsUpdate(b)]
  Y.applyUpdate(b, ofA)
  Y.applyUpdate(a, ofB)
}

test("[DOC90] of two who write one cell at the same moment the loser alone is told, with what the other wrote", () => {
  const { us, ru } = twoDesks()
  us.write("Depot")
  ru.write("Store")
  exchange(us.doc, ru.doc)
  expect([us.lost, ru.lost].map((lost) => lost.length).toSorted((a, b) => a - b)).toEqual([0, 1])
  const [loser, winner] = us.lost.length === 1 ? [us, ru] : [ru, us]
  expect(loser.lost).toEqual([
    {
      table: "sites",
      rowId: "S1",
      cell: "label.en",
      mine: loser === us ? "Depot" : "Store",
      clientId: winner.doc.clientID,
    },
  ])
})

test("[DOC90] a race that was run offline is told when the lines meet, whatever each wrote in between", () => {
  const { us, ru } = twoDesks()
  for (const words of ["D", "De", "Depot"]) us.write(words)
  for (const words of ["S", "Store"]) ru.write(words)
  exchange(us.doc, ru.doc)
  expect([...us.lost, ...ru.lost].map(({ mine }) => mine)).toEqual([us.lost.length === 1 ? "Depot" : "Store"])
})

test("[DOC91] who writes over a value that has arrived takes part in no race, and the same value twice is none", () => {
  const { us, ru } = twoDesks()
  us.write("Depot")
  exchange(us.doc, ru.doc)
  ru.write("Store")
  ru.write("Stores")
  exchange(us.doc, ru.doc)
  us.write("Both")
  ru.write("Both")
  exchange(us.doc, ru.doc)
  expect([us.lost, ru.lost]).toEqual([[], []])
})

test("[DOC91] a race is told once: what is written after it is an edit like any other", () => {
  const { us, ru } = twoDesks()
  us.write("Depot")
  ru.write("Store")
  exchange(us.doc, ru.doc)
  const [loser, winner] = us.lost.length === 1 ? [us, ru] : [ru, us]
  winner.write("Storehouse")
  exchange(us.doc, ru.doc)
  expect(loser.lost).toHaveLength(1)
  expect(winner.lost).toHaveLength(0)
})
