import * as Y from "yjs"
import type { Fold } from "./authorship-fold.ts"
import { attributesOf, type Char, charsOf, fieldOf, isFresh, isText, textOf } from "./item-words.ts"
import { type Cursor, type Found, look } from "./look-for-words.ts"

/** An undo's copy stands directly before what it is a copy of, or in a copy of a node that does. */
export function restoredChars(
  item: Y.Item,
  transaction: Y.Transaction,
  fold: Fold,
  cursors: Map<Y.Item, Cursor>,
): Found | null {
  const gone = goneBehind(item, fold)
  const own = gone === null ? null : copyOf(item, gone, fold)
  if (own !== null) return claimed(item, { pieces: [{ at: 0, source: own }], settle: () => undefined }, fold)
  let node = item.parent instanceof Y.AbstractType ? item.parent._item : null
  while (node !== null && isFresh(node, transaction)) {
    const cursor = cursorFor(node, fold, cursors)
    const found = cursor === null ? null : look(item, cursor)
    if (found !== null) return claimed(item, found, fold)
    node = node.parent instanceof Y.AbstractType ? node.parent._item : null
  }
  return null
}

function copyOf(item: Y.Item, gone: Y.Item, fold: Fold): readonly Char[] | null {
  const copied = fieldOf(gone)
  const field = fieldOf(item)
  if (copied !== null)
    return field !== null && attributesOf(copied) === attributesOf(field) ? charsOfItem(gone, 1) : null
  const text = textOf(item)
  const deletions = fold.deletedByAuthor(gone)
  const words = textOf(gone).slice(0, deletions.at(-1) ?? 0)
  // a single key may happen to type the first letter of what was deleted there; a copy has all of it
  const isCopy = words.startsWith(text) && (text.length > 1 || deletions.includes(1))
  return field === null && isText(gone) && isCopy ? charsOfItem(gone, text.length) : null
}

const charsOfItem = (item: Y.Item, length: number): readonly Char[] =>
  Array.from({ length }, (_one, at) => ({
    char: textOf(item).charAt(at),
    item,
    clock: item.id.clock + at,
    parent: item.parent,
    attributes: null,
  }))

/** Words of the node that this one is a copy of. */
function cursorFor(node: Y.Item, fold: Fold, cursors: Map<Y.Item, Cursor>): Cursor | null {
  const gone = goneBehind(node, fold)
  if (!(gone?.content instanceof Y.ContentType) || fieldOf(gone) !== null) return null
  const known = cursors.get(gone)
  if (known !== undefined) return known
  // place by place: Yjs joins deleted items into one, whoever deleted each
  const deleted = charsOf(gone.content.type as Y.AbstractType<unknown>, (one) => one.deleted)
  const chars = deleted.filter(({ item, clock }) => fold.hasDeletedByAuthor(item.id.client, clock, 1))
  const cursor = { chars, next: 0 }
  cursors.set(gone, cursor)
  return cursor
}

/**
 * The deleted item that this one was put in front of, when the author of the update is who deleted it. Between the two
 * may stand what others wrote meanwhile, and nothing that this author wrote or deleted: so copies keep the order of
 * what they are copies of.
 */
function goneBehind(item: Y.Item, fold: Fold): Y.Item | null {
  const { author } = fold.current
  const wanted = item.rightOrigin
  if (wanted === null) return null
  for (let at = item.right; at !== null; at = at.right) {
    const isWanted = at.id.client === wanted.client && at.id.clock === wanted.clock
    if (isWanted) return fold.deletedByAuthor(at).length > 0 ? at : null
    if (fold.clients.get(at.id.client) === author || fold.hasDeletedByAuthor(at.id.client, at.id.clock, at.length))
      return null
  }
  return null
}

/** A deleted place stands again in one copy at a time. */
function claimed(item: Y.Item, found: Found, fold: Fold): Found | null {
  const store = item.parent instanceof Y.AbstractType ? item.parent.doc?.store : undefined
  const isFree = (char: Char): boolean => {
    const holder = fold.claims.get(keyOf(char))
    return holder === undefined || store === undefined || Y.getItem(store, holder).deleted
  }
  const pieces = found.pieces.filter(({ source }) => source.every(isFree))
  if (pieces.length === 0) return null
  return {
    pieces,
    settle: () => {
      found.settle()
      for (const { at, source } of pieces)
        for (const [index, char] of source.entries())
          fold.claims.set(keyOf(char), Y.createID(item.id.client, item.id.clock + at + index))
    },
  }
}

const keyOf = (char: Char): string => `${char.item.id.client}:${char.clock}`
