import { err, ok, type Result } from "@alternat/plan"
import { hexToBytes } from "@noble/hashes/utils.js"
import { sha256Hex } from "./hashes.ts"

/**
 * The public half of a signing key as a file, to be handed over outside the pack. Readers look at `publicKey` alone; what
 * else a card says (whose key it is, since when) is for people.
 */
export interface KeyCard {
  /** 64 hex characters */
  readonly publicKey: string
}

/** The SHA-256 of the key's 32 bytes: 64 lower-case hex characters. */
export const fingerprintOf = (publicKey: string): string => sha256Hex(hexToBytes(publicKey))

/** A fingerprint as people read it out or print it: 64 hex digits, spaces and case ignored. */
export function parseFingerprint(text: string): string | null {
  const digits = text.replace(/\s/gu, "").toLowerCase()
  return /^[0-9a-f]{64}$/.test(digits) ? digits : null
}

/** Some fingerprints in one text: one after the other, in groups, on lines of their own. */
export function parseFingerprints(text: string): readonly string[] | null {
  const digits = text.replace(/[\s,;]/gu, "").toLowerCase()
  return digits !== "" && /^[0-9a-f]+$/.test(digits) && digits.length % 64 === 0 ? (digits.match(/.{64}/g) ?? []) : null
}

/** The fingerprint of the key on a card. A secret key or a bare text is no card. */
export function readKeyCard(text: string): Result<string, "not_json" | "not_a_card"> {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    return err("not_json") // the parser's only way of saying so is to throw
  }
  const key = typeof value === "object" && value !== null && "publicKey" in value ? value.publicKey : null
  const digits = typeof key === "string" ? parseFingerprint(key) : null
  return digits === null ? err("not_a_card") : ok(fingerprintOf(digits))
}
