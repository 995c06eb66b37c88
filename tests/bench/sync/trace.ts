import { readFileSync } from "node:fs"
import { gunzipSync } from "node:zlib"
import { seededRandom } from "@alternat/room/test-support"
import * as Y from "yjs"
import { HISTORY_CLIENT } from "./arrivals.ts"
import { clauseOf, textOf } from "./letters.ts"

export type Patch = readonly [at: number, deleted: number, inserted: string]
export interface Trace {
  readonly about: string
  readonly patches: readonly Patch[]
}

const EDITS = 259_778

/** A recorded trace in the form of `josephg/editing-traces` (gzipped JSON), or where none is given one of the same shape. */
export function readTrace(file: string | null): Trace {
  if (file === null) return { about: "a generated trace of the shape of automerge-paper", patches: generate() }
  const { txns } = JSON.parse(gunzipSync(readFileSync(file)).toString("utf8")) as { txns: { patches: Patch[] }[] }
  return { about: "a recorded editing trace", patches: txns.flatMap(({ patches }) => patches) }
}

/** As the paper was written: letters in a row, from time to time elsewhere, and nearly a third of them taken back. */
function generate(): readonly Patch[] {
  const random = seededRandom(1)
  const patches: Patch[] = []
  let [length, caret] = [0, 0]
  for (let n = 0; n < EDITS; n++) {
    if (random.chance(0.01)) caret = random.below(length + 1)
    if (random.chance(0.298) && caret > 0) {
      patches.push([--caret, 1, ""])
      length--
    } else {
      patches.push([caret++, 0, "abcdefghij klmnop"[n % 17] ?? "x"])
      length++
    }
  }
  return patches
}

/** The trace as one person's updates of the first clause, ten edits in each, and the text that comes of it. */
export function traceUpdates(
  base: Uint8Array,
  patches: readonly Patch[],
): { readonly updates: readonly Uint8Array[]; readonly text: string } {
  const doc = new Y.Doc()
  doc.clientID = HISTORY_CLIENT
  Y.applyUpdate(doc, base)
  const updates: Uint8Array[] = []
  doc.on("update", (update: Uint8Array) => updates.push(update))
  const text = textOf(doc, clauseOf(0))
  for (let at = 0; at < patches.length; at += 10)
    doc.transact(() => {
      for (const [position, deleted, inserted] of patches.slice(at, at + 10)) {
        if (deleted > 0) text.delete(position, deleted)
        if (inserted !== "") text.insert(position, inserted)
      }
    })
  const result = text.toJSON()
  doc.destroy()
  return { updates, text: result }
}
