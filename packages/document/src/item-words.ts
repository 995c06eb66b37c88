import * as Y from "yjs"

/** A character of an item, deleted or not; a field is one that also says what it refers to. */
export interface Char {
  readonly char: string
  readonly item: Y.Item
  readonly clock: number
  /** the node it stands in */
  readonly parent: unknown
  /** of a field */
  readonly attributes: string | null
}

const FIELD = "\uFFFC"

/** An item's words; a field is one character; anything else is "". */
export function textOf(item: Y.Item): string {
  if (item.content instanceof Y.ContentString) return item.content.str
  return fieldOf(item) === null ? "" : FIELD
}

export const isText = (item: Y.Item): boolean => textOf(item) !== ""

export function fieldOf(item: Y.Item): Y.XmlElement | null {
  const type = item.content instanceof Y.ContentType ? item.content.type : null
  return type instanceof Y.XmlElement && type.nodeName === "field" ? type : null
}

/** What a field refers to, whether it stands or not. */
export const attributesOf = (field: Y.XmlElement): string =>
  JSON.stringify(
    [...field._map].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([key, item]) => [key, item.content.getContent()]),
  )

/** New words and fields, of any text. */
export function freshItems(transaction: Y.Transaction): readonly Y.Item[] {
  const found: Y.Item[] = []
  for (const [client, end] of transaction.afterState) {
    const begin = transaction.beforeState.get(client) ?? 0
    const structs = transaction.doc.store.clients.get(client)
    if (begin === end || structs === undefined) continue
    for (let index = Y.findIndexSS(structs, begin); index < structs.length; index++) {
      const item = structs[index]
      if (item instanceof Y.Item && item.parentSub === null && isText(item)) found.push(item)
    }
  }
  return found
}

export const isFresh = (item: Y.Item, transaction: Y.Transaction): boolean =>
  item.id.clock >= (transaction.beforeState.get(item.id.client) ?? 0)

/** The clause text (a fragment, not an element) that a node stands in; null for anything else in the document. */
export function textRootOf(type: Y.AbstractType<unknown>): Y.XmlFragment | null {
  let at: unknown = type
  while (at instanceof Y.AbstractType) {
    if (at instanceof Y.XmlFragment && !(at instanceof Y.XmlElement)) return at
    at = at._item?.parent ?? null
  }
  return null
}

/** All wanted words below a node in the order of the text, those of its children too. */
export function charsOf(type: Y.AbstractType<unknown>, wants: (item: Y.Item) => boolean): readonly Char[] {
  const chars: Char[] = []
  const visit = (parent: Y.AbstractType<unknown>) => {
    for (let item = parent._start; item !== null; item = item.right) {
      const field = fieldOf(item)
      if (wants(item)) {
        const text = textOf(item)
        const attributes = field === null ? null : attributesOf(field)
        for (let at = 0; at < text.length; at++)
          chars.push({ char: text.charAt(at), item, clock: item.id.clock + at, parent, attributes })
      }
      if (field === null && item.content instanceof Y.ContentType) visit(item.content.type as Y.AbstractType<unknown>)
    }
  }
  visit(type)
  return chars
}
