import { isPermittedText } from "@alternat/plan"
import fc from "fast-check"
import { expect, test } from "vitest"
import { raisedText } from "./raised.ts"

test.each([
  ["6", "super", "⁶"],
  ["2", "sub", "₂"],
  ["-3", "super", "⁻³"],
  ["(n+1)", "super", "⁽ⁿ⁺¹⁾"],
  ["n", "super", "ⁿ"],
] as const)("[TEXT45] %s %s is %s", (text, raise, sign) => {
  expect(raisedText(text, raise)).toBe(sign)
})

test("[TEXT45] what has no sign of its own, or none that prints, is not raised by halves", () => {
  for (const text of ["q", "6q", "я", "2%"]) expect(raisedText(text, "super")).toBeNull()
  expect(raisedText("b", "sub")).toBeNull()
})

test("[TEXT45] a raised text prints, has as many characters, and is the same text in Unicode's own reading", () =>
  fc.assert(
    fc.property(
      fc.stringMatching(/^[0-9+=()a-z]{1,8}$/),
      fc.constantFrom("super" as const, "sub" as const),
      (text, raise) => {
        const raised = raisedText(text, raise)
        if (raised === null) return
        expect(isPermittedText(raised)).toBe(true)
        expect(raised.normalize("NFKC")).toBe(text)
      },
    ),
  ))
