import type { SignRequest, SignStatement } from "@alternat/plan"
import * as ed25519 from "@noble/ed25519"
import { sha512 } from "@noble/hashes/sha2.js"
import { bytesToHex, concatBytes, hexToBytes } from "@noble/hashes/utils.js"
import { canonicalBytes, toCanonical } from "./canonical.ts"
import { sha256Hex } from "./hashes.ts"

/** Keeps a signature over a statement from ever being one over anything else. */
const PREFIX = "alternat-statement/1\n"

/** A head's key. The secret half stays with the head; the public half is exchanged by its fingerprint. */
export interface KeyPair {
  /** 32 bytes */
  readonly secretKey: Uint8Array
  /** 64 hex characters */
  readonly publicKey: string
}

/** The exact bytes that are signed. */
export const statementBytes = (statement: SignStatement): Uint8Array =>
  concatBytes(new TextEncoder().encode(PREFIX), canonicalBytes(statement))

/** `seed`: 32 random bytes, which the caller draws. */
export function keyPairFromSeed(seed: Uint8Array): KeyPair {
  wireHash()
  return { secretKey: seed, publicKey: bytesToHex(ed25519.getPublicKey(seed)) }
}

/** Ed25519 over the statement: what `POST …/signatures` takes. */
export function signStatement(statement: SignStatement, key: KeyPair): SignRequest {
  wireHash()
  const signature = ed25519.sign(statementBytes(statement), key.secretKey)
  return { statement, publicKey: key.publicKey, signature: bytesToHex(signature) }
}

/** False for anything but a valid signature; strict RFC 8032, so no two keys or signatures pass for one. */
export function verifyStatement(request: SignRequest): boolean {
  wireHash()
  if (!/^[0-9a-f]{64}$/.test(request.publicKey) || !/^[0-9a-f]{128}$/.test(request.signature)) return false
  if (!toCanonical(request.statement).ok) return false
  try {
    return ed25519.verify(
      hexToBytes(request.signature),
      statementBytes(request.statement),
      hexToBytes(request.publicKey),
      { zip215: false },
    )
  } catch {
    return false // a point that is not on the curve is reported by throwing
  }
}

/** `23af d061 …`: hashes are read aloud in groups of four. */
export const groupHex = (hex: string): string => (hex.match(/.{1,4}/g) ?? []).join(" ")

/** SHA-256 of the public key, the form in which keys are exchanged and printed. */
export const keyFingerprint = (publicKey: string): string => groupHex(sha256Hex(hexToBytes(publicKey)))

/** The first three groups, for a line of text beside the full form. */
export const shortFingerprint = (publicKey: string): string => keyFingerprint(publicKey).slice(0, 14)

/** The synchronous form needs its hash named; unlike WebCrypto it also works on a page served over plain http. */
function wireHash(): void {
  ed25519.hashes.sha512 ??= sha512
}
