import * as Y from "yjs"
import { fieldWritten } from "./authored-runs.ts"
import type { Fold, Stretch } from "./authorship-fold.ts"
import { attributesOf, type Char, charsOf, fieldOf, freshItems, isText, textOf, textRootOf } from "./item-words.ts"
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

/** Words to look in, in the order of the text; what is before `next` has been found already. */
export interface Cursor {
  readonly chars: readonly Char[]
  next: number
}

/** Where a new item's words stood before. `settle` says that it is taken for true: those places are used up. */
export interface Found {
  readonly pieces: readonly Carried[]
  settle(): void
}

/** Words moved within the text may look like a restored node's as well; what explains more of them is what happened. */
const better = (restored: Found | null, moved: Found | null): Found | null =>
  restored === null || (moved !== null && sizeOf(moved) >= sizeOf(restored)) ? moved : restored

const sizeOf = ({ pieces }: Found): number => pieces.reduce((sum, { source }) => sum + source.length, 0)

/** A piece of a new item, and the places where it stood before. */
export interface Carried {
  readonly at: number
  readonly source: readonly Char[]
}

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

/** Finds an item's words further on than the last ones found: whole, or, where a key fell between, both ends of them. */
export function look(item: Y.Item, cursor: Cursor): Found | null {
  const chars = cursor.chars.slice(cursor.next).filter((char) => char.parent !== item.parent)
  if (chars.length === 0) return null
  const field = fieldOf(item)
  const pieces = field === null ? lookForWords(textOf(item), chars) : lookForField(field, chars)
  const last = pieces.at(-1)?.source.at(-1)
  if (last === undefined) return null
  return {
    pieces,
    settle: () => {
      cursor.next = cursor.chars.indexOf(last) + 1
    },
  }
}

function lookForField(field: Y.XmlElement, chars: readonly Char[]): readonly Carried[] {
  const wanted = attributesOf(field)
  const found = chars.find((char) => char.attributes === wanted)
  return found === undefined ? [] : [{ at: 0, source: [found] }]
}

function lookForWords(text: string, chars: readonly Char[]): readonly Carried[] {
  const where = chars.map(({ char }) => char).join("")
  const whole = where.indexOf(text)
  if (whole >= 0) return [{ at: 0, source: chars.slice(whole, whole + text.length) }]
  const ends = [endsOf(text, where, "beginning"), endsOf(text, where, "ending")]
  const [best] = ends.toSorted((a, b) => lengthOf(b) - lengthOf(a))
  return (best ?? []).map(({ at, from, length }) => ({ at, source: chars.slice(from, from + length) }))
}

interface Piece {
  readonly at: number
  readonly from: number
  readonly length: number
}
const lengthOf = (pieces: readonly Piece[]): number => pieces.reduce((sum, piece) => sum + piece.length, 0)

/** The longest beginning and ending of a text, one behind the other, the named one looked for first. */
function endsOf(text: string, where: string, first: "beginning" | "ending"): readonly Piece[] {
  if (first === "beginning") {
    const length = longest(text.length, (size) => where.includes(text.slice(0, size)))
    const from = where.indexOf(text.slice(0, length))
    const rest = text.slice(length)
    const after = where.slice(from + length)
    const tail = longest(rest.length, (size) => after.includes(rest.slice(rest.length - size)))
    const tailFrom = from + length + after.indexOf(rest.slice(rest.length - tail))
    return [
      { at: 0, from, length },
      { at: text.length - tail, from: tailFrom, length: tail },
    ].filter((piece) => piece.length > 0)
  }
  const length = longest(text.length, (size) => where.includes(text.slice(text.length - size)))
  const from = where.lastIndexOf(text.slice(text.length - length))
  const rest = text.slice(0, text.length - length)
  const before = where.slice(0, from)
  const head = longest(rest.length, (size) => before.includes(rest.slice(0, size)))
  return [
    { at: 0, from: before.indexOf(rest.slice(0, head)), length: head },
    { at: text.length - length, from, length },
  ].filter((piece) => piece.length > 0)
}

/** If a piece of some size is there, so is every smaller one. */
function longest(most: number, isThere: (size: number) => boolean): number {
  let low = 0
  let high = most
  while (low < high) {
    const middle = Math.ceil((low + high) / 2)
    if (isThere(middle)) low = middle
    else high = middle - 1
  }
  return low
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
