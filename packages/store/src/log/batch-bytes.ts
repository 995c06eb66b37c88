import { putRun, readRuns, sizeOfRun } from "@alternat/room"

/** A log row holds a batch: each update behind its length, as on the wire. */
export function packBatch(updates: readonly Uint8Array[]): Buffer {
  const packed = Buffer.allocUnsafe(updates.reduce((size, update) => size + sizeOfRun(update), 0))
  let at = 0
  for (const update of updates) at = putRun(packed, at, update)
  return packed
}

/** Throws on anything `packBatch` can't have made: a damaged row must not pass for a shorter one. */
export function unpackBatch(bytes: Uint8Array, count: number): readonly Uint8Array[] {
  const updates = readRuns(bytes, count)
  if (updates === null) throw new Error("broken invariant: a damaged log row")
  return updates
}
