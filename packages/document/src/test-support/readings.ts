import * as Y from "yjs"
import { newDoc, ROOTS, type Space } from "../layout.ts"

/**
 * What is read from a log in all the ways in which copies come to it: update after update, all in one transaction,
 * merged into one, from the state of another copy, and backwards, as if each had been on its way while the later ones
 * arrived. Sound updates read alike.
 */
export function readings(space: Space, log: readonly Uint8Array[]): Readonly<Record<string, string>> {
  const eachOf = (updates: readonly Uint8Array[]) => (doc: Y.Doc) => {
    for (const update of updates) Y.applyUpdate(doc, update)
  }
  const ways = {
    each: eachOf(log),
    together: (doc: Y.Doc) => doc.transact(() => eachOf(log)(doc)),
    merged: (doc: Y.Doc) => Y.applyUpdate(doc, Y.mergeUpdates([...log])),
    state: (doc: Y.Doc) => Y.applyUpdate(doc, Y.encodeStateAsUpdate(read(eachOf(log)))),
    backwards: eachOf(log.toReversed()),
  }
  return Object.fromEntries(Object.entries(ways).map(([way, load]) => [way, pictureOf(read(load), space)]))

  function read(load: (doc: Y.Doc) => void): Y.Doc {
    const doc = newDoc(space)
    load(doc)
    return doc
  }
}

function pictureOf(doc: Y.Doc, space: Space): string {
  // a root that something has named, and that holds nothing, reads as one that nothing has named
  const names = new Set([...ROOTS[space], ...doc.share.keys()])
  const roots = [...names].toSorted().map((root) => [root, sorted(doc.getMap(root).toJSON())])
  const clocks = [...Y.decodeStateVector(Y.encodeStateVector(doc))].toSorted(([a], [b]) => a - b)
  return JSON.stringify({ roots, clocks, isWaiting: doc.store.pendingStructs !== null || doc.store.pendingDs !== null })
}

/** Entries of a map lie in the order in which they came; that is not what is read. */
const sorted = (value: unknown): unknown =>
  typeof value !== "object" || value === null || Array.isArray(value)
    ? value
    : Object.fromEntries(
        Object.entries(value)
          .toSorted(([a], [b]) => (a < b ? -1 : 1))
          .map(([key, inner]) => [key, sorted(inner)]),
      )
