import type { ClauseText } from "@alternat/plan"
import { flatText } from "@alternat/text"
import type { Node as PmNode } from "@tiptap/pm/model"
import * as Y from "yjs"

/**
 * One way of counting places in a clause text that three forms share: the value (`ClauseText`), the shared fragment
 * (`Y.XmlFragment`) and the live editor's document. A character counts one, a field counts one, and so does the step
 * from one paragraph or list item to the next. So a comment, a caret or a lint found in one form is drawn in any other.
 */

/** Where a quotation stands, when it stands in exactly one place. */
export function findQuote(text: ClauseText, quote: string): { readonly from: number; readonly to: number } | null {
  if (quote === "") return null
  const whole = flatText(text)
  const from = whole.indexOf(quote)
  if (from < 0 || whole.indexOf(quote, from + 1) >= 0) return null
  return { from, to: from + quote.length }
}

// The live editor's document.

/** Place in an editor's document → offset. A place outside every line counts as the end of the line before it. */
export function posToOffset(doc: PmNode, pos: number): number {
  let offset = 0
  let found = -1
  let first = true
  doc.descendants((node, start) => {
    if (found >= 0) return false
    if (!node.isTextblock) return true
    if (!first) offset += 1
    first = false
    const inside = pos - start - 1
    if (inside <= node.content.size) {
      found = offset + Math.max(0, inside)
      return false
    }
    offset += node.content.size
    return false
  })
  return found >= 0 ? found : offset
}

/** Offset → place in an editor's document; past the end is the end. */
export function offsetToPos(doc: PmNode, offset: number): number {
  let rest = Math.max(0, offset)
  let found = -1
  let last = 0
  doc.descendants((node, start) => {
    if (found >= 0) return false
    if (!node.isTextblock) return true
    if (rest <= node.content.size) found = start + 1 + rest
    rest -= node.content.size + 1
    last = start + 1 + node.content.size
    return false
  })
  return found >= 0 ? found : last
}

// The shared fragment.

const isLine = (type: Y.XmlElement): boolean => type.nodeName === "paragraph"
type Leaf = Y.XmlText | Y.XmlElement

/** Lines of a fragment, each with the leaves that make it up. */
function fragmentLines(fragment: Y.XmlFragment): readonly Y.XmlElement[] {
  const lines: Y.XmlElement[] = []
  const visit = (parent: Y.XmlFragment) => {
    for (const child of parent.toArray()) {
      if (!(child instanceof Y.XmlElement)) continue
      if (isLine(child)) lines.push(child)
      else visit(child)
    }
  }
  visit(fragment)
  return lines
}

const leafLength = (leaf: Leaf): number => (leaf instanceof Y.XmlText ? leaf.length : 1)
const leavesOf = (line: Y.XmlElement): readonly Leaf[] =>
  line.toArray().filter((leaf): leaf is Leaf => leaf instanceof Y.XmlText || leaf instanceof Y.XmlElement)

/** A place that follows its neighbours through anybody's edits. */
export function relativeAt(fragment: Y.XmlFragment, offset: number, assoc = 0): Y.RelativePosition {
  let rest = offset
  const lines = fragmentLines(fragment)
  for (const line of lines) {
    for (const [index, leaf] of leavesOf(line).entries()) {
      const length = leafLength(leaf)
      if (leaf instanceof Y.XmlText && rest <= length) return Y.createRelativePositionFromTypeIndex(leaf, rest, assoc)
      if (rest < length) return Y.createRelativePositionFromTypeIndex(line, index, assoc)
      rest -= length
    }
    if (rest <= 0) return Y.createRelativePositionFromTypeIndex(line, line.length, assoc)
    rest -= 1
  }
  const last = lines.at(-1)
  return Y.createRelativePositionFromTypeIndex(last ?? fragment, (last ?? fragment).length, assoc)
}

/** Where such a place is now; null when its surroundings are gone. */
export function offsetOfRelative(fragment: Y.XmlFragment, relative: Y.RelativePosition): number | null {
  const doc = fragment.doc
  if (doc === null) return null
  const found = Y.createAbsolutePositionFromRelativePosition(relative, doc)
  if (found === null) return null
  let offset = 0
  for (const line of fragmentLines(fragment)) {
    const leaves = leavesOf(line)
    if (found.type === line) {
      return leaves.slice(0, found.index).reduce((sum, leaf) => sum + leafLength(leaf), offset)
    }
    for (const leaf of leaves) {
      if (found.type === leaf) return offset + Math.min(found.index, leafLength(leaf))
      offset += leafLength(leaf)
    }
    offset += 1
  }
  return null
}
