import { expect, test } from "vitest"
import { ruKey, statement, usKey } from "./fixture.test-support.ts"
import { keyFingerprint, shortFingerprint, signStatement, statementBytes, verifyStatement } from "./statement.ts"

test("[SEAL6] what is signed is the prefix and the canonical statement", () => {
  const text = new TextDecoder().decode(statementBytes(statement("US")))
  expect(
    text.startsWith(
      'alternat-statement/1\n{"acting":false,"date":"2009-12-16","format":"alternat-statement/1","manifest":"',
    ),
  ).toBe(true)
})

test("[SEAL6] a signature holds for its statement and key, and for nothing else", () => {
  const request = signStatement(statement("US"), usKey)
  expect(verifyStatement(request)).toBe(true)
  expect(verifyStatement({ ...request, publicKey: ruKey.publicKey })).toBe(false)
  expect(verifyStatement({ ...request, statement: { ...request.statement, party: "RU" } })).toBe(false)
  expect(
    verifyStatement({ ...request, signature: request.signature.replace(/^./, (c) => (c === "0" ? "1" : "0")) }),
  ).toBe(false)
  expect(verifyStatement({ ...request, signature: "zz" })).toBe(false)
})

test("[SEAL6] the key of order one, under which anything verifies, is no key", () => {
  const identity = `01${"00".repeat(31)}`
  expect(
    verifyStatement({ statement: statement("US"), publicKey: identity, signature: identity + "00".repeat(32) }),
  ).toBe(false)
})

test("[SEAL7] fingerprints are the key's SHA-256 in groups of four", () => {
  expect(keyFingerprint(usKey.publicKey)).toMatch(/^([0-9a-f]{4} ){15}[0-9a-f]{4}$/)
  expect(keyFingerprint(usKey.publicKey).startsWith(shortFingerprint(usKey.publicKey))).toBe(true)
  expect(shortFingerprint(usKey.publicKey)).toHaveLength(14)
})
