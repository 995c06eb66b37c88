import * as decoding from "lib0/decoding"

/**
 * Runs of bytes, each behind its length, as lib0 has them: seven bits of an integer a byte, the low ones first. Read by
 * lib0, written in place: its encoder and buffers cost more than what they hold, and there is a run for each update.
 */

/** What `putVarUint` takes for it. */
export const sizeOfVarUint = (value: number): number => (value < 128 ? 1 : 1 + sizeOfVarUint(Math.floor(value / 128)))

/** Gives where it ends. */
export function putVarUint(into: Uint8Array, at: number, value: number): number {
  let [end, rest] = [at, value]
  for (; rest >= 128; rest = Math.floor(rest / 128)) into[end++] = (rest & 127) | 128
  into[end++] = rest
  return end
}

/** What `putRun` takes for it. */
export const sizeOfRun = (bytes: Uint8Array): number => sizeOfVarUint(bytes.length) + bytes.length

/** Gives where it ends. */
export function putRun(into: Uint8Array, at: number, bytes: Uint8Array): number {
  const start = putVarUint(into, at, bytes.length)
  into.set(bytes, start)
  return start + bytes.length
}

/** A view of the next run, or null when it would reach past its frame (lib0 would read on in the buffer). */
export function readRun(decoder: decoding.Decoder): Uint8Array | null {
  const length = decoding.readVarUint(decoder)
  if (length > decoder.arr.length - decoder.pos) return null
  return decoding.readUint8Array(decoder, length)
}

/** `count` runs, as views, and nothing behind them; null: these bytes are something else. */
export function readRuns(bytes: Uint8Array, count: number): readonly Uint8Array[] | null {
  const decoder = decoding.createDecoder(bytes)
  const runs: Uint8Array[] = []
  try {
    for (let i = 0; i < count; i++) {
      const run = readRun(decoder)
      if (run === null) return null
      runs.push(run)
    }
  } catch {
    return null // lib0 throws on a length that is cut off or too long
  }
  return decoding.hasContent(decoder) ? null : runs
}
