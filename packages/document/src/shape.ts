import { clauseTextSchema, isStoredCell, type TableName } from "@alternat/plan"
import { FIELD_ATTRIBUTES, parseField } from "@alternat/text"
import * as Y from "yjs"
import { isOrderKey, TEXTS_OF } from "./layout.ts"

/**
 * What may lie in the shared types that people write. Anything else an editor would delete for everybody, or a reader
 * would stumble over. Empty lists and items are let through: two people deleting at once make them, and they hold no words.
 */

/** The part of a shared type that is looked at; the library's own types of types don't fit into each other. */
interface Shared {
  readonly _start: Y.Item | null
  readonly _map: ReadonlyMap<string, Y.Item>
}

/**
 * Places in a clause text; null when it holds what the clause schema doesn't know. A node without words takes a place like
 * one with a word: else a text without end, which everybody would have to read, would count as empty.
 */
export function textLength(fragment: Shared): number | null {
  return fragment.constructor === Y.XmlFragment && !hasAttributes(fragment)
    ? sumOf(fragment, (child) =>
        isElement(child, "paragraph")
          ? paragraphLength(child)
          : isElement(child, "orderedList")
            ? listLength(child)
            : null,
      )
    : null
}

const listLength = (list: Y.XmlElement): number | null =>
  hasAttributes(list)
    ? null
    : oneMore(
        sumOf(list, (item) =>
          isElement(item, "listItem") && !hasAttributes(item)
            ? oneMore(sumOf(item, (child) => (isElement(child, "paragraph") ? paragraphLength(child) : null)))
            : null,
        ),
      )

const oneMore = (length: number | null): number | null => (length === null ? null : length + 1)

const paragraphLength = (paragraph: Y.XmlElement): number | null => {
  if (hasAttributes(paragraph)) return null
  return oneMore(
    sumOf(paragraph, (child) => {
      if (child instanceof Y.XmlText && child.constructor === Y.XmlText) return oneMore(wordsLength(child))
      return isElement(child, "field") && isFieldElement(child) ? 1 : null
    }),
  )
}

/** Characters and line breaks of a plain text (`plain-text.ts`); null when it is something else. */
export function plainLength(fragment: Shared): number | null {
  return fragment.constructor === Y.XmlFragment && !hasAttributes(fragment)
    ? sumOf(fragment, (child) => {
        if (!isElement(child, "paragraph") || hasAttributes(child)) return null
        const words = sumOf(child, (leaf) =>
          leaf instanceof Y.XmlText && leaf.constructor === Y.XmlText && isBare(leaf) ? wordsLength(leaf) : null,
        )
        return words === null ? null : words + 1
      })
    : null
}

/** Without a format mark, also one that says that a format ends here. */
function isBare(text: Y.XmlText): boolean {
  for (let item = text._start; item !== null; item = item.right)
    if (!item.deleted && item.content instanceof Y.ContentFormat) return false
  return true
}

const isElement = (type: Shared, name: string): type is Y.XmlElement =>
  type instanceof Y.XmlElement && type.constructor === Y.XmlElement && type.nodeName === name

function isFieldElement(element: Y.XmlElement): boolean {
  const attributes = element.getAttributes() as Readonly<Record<string, unknown>>
  const known: readonly string[] = FIELD_ATTRIBUTES
  const isClean = Object.entries(attributes).every(([name, value]) => known.includes(name) && isShort(value))
  return isClean && sumOf(element, () => null) === 0 && parseField(attributes) !== null
}

const isShort = (value: unknown): boolean => typeof value === "string" && value.length <= 120

function hasAttributes(type: Shared): boolean {
  for (const item of type._map.values()) if (!item.deleted) return true
  return false
}

function sumOf(parent: Shared, lengthOf: (child: Shared) => number | null): number | null {
  let sum = 0
  for (let item = parent._start; item !== null; item = item.right) {
    if (item.deleted) continue
    if (!(item.content instanceof Y.ContentType)) return null
    const length = lengthOf(item.content.type)
    if (length === null) return null
    sum += length
  }
  return sum
}

function wordsLength(text: Y.XmlText): number | null {
  if (hasAttributes(text)) return null
  let length = 0
  for (let item = text._start; item !== null; item = item.right) {
    if (item.deleted) continue
    const { content } = item
    if (content instanceof Y.ContentString) length += content.str.length
    else if (!(content instanceof Y.ContentFormat) || !isEmphasis(content)) return null
  }
  return length
}

const isEmphasis = ({ key, value }: Y.ContentFormat): boolean => {
  const mark = value as unknown
  return key === "em" && (mark === null || (typeof mark === "object" && Object.keys(mark).length === 0))
}

/** A map's own keys and values, or null when it is something else than a map of them. */
function plainEntries(type: unknown): ReadonlyMap<string, unknown> | null {
  if (!(type instanceof Y.Map) || type.constructor !== Y.Map || type._start !== null) return null
  return new Map(type.entries())
}

/** May this value stand in this field of a row? */
export function isCell(table: TableName, field: string, value: unknown): boolean {
  // an entry may hold "undefined", and reads as if it weren't there
  if (value === undefined) return false
  if (field === "order") return isOrderKey(value)
  if (field === "deleted") return false
  return !isShared(value) && isStoredCell(table, field, value)
}

export const isRow = (table: TableName, value: unknown): boolean => {
  const entries = plainEntries(value)
  return entries !== null && entries.has("order") && [...entries].every(([field, cell]) => isCell(table, field, cell))
}

const isShared = (value: unknown): boolean =>
  value instanceof Y.AbstractType || value instanceof Uint8Array || value instanceof Y.Doc

const isWord = (value: unknown): boolean => typeof value === "string" && /^[\w.:-]{1,80}$/.test(value)
const isText =
  (max: number) =>
  (value: unknown): boolean =>
    typeof value === "string" && value.length <= max
const isWordOrNull = (value: unknown): boolean => value === null || isWord(value)
const isOneOf =
  (words: readonly string[]) =>
  (value: unknown): boolean =>
    words.includes(value as string)
const isClauseText =
  (limit: number) =>
  (value: unknown): boolean => {
    const length = value instanceof Y.XmlFragment ? textLength(value) : null
    return length !== null && length <= limit
  }
/** Two texts as values, each no longer than a text may be; the form is JSON, so a field takes a few characters for each place. */
const isTextPairOrNull =
  (limit: number) =>
  (value: unknown): boolean => {
    if (value === null) return true
    if (typeof value !== "object" || isShared(value)) return false
    const { en, ru, ...rest } = value as Readonly<Record<string, unknown>>
    const isValue = (text: unknown) =>
      clauseTextSchema.safeParse(text).success && JSON.stringify(text).length <= limit * 4
    return isValue(en) && isValue(ru) && Object.keys(rest).length === 0
  }
const isPlainText =
  (max: number) =>
  (value: unknown): boolean => {
    const length = value instanceof Y.XmlFragment ? plainLength(value) : null
    return length !== null && length <= max
  }
const isPlain = (value: unknown): boolean => !isShared(value) && JSON.stringify(value ?? null).length <= 40_000

type Shape = Readonly<Record<string, (value: unknown) => boolean>>

const draftShape = (limit: number): Shape => ({
  clauseId: isWord,
  kind: isOneOf(["replace", "insert_after", "delete"]),
  role: isWord,
  at: isText(40),
  marking: isText(120),
  en: isClauseText(limit),
  ru: isClauseText(limit),
  base: isTextPairOrNull(limit),
  "note.en": isPlainText(8000),
  "note.ru": isPlainText(8000),
})

const NOTE_SHAPE: Shape = {
  kind: isOneOf(["red_line", "instruction", "fallback", "scenario", "note"]),
  clauseId: isWordOrNull,
  refersTo: (value) => Array.isArray(value) && value.length <= 100 && value.every(isWord),
  role: isWord,
  at: isText(40),
  marking: isText(120),
  text: isPlainText(20_000),
  data: isPlain,
}

const fits = (value: unknown, shape: Shape, required: readonly string[]): boolean => {
  const entries = plainEntries(value)
  if (entries === null || !required.every((key) => entries.has(key))) return false
  return [...entries].every(([key, inner]) => Object.hasOwn(shape, key) && shape[key]?.(inner) === true)
}

export const isDraft = (value: unknown, limit: number): boolean =>
  fits(value, draftShape(limit), ["clauseId", "kind", "at", ...TEXTS_OF.drafts])
export const isNote = (value: unknown): boolean => fits(value, NOTE_SHAPE, ["kind", "at", ...TEXTS_OF.notes])
