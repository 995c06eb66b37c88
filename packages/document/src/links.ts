import * as Y from "yjs"

type Store = Y.Doc["store"]
type Struct = ReturnType<typeof Y.decodeUpdate>["structs"][number]

/**
 * A forged item may name neighbours of one sequence and be counted to another. Every item that a transaction brought
 * must lie between items of the very type, and key, that it reports as changed, and must have named no others: what
 * others are collected by, and when, differs between copies. Under a key lies a value: a format mark there reads as
 * nothing, and is there all the same.
 */
export function linksAreSound(transaction: Y.Transaction): boolean {
  const { store } = transaction.doc
  const orders = new Orders()
  for (const [client, end] of transaction.afterState) {
    const begin = transaction.beforeState.get(client) ?? 0
    const structs = store.clients.get(client)
    if (begin === end || structs === undefined) continue
    for (let index = Y.findIndexSS(structs, begin); index < structs.length; index++) {
      const item = structs[index]
      if (!(item instanceof Y.Item)) continue
      if (item.parentSub !== null && item.content instanceof Y.ContentFormat) return false
      const left = item.origin && structAt(store, item.origin)
      const right = item.rightOrigin && structAt(store, item.rightOrigin)
      if (!isBeside(item, left) || !isBeside(item, right)) return false
      if (!isBeside(item, item.left) || !isBeside(item, item.right)) return false
      if (!couldHaveBeenNeighbours(item, { left, right, store, orders })) return false
    }
  }
  return true
}

type Named = Y.Item | Y.GC | null

/** In the same sequence, or under the same key; nothing is beside everything. */
const isBeside = (item: Y.Item, other: Named): boolean =>
  other === null || (other instanceof Y.Item && other.parent === item.parent && other.parentSub === item.parentSub)

/**
 * Naming two origins implies that they were adjacent once, and each beside what it named in its own time. So what the
 * right one had to its left can't lie between them, nor what the left one had to its right. Yjs rests on that: where it
 * does not hold, copies put the item in different places, by the order in which they learn of it.
 */
function couldHaveBeenNeighbours(
  item: Y.Item,
  { left, right, store, orders }: { left: Named; right: Named; store: Store; orders: Orders },
): boolean {
  const leftOfRight = right instanceof Y.Item && right.origin ? structAt(store, right.origin) : null
  const rightOfLeft = left instanceof Y.Item && left.rightOrigin ? structAt(store, left.rightOrigin) : null
  const strangers = [leftOfRight, rightOfLeft].filter(
    (named): named is Y.Item => named instanceof Y.Item && named !== left && named !== right,
  )
  // the end of an item may name another part of the same one
  if (strangers.length === 0) return true
  const near = liesNear(item, { left, right, strangers })
  if (near !== "far") return near === "none"
  return !strangers.some((named) => orders.liesBetween(named, left, right))
}

/** Of so many items to each side it is looked up by walking; where neighbours lie further apart, by their order. */
const NEAR = 32

function liesNear(
  item: Y.Item,
  { left, right, strangers }: { left: Named; right: Named; strangers: readonly Y.Item[] },
): "none" | "some" | "far" {
  let steps = 0
  for (let at = item.left; at !== null && at !== left; at = at.left) {
    if (strangers.includes(at)) return "some"
    if (++steps > NEAR) return "far"
  }
  for (let at = item.right; at !== null && at !== right; at = at.right) {
    if (strangers.includes(at)) return "some"
    if (++steps > 2 * NEAR) return "far"
  }
  return "none"
}

/** The order of the items of a sequence, counted once for a judgement: thousands may have been written at one place. */
class Orders {
  readonly #placesByParent = new Map<unknown, Map<string | null, Map<Y.Item, number>>>()

  /** Strictly between two neighbours of one sequence; null: its begin, its end. */
  liesBetween(item: Y.Item, left: Named, right: Named): boolean {
    const places = this.#of(item)
    const placeOf = (named: Named, end: number): number => (named instanceof Y.Item ? (places.get(named) ?? end) : end)
    const place = placeOf(item, Number.NaN)
    return placeOf(left, -1) < place && place < placeOf(right, Number.POSITIVE_INFINITY)
  }

  #of(item: Y.Item): ReadonlyMap<Y.Item, number> {
    let byKey = this.#placesByParent.get(item.parent)
    if (!byKey) this.#placesByParent.set(item.parent, (byKey = new Map()))
    let places = byKey.get(item.parentSub)
    if (!places) byKey.set(item.parentSub, (places = placesAround(item)))
    return places
  }
}

function placesAround(item: Y.Item): Map<Y.Item, number> {
  let first = item
  while (first.left !== null) first = first.left
  const places = new Map<Y.Item, number>()
  for (let at: Y.Item | null = first; at !== null; at = at.right) places.set(at, places.size)
  return places
}

/**
 * Do these new items name neighbours of one fate? What lies in a type that is gone is collected, all of it at once; an
 * item that names a neighbour there vanishes with it. One that names another that lives would vanish in some copies and
 * live in others, by how the updates were grouped.
 */
export function linksShareTheirFate(store: Store, fresh: readonly Struct[]): boolean {
  const gone = new Set<Struct>()
  for (const struct of fresh) if (struct instanceof Y.GC || namesWhatIsCollected(store, struct)) gone.add(struct)
  if (gone.size === 0) return true
  const items = fresh.filter((struct) => struct instanceof Y.Item)
  const freshAt = finderOf(fresh)
  const namers = new Map<Struct, Y.Item[]>()
  for (const item of items)
    for (const id of namedBy(item)) {
      const named = freshAt(id)
      if (named) push(namers, named, item)
    }
  // a set that grows is walked to its end
  for (const struct of gone) for (const namer of namers.get(struct) ?? []) gone.add(namer)
  const isGone = (id: Y.ID): boolean => {
    const struct = freshAt(id)
    return struct ? gone.has(struct) : isCollected(store, id)
  }
  return items.every((item) => {
    const named = namedBy(item).map(isGone)
    return named.every(Boolean) || !named.some(Boolean)
  })
}

const isCollected = (store: Store, id: Y.ID): boolean =>
  id.clock < Y.getState(store, id.client) && structAt(store, id) instanceof Y.GC

function namesWhatIsCollected(store: Store, struct: Struct): boolean {
  if (!(struct instanceof Y.Item)) return false
  const { origin, rightOrigin, parent } = struct
  const isGone = (id: unknown): boolean => id instanceof Y.ID && isCollected(store, id)
  return isGone(origin) || isGone(rightOrigin) || isGone(parent)
}

/** Which of these holds an id. */
function finderOf(fresh: readonly Struct[]): (id: Y.ID) => Struct | null {
  const byClient = new Map<number, Struct[]>()
  for (const struct of fresh) push(byClient, struct.id.client, struct)
  return ({ client, clock }) => {
    const structs = byClient.get(client)
    const first = structs?.[0]
    const last = structs?.at(-1)
    if (!structs || !first || !last || clock < first.id.clock || clock >= last.id.clock + last.length) return null
    return structs[Y.findIndexSS(structs, clock)] ?? null
  }
}

function push<K, V>(lists: Map<K, V[]>, key: K, value: V): void {
  const list = lists.get(key)
  if (list) list.push(value)
  else lists.set(key, [value])
}

/** Left and right neighbour; the type where there is neither. */
const namedBy = ({ origin, rightOrigin, parent }: Y.Item): readonly Y.ID[] =>
  [origin, rightOrigin, parent].filter((id): id is Y.ID => id instanceof Y.ID)

const structAt = (store: Store, { client, clock }: Y.ID): Y.Item | Y.GC | null => {
  const structs = store.clients.get(client)
  return structs === undefined ? null : (structs[Y.findIndexSS(structs, clock)] ?? null)
}
