import { expect, test } from "vitest"
import { cleanPastedText } from "./paste.ts"

test("[EDIT6] pasted words come without hidden characters, composed, with one kind of line break", () => {
  expect(cleanPastedText("и\u0306\u00AD\u200Bод\r\nвода")).toBe("йод\nвода")
})
