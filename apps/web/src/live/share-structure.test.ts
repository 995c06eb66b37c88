import { expect, test } from "vitest"
import { shareStructure } from "./share-structure.ts"

test("[WEB10] what did not change stays the same object, also when rows move", () => {
  const before = {
    clauses: [
      { id: "a", text: ["x"] },
      { id: "b", text: ["y"] },
    ],
    terms: { rate: "30" },
  }
  const after = shareStructure(before, {
    clauses: [
      { id: "b", text: ["y"] },
      { id: "a", text: ["z"] },
    ],
    terms: { rate: "30" },
  })
  expect(after.clauses[0]).toBe(before.clauses[1])
  expect(after.clauses[1]).toEqual({ id: "a", text: ["z"] })
  expect(after.terms).toBe(before.terms)
})

test("[WEB11] an equal value is the earlier one, whole", () => {
  const before = { a: [1, { b: null }], c: "d" }
  expect(shareStructure(before, structuredClone(before))).toBe(before)
})

test("[WEB12] what went away is gone", () => {
  expect(shareStructure<unknown>({ a: 1, b: 2 }, { a: 1 })).toEqual({ a: 1 })
  expect(shareStructure<unknown>([1, 2], [1])).toEqual([1])
})
