import { expect, test } from "vitest"
import { matchKey, type Shortcut, strokeLabel } from "./shortcuts.ts"

const shortcut = (id: string, strokes: readonly string[], more: Partial<Shortcut> = {}): Shortcut => ({
  id,
  strokes,
  group: "shell",
  label: id,
  run: () => undefined,
  ...more,
})
const press = (code: string, more: Partial<Parameters<typeof matchKey>[2]> = {}) => ({
  code,
  ctrl: false,
  alt: false,
  shift: false,
  inText: false,
  inField: false,
  ...more,
})
const KEYS = [
  shortcut("go costs", ["KeyG", "Digit4"]),
  shortcut("next", ["KeyJ"]),
  shortcut("undo", ["KeyZ"], { ctrl: true }),
]

test("[WEB13] a chain of two keys waits for the second, and anything else ends it", () => {
  expect(matchKey(KEYS, [], press("KeyG"), true)).toEqual({ type: "wait" })
  expect(matchKey(KEYS, ["KeyG"], press("Digit4"), true)).toMatchObject({ type: "run", shortcut: { id: "go costs" } })
  expect(matchKey(KEYS, ["KeyG"], press("KeyJ"), true)).toEqual({ type: "none" })
})

test("[WEB14] single letters never fire inside text nor when turned off; keys with Ctrl do", () => {
  expect(matchKey(KEYS, [], press("KeyJ", { inText: true }), true)).toEqual({ type: "none" })
  expect(matchKey(KEYS, [], press("KeyJ"), false)).toEqual({ type: "none" })
  expect(matchKey(KEYS, [], press("KeyZ", { ctrl: true, inText: true }), false)).toMatchObject({ type: "run" })
})

test("[WEB74] undo and redo inside a form's field are the field's own, and never take back an edit of the plan", () => {
  const undo = shortcut("undo", ["KeyZ"], { ctrl: true, outsideFields: true })
  const inField = press("KeyZ", { ctrl: true, inText: true, inField: true })
  expect(matchKey([undo], [], inField, true)).toEqual({ type: "none" })
  expect(matchKey([undo], [], { ...inField, inField: false }, true)).toMatchObject({ type: "run" })
})

test("[WEB66] a key is named as on the reader's keyboard and found by its place", () => {
  expect(["KeyR", "KeyD", "KeyP"].map((code) => strokeLabel(code))).toEqual(["R", "D", "P"])
  expect(["KeyR", "KeyD", "KeyP"].map((code) => strokeLabel(code, "ru"))).toEqual(["К", "В", "З"])
})
