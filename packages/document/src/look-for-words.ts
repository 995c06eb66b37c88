import type * as Y from "yjs"
import { attributesOf, type Char, fieldOf, textOf } from "./item-words.ts"

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

/** A piece of a new item, and the places where it stood before. */
export interface Carried {
  readonly at: number
  readonly source: readonly Char[]
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
