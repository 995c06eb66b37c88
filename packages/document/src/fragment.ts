import type { ClauseText, Inline } from "@alternat/plan"
import {
  diffTokens,
  FIELD_ATTRIBUTES,
  inlineString,
  isSameText,
  type Line,
  linesOf,
  linesToText,
  parseField,
  type Token,
  textToNode,
  tokensOfInlines,
} from "@alternat/text"
import { updateYFragment } from "@tiptap/y-tiptap"
import * as Y from "yjs"

/**
 * A clause text in a Y.XmlFragment, in the encoding of the editor's binding (y-tiptap): elements by node name, one
 * XmlText for each stretch of words, emphasis as the format `em: {}`, a field as an element with its attributes.
 * Reading walks the items themselves: it is done for every clause at every fold.
 */

/** The text as a value, in normal form. What the schema doesn't know is left out. */
export function readFragment(fragment: Y.XmlFragment): ClauseText {
  const lines: Line[] = []
  for (const block of elementsOf(fragment)) {
    if (block.nodeName === "paragraph") lines.push({ block: "p", first: false, inlines: inlinesOf(block) })
    if (block.nodeName !== "orderedList") continue
    let first = true
    for (const item of elementsOf(block)) {
      for (const paragraph of elementsOf(item)) {
        lines.push({ block: "item", first, inlines: inlinesOf(paragraph) })
        first = false
      }
    }
  }
  return linesToText(lines)
}

/** Child elements. */
export function* elementsOf(parent: Y.XmlFragment): Generator<Y.XmlElement> {
  for (let item = parent._start; item !== null; item = item.right) {
    if (!item.deleted && item.content instanceof Y.ContentType && item.content.type instanceof Y.XmlElement)
      yield item.content.type
  }
}

/** Paragraphs in reading order, those inside list items too. */
export function paragraphsOf(fragment: Y.XmlFragment): readonly Y.XmlElement[] {
  return [...elementsOf(fragment)].flatMap((element) =>
    element.nodeName === "paragraph" ? [element] : paragraphsOf(element),
  )
}

/** What a paragraph is made of: words and fields. */
export function leavesOf(paragraph: Y.XmlElement): readonly (Y.XmlText | Y.XmlElement)[] {
  const leaves: (Y.XmlText | Y.XmlElement)[] = []
  for (let item = paragraph._start; item !== null; item = item.right) {
    if (item.deleted || !(item.content instanceof Y.ContentType)) continue
    const { type } = item.content
    if (type instanceof Y.XmlText || type instanceof Y.XmlElement) leaves.push(type)
  }
  return leaves
}

const inlinesOf = (paragraph: Y.XmlElement): readonly Inline[] => leavesOf(paragraph).flatMap(inlinesOfLeaf)

function inlinesOfLeaf(leaf: Y.XmlText | Y.XmlElement): readonly Inline[] {
  if (leaf instanceof Y.XmlText) return inlinesOfText(leaf)
  const field = leaf.nodeName === "field" ? parseField(leaf.getAttributes()) : null
  return field === null ? [] : [field]
}

function inlinesOfText(text: Y.XmlText): readonly Inline[] {
  const inlines: Inline[] = []
  let isEm = false
  for (let item = text._start; item !== null; item = item.right) {
    if (item.deleted) continue
    if (item.content instanceof Y.ContentFormat) {
      if (item.content.key === "em") isEm = item.content.value !== null
    } else if (item.content instanceof Y.ContentString) {
      inlines.push(isEm ? { em: item.content.str } : item.content.str)
    }
  }
  return inlines
}

/** A new fragment that holds this text; to be put into a map in the same transaction. */
export function newFragment(text: ClauseText): Y.XmlFragment {
  const fragment = new Y.XmlFragment()
  fragment.insert(
    0,
    text.map((block) => {
      if ("p" in block) return paragraphOf(block.p)
      const list = new Y.XmlElement("orderedList")
      list.insert(
        0,
        block.list.map((inlines) => {
          const item = new Y.XmlElement("listItem")
          item.insert(0, [paragraphOf(inlines)])
          return item
        }),
      )
      return list
    }),
  )
  return fragment
}

function paragraphOf(inlines: readonly Inline[]): Y.XmlElement {
  const paragraph = new Y.XmlElement("paragraph")
  paragraph.insert(
    0,
    groupWords(inlines).map((part) => (Array.isArray(part) ? textOf(part) : fieldOf(part))),
  )
  return paragraph
}

/** Neighbouring words and emphasis lie in one XmlText, whatever their marks; a field stands by itself. */
function groupWords(inlines: readonly Inline[]): readonly (Inline[] | Inline)[] {
  const parts: (Inline[] | Inline)[] = []
  for (const inline of inlines) {
    const last = parts.at(-1)
    if (typeof inline === "object" && "field" in inline) parts.push(inline)
    else if (Array.isArray(last)) last.push(inline)
    else parts.push([inline])
  }
  return parts
}

function textOf(inlines: readonly Inline[]): Y.XmlText {
  const text = new Y.XmlText()
  text.applyDelta(inlines.map((inline) => ({ insert: inlineString(inline), attributes: attributesOf(inline) })))
  return text
}

const attributesOf = (inline: Inline): Record<string, unknown> =>
  typeof inline === "object" && "em" in inline ? { em: {} } : {}

function fieldOf(inline: Inline): Y.XmlElement {
  const element = new Y.XmlElement("field")
  const attributes = inline as unknown as Readonly<Record<string, string | undefined>>
  for (const name of FIELD_ATTRIBUTES) {
    const value = attributes[name]
    if (value !== undefined) element.setAttribute(name, value)
  }
  return element
}

/**
 * Writes a text as a minimal difference: words that stay are not touched, so carets and comments on them stay, and
 * whatever somebody else types there at the same moment survives.
 */
export function writeFragment(fragment: Y.XmlFragment, text: ClauseText): void {
  const doc = fragment.doc
  if (doc === null || isSameText(readFragment(fragment), text)) return
  doc.transact(() => {
    writeWords(fragment, text)
    if (isSameText(readFragment(fragment), text)) return
    updateYFragment(doc, fragment, textToNode(text), { mapping: new Map(), isOMark: new Map() })
  })
}

// Word by word, wherever old and new lines have the same fields in the same places; the rest is left to the binding.
function writeWords(fragment: Y.XmlFragment, text: ClauseText): void {
  const paragraphs = paragraphsOf(fragment)
  const lines = linesOf(text)
  if (paragraphs.length !== lines.length) return
  lines.forEach((line, index) => {
    const paragraph = paragraphs[index]
    if (paragraph === undefined) return
    const leaves = leavesOf(paragraph)
    const parts = groupWords(line.inlines)
    const sameShape =
      leaves.length === parts.length &&
      leaves.every((leaf, at) =>
        Array.isArray(parts[at])
          ? leaf instanceof Y.XmlText
          : JSON.stringify(inlinesOfLeaf(leaf)) === JSON.stringify([parts[at]]),
      )
    if (!sameShape) return
    leaves.forEach((leaf, at) => {
      if (leaf instanceof Y.XmlText) writeLeaf(leaf, parts[at] as Inline[])
    })
  })
}

function writeLeaf(leaf: Y.XmlText, inlines: readonly Inline[]): void {
  const a = tokensOfInlines(inlinesOfText(leaf))
  const b = tokensOfInlines(inlines)
  const delta: { retain?: number; delete?: number; insert?: string; attributes?: Record<string, unknown> }[] = []
  let at = 0
  for (const hunk of diffTokens(a, b)) {
    const kept = lengthOf(a.slice(at, hunk.fromA))
    if (kept > 0) delta.push({ retain: kept })
    const removed = lengthOf(a.slice(hunk.fromA, hunk.toA))
    if (removed > 0) delta.push({ delete: removed })
    for (const token of b.slice(hunk.fromB, hunk.toB)) {
      if (token.type !== "line")
        delta.push({ insert: inlineString(token.inline), attributes: attributesOf(token.inline) })
    }
    at = hunk.toA
  }
  if (delta.length > 0) leaf.applyDelta(delta)
}

const lengthOf = (tokens: readonly Token[]): number =>
  tokens.reduce((sum, token) => sum + (token.type === "line" ? 0 : inlineString(token.inline).length), 0)
