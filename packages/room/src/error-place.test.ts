import { expect, test } from "vitest"
import { errorPlace } from "./error-place.ts"

const WORDS = "red-line-51c0"

test.each([
  ["a message of one line", new Error(`invalid input syntax for type integer: "${WORDS}"`)],
  ["a message that looks like a place", new Error(`unexpected token\n    at ${WORDS}\n    at ${WORDS} (plan.typ:1)`)],
  ["a message that was changed", Object.assign(new Error(WORDS), { message: "no words" })],
  ["a JSON parser's", jsonError()],
  ["an error that another caused", new Error("no words", { cause: new Error(WORDS) })],
  ["no error at all", `thrown ${WORDS}`],
])("[API87] the log tells an error's name and place, and none of its words: %s", (_name, error) => {
  expect(JSON.stringify(errorPlace(error))).not.toContain(WORDS)
})

test("[API87] what it tells leads to the line", () => {
  const error = Object.assign(new TypeError(WORDS), { code: "22P02" })
  expect(errorPlace(error)).toMatchObject({ name: "TypeError", code: "22P02" })
  expect(errorPlace(new Error("", { cause: error }))).toMatchObject({ cause: { name: "TypeError", code: "22P02" } })
  expect(JSON.stringify(errorPlace(error))).toContain("error-place.test.ts")
})

function jsonError(): unknown {
  try {
    return JSON.parse(`${WORDS}{`)
  } catch (error) {
    return error
  }
}
