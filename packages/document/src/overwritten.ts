import * as Y from "yjs"

/** A value that another has put where one's own edit had put its own. */
export interface Overwritten {
  /** from the root down, as `["L13", "year:2014"]` */
  readonly path: readonly string[]
  /** client id of whoever wrote what stands there now */
  readonly clientId: number
}

interface StackItem {
  readonly insertions: {
    readonly clients: ReadonlyMap<number, readonly { readonly clock: number; readonly len: number }[]>
  }
}

/**
 * Places of this step of an undo history that others have written to since. Yjs leaves those as they are, says nothing,
 * and goes on to the step before; one's own later writes have been taken back by the time a step's turn comes.
 */
export function overwrittenIn(doc: Y.Doc, step: StackItem): readonly Overwritten[] {
  const found = new Map<string, Overwritten>()
  for (const [client, runs] of step.insertions.clients) {
    for (const { clock, len } of runs) {
      for (const item of itemsOf(doc, client, clock, clock + len)) {
        const standing = standingInPlaceOf(item)
        if (standing === null || standing.id.client === doc.clientID) continue
        const path = pathOf(item)
        found.set(path.join("/"), { path, clientId: standing.id.client })
      }
    }
  }
  return [...found.values()]
}

function itemsOf(doc: Y.Doc, client: number, from: number, to: number): readonly Y.Item[] {
  const structs = doc.store.clients.get(client) ?? []
  return structs.filter(
    (struct): struct is Y.Item =>
      struct instanceof Y.Item && struct.id.clock < to && struct.id.clock + struct.length > from,
  )
}

/** What stands under the key where this item was put; null for what has no key, or stands itself. */
function standingInPlaceOf(item: Y.Item): Y.Item | null {
  const { parent, parentSub } = item
  if (parentSub === null || !(parent instanceof Y.Map)) return null
  const standing = parent._map.get(parentSub) ?? null
  return standing === item ? null : standing
}

function pathOf(item: Y.Item): readonly string[] {
  const path: string[] = []
  for (let at: Y.Item | null = item; at !== null; at = at.parent instanceof Y.AbstractType ? at.parent._item : null)
    if (at.parentSub !== null) path.unshift(at.parentSub)
  return path
}
