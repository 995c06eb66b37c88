import * as Y from "yjs"
import { fieldWritten } from "./authored-runs.ts"
import type { Fold, Stretch } from "./authorship-fold.ts"
import { type Char, charsOf, fieldOf, freshItems, isText, textRootOf } from "./item-words.ts"
import { type Carried, type Cursor, type Found, look } from "./look-for-words.ts"
import { restoredChars } from "./restored-words.ts"

/**
 * Words that an update brings though they were there before. A paragraph split in two or joined, a list made of
 * paragraphs, a value put between two words: the editor's binding deletes the words here and writes them anew there,
 * within one update. An undo brings deleted words back as a copy directly before what it is a copy of. Either way they
 * are new items of whoever pressed the key, and they are not that person's words.
 *
 * Nobody may put words into another's mouth by this, so it gives no more than a hand that deletes words has anyway: what
 * was moved was deleted by this very update, what was restored by the same author before; each place counts once, and
 * in the order in which it stood. Words typed over others in one place are never taken for theirs.
 */
export function carriedStretches(transaction: Y.Transaction, fold: Fold): ReadonlyMap<number, readonly Stretch[]> {
  const carried = new Map<number, Stretch[]>()
  for (const [root, fresh] of byRoot(freshItems(transaction))) {
    const gone = goneChars(root, fresh, transaction)
    const restores = new Map<Y.Item, Cursor>()
    const moves: Cursor = { chars: gone, next: 0 }
    for (const item of fresh.length > 1 ? inOrder(root, fresh) : fresh) {
      const found = better(restoredChars(item, transaction, fold, restores), look(item, moves))
      if (found === null) continue
      found.settle()
      const stretches = placed(item, found.pieces, transaction, fold)
      carried.set(item.id.client, [...(carried.get(item.id.client) ?? []), ...stretches])
    }
  }
  for (const list of carried.values()) list.sort((a, b) => a.clock - b.clock)
  return carried
}

/** Words moved within the text may look like a restored node's as well; what explains more of them is what happened. */
const better = (restored: Found | null, moved: Found | null): Found | null =>
  restored === null || (moved !== null && sizeOf(moved) >= sizeOf(restored)) ? moved : restored

const sizeOf = ({ pieces }: Found): number => pieces.reduce((sum, { source }) => sum + source.length, 0)

function byRoot(items: readonly Y.Item[]): ReadonlyMap<Y.XmlFragment, readonly Y.Item[]> {
  const roots = new Map<Y.XmlFragment, Y.Item[]>()
  for (const item of items) {
    const root = item.parent instanceof Y.AbstractType ? textRootOf(item.parent) : null
    if (root === null) continue
    const list = roots.get(root)
    if (list === undefined) roots.set(root, [item])
    else list.push(item)
  }
  return roots
}

/** As they stand in the text: the clock's order is the writer's own to choose. */
function inOrder(root: Y.XmlFragment, items: readonly Y.Item[]): readonly Y.Item[] {
  const wanted = new Set(items)
  const found: Y.Item[] = []
  const visit = (type: Y.AbstractType<unknown>) => {
    for (let item = type._start; item !== null; item = item.right) {
      if (wanted.has(item)) found.push(item)
      if (item.content instanceof Y.ContentType) visit(item.content.type as Y.AbstractType<unknown>)
    }
  }
  visit(root as Y.AbstractType<unknown>)
  return found
}

/** What this update deleted of what was in the text before, in its order; nothing where it can be nowhere else now. */
function goneChars(root: Y.XmlFragment, fresh: readonly Y.Item[], transaction: Y.Transaction): readonly Char[] {
  const parents = new Set<unknown>()
  Y.iterateDeletedStructs(transaction, transaction.deleteSet, (struct) => {
    if (struct instanceof Y.Item && isText(struct)) parents.add(struct.parent)
  })
  // typing over words in one place is by far the most common, and needs no walk through the whole text
  if (!fresh.some((item) => parents.size > (parents.has(item.parent) ? 1 : 0))) return []
  return charsOf(
    root as Y.AbstractType<unknown>,
    (item) =>
      Y.isDeleted(transaction.deleteSet, item.id) && item.id.clock < (transaction.beforeState.get(item.id.client) ?? 0),
  )
}

/** The new item's places, each as what its source was. */
function placed(item: Y.Item, pieces: readonly Carried[], transaction: Y.Transaction, fold: Fold): readonly Stretch[] {
  const field = fieldOf(item)
  const { client, clock } = item.id
  if (field === null)
    return pieces.flatMap(({ at, source }) =>
      source.flatMap((char, index) => {
        const [known] = fold.written.find(char.item.id.client, char.clock, 1)
        return known === undefined ? [] : [{ client, clock: clock + at + index, length: 1, value: known.value }]
      }),
    )
  const origin = pieces[0]?.source[0]
  const gone = origin === undefined ? null : fieldOf(origin.item)
  const written = gone === null ? null : fieldWritten(gone, (one, offset, length) => fold.within(one, offset, length))
  if (written === null) return []
  // a field goes with its attributes, which are items of their own
  return [item, ...field._map.values()]
    .filter((one) => one.id.client === client && one.id.clock >= (transaction.beforeState.get(client) ?? 0))
    .map((one) => ({ client, clock: one.id.clock, length: one.length, value: written }))
}
