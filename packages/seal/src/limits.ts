import type { PackFile } from "./pack-file.ts"

/**
 * What the verifier takes at most. Anybody may hand it anything, so it bounds sizes before it allocates: at most 256 MB
 * beyond the runtime's own and ten seconds. A file that would need more is not judged at all (the check `limits`).
 */
export const MAX_CONTAINER_BYTES = 112 * 1024 * 1024
/** all files of a compressed pack together, once inflated */
export const MAX_INFLATED_BYTES = 64 * 1024 * 1024
/** one file embedded in a PDF, and all of one PDF together */
export const MAX_EMBEDDED_BYTES = 8 * 1024 * 1024
export const MAX_EMBEDDED_FILES = 8
export const MAX_FILES = 500

/** Parsed JSON takes many times its bytes: its parts (values, keys) are counted before it is parsed. */
const MAX_JSON_BYTES: Readonly<Record<string, number>> = {
  "manifest.json": 2 * 1024 * 1024,
  "signatures.json": 256 * 1024,
  "plan.json": MAX_EMBEDDED_BYTES,
  "checks.json": MAX_EMBEDDED_BYTES,
}
const MAX_JSON_PARTS = 400_000

/** The first of the files that is more than the verifier takes, or null. */
export function firstOverLimit(files: readonly PackFile[]): string | null {
  const over = files.find(({ name, bytes }) => {
    const most = MAX_JSON_BYTES[name]
    return most !== undefined && isOverJsonLimit(bytes, most)
  })
  return over?.name ?? null
}

/** For JSON whose name is not known: one of the files embedded in a signed copy. */
export const isOverJsonLimit = (bytes: Uint8Array, most: number = MAX_EMBEDDED_BYTES): boolean =>
  bytes.length > most || hasMoreParts(bytes)

function hasMoreParts(bytes: Uint8Array): boolean {
  let parts = 0
  for (const byte of bytes)
    if ((byte === 0x2c || byte === 0x5b || byte === 0x7b) && ++parts > MAX_JSON_PARTS) return true
  return false
}
