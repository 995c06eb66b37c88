import { err, ok, type Result, type SignRequest } from "@alternat/plan"
import { concatBytes } from "@noble/hashes/utils.js"
import { canonicalBytes } from "./canonical.ts"
import { sha256Hex } from "./hashes.ts"
import type { Manifest } from "./manifest.ts"
import { listSignatures, type Signatures } from "./pack.ts"
import { lastIndexOf, latin1 } from "./pdf.ts"

/**
 * A signed copy is an original that carries its own proof: the signed file, byte for byte, and behind it a PDF
 * incremental update that embeds `manifest.json` and `signatures.json` beside the `plan.json` already inside.
 * The front is checked by the SHA-256 the manifest gives, the back by writing it again, so no byte of it is free.
 */
export function buildSignedCopy(
  original: Uint8Array,
  manifest: Manifest,
  signatures: readonly SignRequest[],
): Result<Uint8Array, "not_ours"> {
  // the certificate is no part of this file, and a hash of it that nothing here checks would be free to change
  return appendProof(original, manifest, listSignatures(manifest, signatures, null))
}

function appendProof(original: Uint8Array, manifest: Manifest, signatures: Signatures): Result<Uint8Array, "not_ours"> {
  const tail = writeTail(original, canonicalBytes(manifest), canonicalBytes(signatures), manifest.frozenAt)
  return tail.ok ? ok(concatBytes(original, tail.value)) : tail
}

/** Whose original stands in front, and whether what follows is exactly what belongs there. */
export function splitSignedCopy(
  bytes: Uint8Array,
  manifest: Manifest,
  signatures: Signatures,
): { readonly party: string; readonly file: string; readonly original: Uint8Array; readonly intact: boolean } | null {
  for (const party of manifest.parties) {
    const listed = manifest.files.find((file) => file.name === party.original)
    if (listed === undefined || listed.size > bytes.length) continue
    const original = bytes.subarray(0, listed.size)
    if (sha256Hex(original) !== listed.sha256) continue
    const again = appendProof(original, manifest, { ...signatures, certificate: null })
    const intact = again.ok && again.value.length === bytes.length && again.value.every((byte, i) => byte === bytes[i])
    return { party: party.code, file: party.original, original, intact }
  }
  return null
}

/** Appends to PDFs of our own making only: a classic cross-reference table and one catalogue that already embeds a file. */
function writeTail(
  original: Uint8Array,
  manifest: Uint8Array,
  signatures: Uint8Array,
  at: string,
): Result<Uint8Array, "not_ours"> {
  const end = latin1(original.subarray(Math.max(0, original.length - 600)))
  const size = Number(/\/Size (\d+)/.exec(end)?.[1])
  const root = /\/Root (\d+) 0 R/.exec(end)?.[1]
  const info = /\/Info (\d+) 0 R/.exec(end)?.[1]
  const id = /\/ID \[[^\]]*\]/.exec(end)?.[0]
  const previous = /startxref\s+(\d+)\s+%%EOF\s*$/.exec(end)?.[1]
  if (
    !Number.isSafeInteger(size) ||
    root === undefined ||
    info === undefined ||
    id === undefined ||
    previous === undefined
  )
    return err("not_ours")
  const catalog = readObject(original, root)
  if (catalog === null || !/\/Names \[\(plan\.json\) \d+ 0 R\]/.test(catalog) || !/\/AF \[/.test(catalog))
    return err("not_ours")
  const withFiles = catalog
    .replace(
      /\/Names \[(\(plan\.json\) \d+ 0 R)\]/,
      `/Names [(manifest.json) ${size + 1} 0 R $1 (signatures.json) ${size + 3} 0 R]`,
    )
    .replace(/\/AF \[([^\]]*)\]/, `/AF [$1 ${size + 1} 0 R ${size + 3} 0 R]`)
  const objects: (readonly [number, Uint8Array])[] = [
    [Number(root), ascii(withFiles)],
    [size, embedded(size, manifest, at)],
    [size + 1, fileSpec(size + 1, "manifest.json", "What both heads signed, file by file")],
    [size + 2, embedded(size + 2, signatures, at)],
    [size + 3, fileSpec(size + 3, "signatures.json", "Statements, keys and signatures")],
  ]
  return ok(
    writeUpdate(
      original.length,
      objects,
      `/Size ${size + 4}\n  /Root ${root} 0 R\n  /Info ${info} 0 R\n  ${id}\n  /Prev ${previous}`,
    ),
  )
}

function writeUpdate(start: number, objects: readonly (readonly [number, Uint8Array])[], trailer: string): Uint8Array {
  const parts: Uint8Array[] = [ascii("\n")]
  let at = start + 1
  let table = "xref\n"
  for (const [number, bytes] of objects) {
    table += `${number} 1\n${String(at).padStart(10, "0")} 00000 n\r\n`
    parts.push(bytes)
    at += bytes.length
  }
  parts.push(ascii(`${table}trailer\n<<\n  ${trailer}\n>>\nstartxref\n${at}\n%%EOF\n`))
  return concatBytes(...parts)
}

function readObject(pdf: Uint8Array, number: string): string | null {
  const at = lastIndexOf(pdf, `\n${number} 0 obj\n`, pdf.length - 1)
  if (at === -1) return null
  const text = latin1(pdf.subarray(at + 1, Math.min(pdf.length, at + 8000)))
  const end = text.indexOf("\nendobj\n")
  return end === -1 ? null : text.slice(0, end + "\nendobj\n".length)
}

const embedded = (number: number, bytes: Uint8Array, at: string): Uint8Array =>
  concatBytes(
    ascii(
      `${number} 0 obj\n<<\n  /Length ${bytes.length}\n  /Type /EmbeddedFile\n  /Subtype /application#2Fjson\n` +
        `  /Params <<\n    /Size ${bytes.length}\n    /ModDate (D:${at.replace(/\D/g, "").slice(0, 14).padEnd(14, "0")}Z)\n  >>\n>>\nstream\n`,
    ),
    bytes,
    ascii("\nendstream\nendobj\n"),
  )

const fileSpec = (number: number, name: string, description: string): Uint8Array =>
  ascii(
    `${number} 0 obj\n<<\n  /Type /Filespec\n  /F (${name})\n  /UF (${name})\n  /EF <<\n    /F ${number - 1} 0 R\n    /UF ${number - 1} 0 R\n  >>\n` +
      `  /AFRelationship /Supplement\n  /Desc (${description})\n>>\nendobj\n`,
  )

/** Latin-1, not UTF-8: the catalogue may hold binary strings and must come out as it went in. */
const ascii = (text: string): Uint8Array => Uint8Array.from(text, (c) => c.charCodeAt(0) & 0xff)
