import * as Y from "yjs"

/**
 * A forged item may name neighbours of one sequence and be counted to another. Every item that a transaction brought
 * must lie between items of the very type, and key, that it reports as changed. Under a key lies a value: a format mark
 * there reads as nothing, and is there all the same.
 */
export function linksAreSound(transaction: Y.Transaction): boolean {
  for (const [client, end] of transaction.afterState) {
    const begin = transaction.beforeState.get(client) ?? 0
    const structs = transaction.doc.store.clients.get(client)
    if (begin === end || structs === undefined) continue
    for (let index = Y.findIndexSS(structs, begin); index < structs.length; index++) {
      const item = structs[index]
      if (!(item instanceof Y.Item)) continue
      if (item.parentSub !== null && item.content instanceof Y.ContentFormat) return false
      for (const neighbour of [item.left, item.right]) {
        if (neighbour !== null && (neighbour.parent !== item.parent || neighbour.parentSub !== item.parentSub))
          return false
      }
    }
  }
  return true
}
