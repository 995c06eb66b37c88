import fc from "fast-check"
import { expect, test } from "vitest"
import { packBatch, unpackBatch } from "./batch-bytes.ts"

test("[STORE1] a batch comes back as the updates it was made of", () =>
  fc.assert(
    fc.property(fc.array(fc.uint8Array({ maxLength: 300 }), { maxLength: 20 }), (updates) => {
      const back = unpackBatch(packBatch(updates), updates.length)
      expect(back.map((update) => [...update])).toEqual(updates.map((update) => [...update]))
    }),
  ))

test("[STORE1] a damaged batch is refused, never read as another one", () =>
  fc.assert(
    fc.property(fc.array(fc.uint8Array({ minLength: 1, maxLength: 40 }), { minLength: 1, maxLength: 5 }), (updates) => {
      const packed = packBatch(updates)
      expect(() => unpackBatch(packed.subarray(0, -1), updates.length)).toThrow("broken invariant")
      expect(() => unpackBatch(Buffer.concat([packed, Buffer.of(0)]), updates.length)).toThrow("broken invariant")
    }),
  ))
