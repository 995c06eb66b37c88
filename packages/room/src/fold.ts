import * as Y from "yjs"

export interface Folded {
  readonly state: Uint8Array
  readonly stateVector: Uint8Array
}

/** Folds beside the path of edits. A transport lends a thread; without one it is done on the spot. */
export type Fold = (parts: readonly Uint8Array[]) => Promise<Folded | null>

/**
 * Many updates as one, through a Y.Doc: merging a long log with `mergeUpdates` is quadratic.
 * null: something in it waits for updates that are not there, and folding would lose it.
 */
export function foldUpdates(parts: readonly Uint8Array[]): Folded | null {
  const doc = new Y.Doc()
  doc.transact(() => {
    for (const part of parts) Y.applyUpdate(doc, part)
  })
  const whole = doc.store.pendingStructs === null && doc.store.pendingDs === null
  const folded = whole ? { state: Y.encodeStateAsUpdate(doc), stateVector: Y.encodeStateVector(doc) } : null
  doc.destroy()
  return folded
}
