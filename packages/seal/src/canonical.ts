import { err, ok, type Result } from "@alternat/plan"
import canonicalize from "canonicalize"

/**
 * Canonical bytes: RFC 8785 (JCS), narrowed by house rules. Numbers are integers within ±(2^53−1), everything else is a
 * string; strings and keys are NFC and hold no lone surrogates (JCS normalises nothing, and й may arrive as и + U+0306).
 * A property whose value is `undefined` is absent, as in JSON.
 */
export interface CanonicalError {
  /** where, as a JSON pointer */
  readonly path: string
  readonly reason: "number" | "not_nfc" | "surrogate" | "type" | "depth"
}

const MAX_DEPTH = 64

/** The canonical text of a value, or where it breaks the house rules. */
export function toCanonical(value: unknown): Result<string, CanonicalError> {
  const fault = findFault(value, "", 0)
  if (fault !== null) return err(fault)
  const text = canonicalize(value)
  return text === undefined ? err({ path: "", reason: "type" }) : ok(text)
}

/**
 * For values of ours, which are canonical by construction but for their Unicode form: a text that a stock client typed in
 * another form counts as its NFC. Any other fault is a broken invariant and throws.
 */
export function canonicalText(value: unknown): string {
  const strict = toCanonical(value)
  const result = !strict.ok && strict.error.reason === "not_nfc" ? toCanonical(inNfc(value)) : strict
  if (!result.ok) throw new Error(`broken invariant: not canonical at "${result.error.path}": ${result.error.reason}`)
  return result.value
}

export const canonicalBytes = (value: unknown): Uint8Array => new TextEncoder().encode(canonicalText(value))

/**
 * Reads bytes that claim to be canonical. Writing the parsed value again must give the same bytes, which also rules out
 * duplicate keys, other spellings of a number or an escape, spaces, and a byte order mark.
 */
export function parseCanonical(bytes: Uint8Array): Result<unknown, "not_utf8" | "not_json" | "not_canonical"> {
  let text: string
  try {
    text = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes)
  } catch {
    return err("not_utf8") // the decoder's only way of saying so is to throw
  }
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    return err("not_json") // likewise the parser's
  }
  const again = toCanonical(value)
  return again.ok && again.value === text ? ok(value) : err("not_canonical")
}

function inNfc(value: unknown): unknown {
  if (typeof value === "string") return value.normalize("NFC")
  if (Array.isArray(value)) return value.map(inNfc)
  if (typeof value !== "object" || value === null) return value
  const entries = Object.entries(value).map(([key, item]) => [key.normalize("NFC"), inNfc(item)] as const)
  // two keys that are one in NFC would lose a value: left as they are, they are a fault
  return new Set(entries.map(([key]) => key)).size === entries.length ? Object.fromEntries(entries) : value
}

function findFault(value: unknown, path: string, depth: number): CanonicalError | null {
  if (depth > MAX_DEPTH) return { path, reason: "depth" }
  if (value === null || typeof value === "boolean") return null
  if (typeof value === "number") return Number.isSafeInteger(value) ? null : { path, reason: "number" }
  if (typeof value === "string") return stringFault(value, path)
  if (Array.isArray(value)) return firstFault(value.entries(), path, depth)
  if (typeof value !== "object") return { path, reason: "type" }
  const prototype: unknown = Object.getPrototypeOf(value)
  if (prototype !== Object.prototype && prototype !== null) return { path, reason: "type" }
  const present = Object.entries(value).filter(([, item]) => item !== undefined)
  for (const [key] of present) {
    const fault = stringFault(key, pointer(path, key))
    if (fault !== null) return fault
  }
  return firstFault(present, path, depth)
}

function firstFault(entries: Iterable<[string | number, unknown]>, path: string, depth: number): CanonicalError | null {
  for (const [key, item] of entries) {
    const fault = findFault(item, pointer(path, String(key)), depth + 1)
    if (fault !== null) return fault
  }
  return null
}

function stringFault(text: string, path: string): CanonicalError | null {
  if (/\p{Surrogate}/u.test(text)) return { path, reason: "surrogate" }
  return text.normalize("NFC") === text ? null : { path, reason: "not_nfc" }
}

const pointer = (path: string, key: string): string => `${path}/${key.replaceAll("~", "~0").replaceAll("/", "~1")}`
