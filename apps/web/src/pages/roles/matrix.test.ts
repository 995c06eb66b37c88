import { expect, test } from "vitest"
import { ladder, letterOfKey, nextLetter } from "./matrix.ts"

test("[WEB40] a letter key sets the cell in either layout, Delete clears it", () => {
  expect(letterOfKey("a")).toBe("A")
  expect(letterOfKey("ф")).toBe("A")
  expect(letterOfKey("Ш")).toBe("I")
  expect(letterOfKey("Delete")).toBeNull()
  expect(letterOfKey("x")).toBeUndefined()
})

test("[WEB41] pressing a cell goes through the letters and back to none", () => {
  expect([null, "A", "R", "C", "I"].map((letter) => nextLetter(letter as "A" | null))).toEqual([
    "A",
    "R",
    "C",
    "I",
    null,
  ])
})

test("[WEB42] the ladder adds up its timed levels and leaves the last untimed", () => {
  expect(ladder([{ max_days: 10 }, { max_days: 15 }, { max_days: null }])).toEqual({
    spans: [{ from: 0, days: 10 }, { from: 10, days: 15 }, null],
    total: 25,
  })
})
