import * as Y from "yjs"

/**
 * One update on top of a stored document, under a Yjs client id nobody has used there. `update` is null when the
 * writing changed nothing. The document may be of either space; `write` gets it loaded.
 */
export function serverUpdate(
  updates: readonly Uint8Array[],
  write: (doc: Y.Doc) => void,
): { readonly update: Uint8Array | null; readonly clientId: number } {
  const doc = new Y.Doc()
  doc.transact(() => {
    for (const update of updates) Y.applyUpdate(doc, update)
  })
  // a fresh Y.Doc has a random id; it must not be one that is already somebody's
  const spare = new Y.Doc()
  while (doc.store.clients.has(doc.clientID)) doc.clientID = (spare.clientID + doc.store.clients.size) >>> 0
  spare.destroy()
  const changes: Uint8Array[] = []
  doc.on("update", (update: Uint8Array) => changes.push(update))
  doc.transact(() => write(doc))
  const clientId = doc.clientID
  doc.destroy()
  return { update: changes.length === 0 ? null : Y.mergeUpdates(changes), clientId }
}
