import * as Y from "yjs"
import { fieldWritten } from "./authored-runs.ts"
import type { Stretch } from "./authorship.ts"
import {
  attributesOf,
  type Char,
  FIELD,
  fieldOf,
  findWords,
  type Found,
  type Pool,
  poolOf,
  wordsOf,
} from "./word-pool.ts"

/** One update as it was applied. Somebody may have deleted the same words before, so it is asked what it names itself. */
export interface Change {
  readonly transaction: Y.Transaction
  readonly deletions: ReturnType<typeof Y.decodeUpdate>["ds"]
  /** has its author deleted this one place, and none beside it, before? */
  hasErased(client: number, clock: number): boolean
}

type Find = (client: number, clock: number, length: number) => readonly Stretch[]

/**
 * Words that an update brings though they were there before. A paragraph split in two or joined, a list made of
 * paragraphs, a value put between two words: the editor's binding deletes the words here and writes them anew there,
 * within one update. An undo brings deleted words back as a copy that stands directly before what it is a copy of.
 * Either way they are new items of whoever pressed the key, and they are not that person's words.
 *
 * What counts as carried is read from the items alone: the same words, deleted by this very update in another text node
 * of the same text, or standing deleted directly behind. Words typed over others in one place are never taken for theirs.
 */
export function carriedStretches(change: Change, find: Find): ReadonlyMap<number, readonly Stretch[]> {
  const { transaction, deletions } = change
  const carried = new Map<number, Stretch[]>()
  const fresh = freshItems(transaction)
  if (fresh.length === 0) return carried
  const pools = deletedPools(transaction, deletions, fresh)
  for (const item of fresh) {
    const stretches = carriedOf(item, change, pools, fresh.length > 1).flatMap((one) =>
      placed(item, one, transaction, find),
    )
    if (stretches.length === 0) continue
    const list = carried.get(item.id.client)
    if (list === undefined) carried.set(item.id.client, stretches)
    else list.push(...stretches)
  }
  return carried
}

/** New words and fields of clause texts, by client and clock. */
function freshItems(transaction: Y.Transaction): readonly Y.Item[] {
  const found: Y.Item[] = []
  for (const [client, end] of transaction.afterState) {
    const begin = transaction.beforeState.get(client) ?? 0
    const structs = transaction.doc.store.clients.get(client)
    if (begin === end || structs === undefined) continue
    for (let index = Y.findIndexSS(structs, begin); index < structs.length; index++) {
      const item = structs[index]
      if (item instanceof Y.Item && item.parentSub === null && wordsOf(item) !== "") found.push(item)
    }
  }
  return found
}

/** What this update deleted of what was there before, text by text. */
function deletedPools(
  transaction: Y.Transaction,
  deletions: Change["deletions"],
  fresh: readonly Y.Item[],
): ReadonlyMap<Y.XmlFragment, Pool> {
  const pools = new Map<Y.XmlFragment, Pool>()
  if (deletions.clients.size === 0) return pools
  const isGone = (item: Y.Item) => !isFresh(item, transaction) && Y.isDeleted(deletions, item.id)
  // so that every item is deleted whole or not at all by these
  Y.iterateDeletedStructs(transaction, deletions, () => undefined)
  for (const item of fresh) {
    const root = textRootOf(item)
    if (root !== null && !pools.has(root)) pools.set(root, poolOf(root, isGone))
  }
  return pools
}

/** The clause text (a fragment, not an element) that an item stands in; null for anything else in the document. */
function textRootOf(item: Y.Item): Y.XmlFragment | null {
  let at: unknown = item.parent
  while (at instanceof Y.AbstractType) {
    if (at instanceof Y.XmlFragment && !(at instanceof Y.XmlElement)) return at
    at = at._item?.parent ?? null
  }
  return null
}

/** Where the words of a new item were before; empty for words that are new. */
function carriedOf(
  item: Y.Item,
  change: Change,
  pools: ReadonlyMap<Y.XmlFragment, Pool>,
  isOneOfMany: boolean,
): readonly Found[] {
  const { transaction } = change
  const copy = copyOf(item, change, isOneOfMany)
  if (copy.length > 0) return copy
  const moved = movedFrom(item, transaction, pools)
  if (isWhole(moved, item)) return moved
  const restored = restoredWithNode(item, transaction)
  return isWhole(restored, item) ? restored : moved
}

const isWhole = (found: readonly Found[], item: Y.Item): boolean =>
  found.reduce((sum, { source }) => sum + source.length, 0) === wordsOf(item).length

function movedFrom(
  item: Y.Item,
  transaction: Y.Transaction,
  pools: ReadonlyMap<Y.XmlFragment, Pool>,
): readonly Found[] {
  const root = pools.size === 0 ? null : textRootOf(item)
  const pool = root === null ? undefined : pools.get(root)
  if (pool === undefined) return []
  const near = { chars: pool.chars.filter(({ parent }) => parent !== item.parent), last: pool.last }
  const found = look(item, near, transaction)
  pool.last = near.last
  return found
}

/** An undo's copy stands directly before its original. */
function copyOf(item: Y.Item, change: Change, isOneOfMany: boolean): readonly Found[] {
  const { transaction } = change
  const behind = goneAt(item.rightOrigin, transaction)
  if (item.content instanceof Y.ContentString) {
    const { str } = item.content
    const source = goneFrom(item.rightOrigin, str.length, transaction)
    const isSame = source.map(({ char }) => char).join("") === str
    // a single key may happen to type the first letter of what was deleted there
    const [first] = source
    const isKey = str.length === 1 && !isOneOfMany && first && !change.hasErased(first.client, first.clock)
    const isCopy = isSame && !isKey
    if (isCopy) return [{ at: 0, source }]
  }
  const copied = behind === null ? null : fieldOf(behind)
  const field = fieldOf(item)
  if (behind !== null && copied !== null && field !== null && attributesOf(copied) === attributesOf(field))
    return [{ at: 0, source: [{ char: FIELD, ...idOf(behind) }] }]
  return []
}

/** Or in the copy of a node that does. */
function restoredWithNode(item: Y.Item, transaction: Y.Transaction): readonly Found[] {
  let node = item.parent instanceof Y.AbstractType ? item.parent._item : null
  while (node !== null && isFresh(node, transaction)) {
    const gone = goneAt(node.rightOrigin, transaction)
    if (gone?.content instanceof Y.ContentType) {
      const found = look(
        item,
        poolOf(gone.content.type, (one) => one.deleted),
        transaction,
      )
      if (isWhole(found, item)) return found
    }
    node = node.parent instanceof Y.AbstractType ? node.parent._item : null
  }
  return []
}

const isFresh = (item: Y.Item, transaction: Y.Transaction): boolean =>
  item.id.clock >= (transaction.beforeState.get(item.id.client) ?? 0)

function goneAt(id: Y.ID | null, transaction: Y.Transaction): Y.Item | null {
  const structs = id === null ? undefined : transaction.doc.store.clients.get(id.client)
  if (id === null || structs === undefined) return null
  const item = structs[Y.findIndexSS(structs, id.clock)]
  return item instanceof Y.Item && item.deleted ? item : null
}

const idOf = ({ id, parent }: Y.Item) => ({ client: id.client, clock: id.clock, parent })

/** Deleted words from a place on, by their clocks: what others typed between them meanwhile doesn't part them. */
function goneFrom(id: Y.ID | null, length: number, transaction: Y.Transaction): readonly Char[] {
  const chars: Char[] = []
  let at = id
  while (at !== null && chars.length < length && at.clock < Y.getState(transaction.doc.store, at.client)) {
    const item: Y.Item | null = goneAt(at, transaction)
    if (!(item?.content instanceof Y.ContentString)) break
    const { str } = item.content
    for (let place = at.clock - item.id.clock; place < str.length; place++)
      chars.push({ char: str.charAt(place), client: item.id.client, clock: item.id.clock + place, parent: item.parent })
    at = Y.createID(at.client, item.id.clock + str.length)
  }
  return chars.slice(0, length)
}

function look(item: Y.Item, pool: Pool, transaction: Y.Transaction): readonly Found[] {
  const field = fieldOf(item)
  if (field === null) return findWords(pool, wordsOf(item))
  const wanted = attributesOf(field)
  const found = pool.chars.find(({ char, client, clock }) => {
    const item = char === FIELD ? goneAt(Y.createID(client, clock), transaction) : null
    const gone = item === null ? null : fieldOf(item)
    return gone !== null && attributesOf(gone) === wanted
  })
  return found === undefined ? [] : [{ at: 0, source: [found] }]
}

/** The new item's places, each as what its source was. */
function placed(item: Y.Item, { at, source }: Found, transaction: Y.Transaction, find: Find): readonly Stretch[] {
  const field = fieldOf(item)
  if (field !== null) return placedField(item, field, source, transaction, find)
  const { client, clock } = item.id
  return source.flatMap((char, index) => {
    const [known] = find(char.client, char.clock, 1)
    return known === undefined ? [] : [{ client, clock: clock + at + index, length: 1, written: known.written }]
  })
}

/** A field goes with its attributes, which are items of their own. */
function placedField(
  item: Y.Item,
  field: Y.XmlElement,
  [source]: readonly Char[],
  transaction: Y.Transaction,
  find: Find,
): readonly Stretch[] {
  const gone = source === undefined ? null : goneAt(Y.createID(source.client, source.clock), transaction)
  const origin = gone === null ? null : fieldOf(gone)
  const written =
    origin === null
      ? null
      : fieldWritten(origin, (one, offset, length) => find(one.id.client, one.id.clock + offset, length))
  if (written === null) return []
  const { client } = item.id
  return [item, ...field._map.values()]
    .filter((one) => one.id.client === client && isFresh(one, transaction))
    .map((one) => ({ client, clock: one.id.clock, length: one.length, written }))
    .toSorted((a, b) => a.clock - b.clock)
}
