import { expect, test } from "vitest"
import { canonicalText, parseCanonical, toCanonical } from "./canonical.ts"

const bytes = (text: string) => new TextEncoder().encode(text)

test("[SEAL1] keys are sorted by UTF-16 units, Cyrillic ones too, and nothing is added", () => {
  expect(canonicalText({ я: 1, b: [true, null], "€": 2, a: "й", ё: -5 })).toBe(
    '{"a":"й","b":[true,null],"ё":-5,"я":1,"€":2}'.replace('"ё":-5,"я":1', '"я":1,"ё":-5'),
  )
})

test("[SEAL1] an absent property and an undefined one are the same", () => {
  expect(canonicalText({ a: 1, b: undefined })).toBe('{"a":1}')
})

test("[SEAL2] only integers, NFC and whole characters are canonical, and the fault is located", () => {
  const faults: readonly (readonly [unknown, string, string])[] = [
    [{ a: [1, 0.5] }, "/a/1", "number"],
    [{ a: 2 ** 53 }, "/a", "number"],
    [{ a: Number.NaN }, "/a", "number"],
    [{ "x/y": "и\u0306" }, "/x~1y", "not_nfc"],
    [{ "и\u0306": 1 }, "/и\u0306", "not_nfc"],
    [["\ud800"], "/0", "surrogate"],
    [{ a: new Date(0) }, "/a", "type"],
    [[undefined], "/0", "type"],
    [{ a: 1n }, "/a", "type"],
  ]
  for (const [value, path, reason] of faults) expect(toCanonical(value)).toEqual({ ok: false, error: { path, reason } })
})

test("[SEAL2] values of ours are written in NFC, and nothing is lost by it", () => {
  expect(canonicalText({ "и\u0306": ["e\u0301", 1] })).toBe('{"й":["é",1]}')
  expect(() => canonicalText({ "и\u0306": 1, й: 2 })).toThrow("not_nfc")
  expect(parseCanonical(bytes('"и\u0306"')).ok).toBe(false)
})

test("[SEAL3] bytes that are not exactly canonical are refused", () => {
  expect(parseCanonical(bytes('{"a":1}'))).toEqual({ ok: true, value: { a: 1 } })
  const bad = [
    '{"a":1,"a":1}',
    '{ "a":1}',
    '{"b":1,"a":2}',
    '{"a":1e0}',
    '{"a":1.0}',
    '{"a":"\\u0041"}',
    '\ufeff{"a":1}',
    '{"a":1}\n',
    "{",
  ]
  for (const text of bad) expect(parseCanonical(bytes(text)).ok, text).toBe(false)
  expect(parseCanonical(new Uint8Array([0x22, 0xff, 0x22])).ok).toBe(false)
})
