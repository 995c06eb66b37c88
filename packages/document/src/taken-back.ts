import * as Y from "yjs"

/** Something that an update of this transaction brought has been deleted by another one of it. */
export function takesBackItsOwn(transaction: Y.Transaction): boolean {
  const { beforeState, deleteSet, doc } = transaction
  for (const [client, deletions] of deleteSet.clients) {
    const from = beforeState.get(client) ?? 0
    for (const { clock, len } of deletions) {
      if (clock + len <= from) continue
      const structs = doc.store.clients.get(client) ?? []
      for (let i = Y.findIndexSS(structs, Math.max(clock, from)); i < structs.length; i++) {
        const struct = structs[i]
        if (!struct || struct.id.clock >= clock + len) break
        // what comes as deleted content was deleted before it was sent
        if (struct instanceof Y.Item && !(struct.content instanceof Y.ContentDeleted)) return true
      }
    }
  }
  return false
}
