import { expect, test } from "vitest"
import { CLAUSE_LIMIT, cleanPastedText, PASTE_LIMIT, tooMuch } from "./paste.ts"

test("[EDIT6] pasted words come without hidden characters, composed, with one kind of line break", () => {
  expect(cleanPastedText("и\u0306\u200Bод\r\nвода").text).toBe("йод\nвода")
})

test("[EDIT6] a giant is refused by its size, before it is read; what may fit is read", () => {
  expect(tooMuch("", "x".repeat(PASTE_LIMIT + 1))).toBe("too large")
  expect(tooMuch("<p>".repeat(PASTE_LIMIT / 3 + 1), "")).toBe("too large")
  expect(tooMuch("", "x".repeat(3 * CLAUSE_LIMIT))).toBe("clause full")
  expect(tooMuch("<b>x</b>".repeat(CLAUSE_LIMIT), "x".repeat(CLAUSE_LIMIT))).toBeNull()
  expect(tooMuch("<b>x</b>".repeat(2 * CLAUSE_LIMIT), "")).toBe("clause full")
})
