import * as Y from "yjs"

/** A field among words: one place, as everywhere. */
export const FIELD = "\uFFFC"

/** A character, or a field as one, of which item's which place, and in which node it stands. */
export interface Char {
  readonly char: string
  readonly client: number
  readonly clock: number
  readonly parent: unknown
}

/** Words to look in, in the order of the text. */
export interface Pool {
  readonly chars: readonly Char[]
  /** the last one that was found: what was moved together is found together */
  last: Char | null
}

/** An item's words; a field is one character; anything else is "". */
export function wordsOf(item: Y.Item): string {
  if (item.content instanceof Y.ContentString) return item.content.str
  return fieldOf(item) === null ? "" : FIELD
}

export function fieldOf(item: Y.Item): Y.XmlElement | null {
  const type = item.content instanceof Y.ContentType ? item.content.type : null
  return type instanceof Y.XmlElement && type.nodeName === "field" ? type : null
}

/** A field's attributes, whether it stands or not. */
export const attributesOf = (field: Y.XmlElement): string =>
  [...field._map]
    .map(([key, item]) => JSON.stringify([key, item.content.getContent()]))
    .toSorted((a, b) => (a < b ? -1 : a > b ? 1 : 0))
    .join()

/** The words below a node that are asked for, those of its children too. */
export function poolOf(node: unknown, wants: (item: Y.Item) => boolean): Pool {
  const chars: Char[] = []
  const visit = (parent: unknown) => {
    if (!(parent instanceof Y.AbstractType)) return
    for (let item: Y.Item | null = parent._start; item !== null; item = item.right) {
      if (wants(item)) chars.push(...charsOf(item, wordsOf(item), parent))
      if (item.content instanceof Y.ContentType && fieldOf(item) === null) visit(item.content.type)
    }
  }
  visit(node)
  return { chars, last: null }
}

const charsOf = (item: Y.Item, words: string, parent: unknown): readonly Char[] =>
  Array.from({ length: words.length }, (_one, at) => ({
    char: words.charAt(at),
    client: item.id.client,
    clock: item.id.clock + at,
    parent,
  }))

/** A piece of words and where it stands in a pool. */
export interface Found {
  /** place in the words */
  readonly at: number
  readonly source: readonly Char[]
}

/** Finds words whole, or else, for a key typed between two moved halves, their longest end and beginning. */
export function findWords(pool: Pool, words: string): readonly Found[] {
  const text = pool.chars.map(({ char }) => char).join("")
  const whole = take(pool, text, words)
  if (whole !== null) return [{ at: 0, source: whole }]
  const ending = longest(pool, text, words.length, (length) => words.slice(words.length - length))
  const rest = words.slice(0, words.length - ending.length)
  const beginning = longest(pool, text, rest.length, (length) => rest.slice(0, length))
  return [
    { at: 0, source: beginning },
    { at: rest.length, source: ending },
  ]
}

/** The longest piece that stands in a pool: if one does, so does every shorter one. */
function longest(pool: Pool, text: string, limit: number, piece: (length: number) => string): readonly Char[] {
  let low = 0
  let high = limit
  while (low < high) {
    const middle = Math.ceil((low + high) / 2)
    if (text.includes(piece(middle))) low = middle
    else high = middle - 1
  }
  return low === 0 ? [] : (take(pool, text, piece(low)) ?? [])
}

function take(pool: Pool, text: string, words: string): readonly Char[] | null {
  const next = pool.last === null ? 0 : pool.chars.indexOf(pool.last) + 1
  const ahead = text.indexOf(words, next)
  const from = ahead < 0 ? text.indexOf(words) : ahead
  if (from < 0) return null
  const found = pool.chars.slice(from, from + words.length)
  pool.last = found.at(-1) ?? pool.last
  return found
}
