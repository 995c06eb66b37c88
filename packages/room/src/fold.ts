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

/** `mergeUpdates` is cheap up to here and quadratic beyond. */
export const MERGE_AT_MOST = 32

/** As few updates as may cheaply be made of these, in their order. */
export function mergeInGroups(updates: readonly Uint8Array[]): Uint8Array[] {
  const merged: Uint8Array[] = []
  for (let i = 0; i < updates.length; i += MERGE_AT_MOST) {
    const group = updates.slice(i, i + MERGE_AT_MOST)
    merged.push(group.length === 1 && group[0] ? group[0] : Y.mergeUpdates(group))
  }
  return merged
}
