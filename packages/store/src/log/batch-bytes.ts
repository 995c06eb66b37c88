/** A log row holds a batch: each update behind its length as a varuint (seven bits a byte, low bits first). */
export function packBatch(updates: readonly Uint8Array[]): Buffer {
  const packed = Buffer.allocUnsafe(updates.reduce((size, { length }) => size + MAX_VARUINT + length, 0))
  let at = 0
  for (const update of updates) {
    let rest = update.length
    for (; rest >= 128; rest = Math.floor(rest / 128)) packed[at++] = (rest & 127) | 128
    packed[at++] = rest
    packed.set(update, at)
    at += update.length
  }
  return packed.subarray(0, at)
}

/** of a length: 35 bits */
const MAX_VARUINT = 5

/** Throws on anything `packBatch` can't have made: a damaged row must not pass for a shorter one. */
export function unpackBatch(bytes: Uint8Array, count: number): readonly Uint8Array[] {
  const updates: Uint8Array[] = []
  let at = 0
  for (let i = 0; i < count; i++) {
    let length = 0
    for (let shift = 1; ; shift *= 128) {
      const byte = bytes[at++]
      if (byte === undefined || shift > 2 ** 28) throw new Error("broken invariant: a damaged log row")
      length += (byte & 127) * shift
      if (byte < 128) break
    }
    if (at + length > bytes.length) throw new Error("broken invariant: a damaged log row")
    updates.push(bytes.subarray(at, at + length))
    at += length
  }
  if (at !== bytes.length) throw new Error("broken invariant: a log row longer than its updates")
  return updates
}
