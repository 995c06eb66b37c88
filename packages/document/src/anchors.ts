import { flatText } from "@alternat/text"
import * as Y from "yjs"
import { leavesOf, paragraphsOf, readFragment } from "./fragment.ts"

/**
 * Places in a text that follow their neighbours through anybody's edits: what a comment hangs on. Offsets count as in
 * `flatText`: a character, a field, the step to the next line, each one.
 */
export interface Anchor {
  readonly from: string
  readonly to: string
}

export interface AnchoredRange {
  readonly from: number
  readonly to: number
  /** `quote`: the anchored characters are gone, but the quoted words stand in exactly one place */
  readonly by: "anchor" | "quote"
}

/** An anchor for `[from, to)`. Words typed at its very beginning come to belong to it, words typed behind it don't. */
export const makeAnchor = (fragment: Y.XmlFragment, from: number, to: number): Anchor => ({
  from: encode(relativeAt(fragment, from, 0)),
  to: encode(relativeAt(fragment, to, -1)),
})

const encode = (position: Y.RelativePosition): string => toBase64(Y.encodeRelativePosition(position))

function toBase64(bytes: Uint8Array): string {
  return btoa(String.fromCharCode(...bytes))
}

function decode(text: string): Y.RelativePosition | null {
  try {
    return Y.decodeRelativePosition(Uint8Array.from(atob(text), (char) => char.charCodeAt(0)))
  } catch {
    return null // anchors come from clients: what can't be read is as good as gone
  }
}

function relativeAt(fragment: Y.XmlFragment, offset: number, assoc: number): Y.RelativePosition {
  let rest = offset
  const paragraphs = paragraphsOf(fragment)
  for (const paragraph of paragraphs) {
    for (const [index, leaf] of leavesOf(paragraph).entries()) {
      const length = leaf instanceof Y.XmlText ? leaf.length : 1
      // an end belongs to the leaf it closes, a beginning to the leaf it opens
      const isInside = assoc < 0 ? rest <= length : rest < length
      if (isInside && leaf instanceof Y.XmlText) return Y.createRelativePositionFromTypeIndex(leaf, rest, assoc)
      if (isInside) return Y.createRelativePositionFromTypeIndex(paragraph, index + rest, assoc)
      rest -= length
    }
    if (rest <= 0) return Y.createRelativePositionFromTypeIndex(paragraph, paragraph.length, assoc)
    rest -= 1
  }
  const last = paragraphs.at(-1) ?? fragment
  return Y.createRelativePositionFromTypeIndex(last, last.length, assoc)
}

/**
 * Where the anchored words stand now; null when they are gone. Words that were deleted and put back, or moved into
 * another paragraph, are found again by their quotation if it is unique.
 */
export function resolveAnchor(fragment: Y.XmlFragment, anchor: Anchor | null, quote: string): AnchoredRange | null {
  if (anchor !== null) {
    const from = offsetOf(fragment, anchor.from)
    const to = offsetOf(fragment, anchor.to)
    if (from !== null && to !== null && to > from) return { from, to, by: "anchor" }
  }
  if (quote === "") return null
  const flat = flatText(readFragment(fragment))
  const words = quote.normalize("NFC")
  const from = flat.indexOf(words)
  if (from < 0 || flat.indexOf(words, from + 1) >= 0) return null
  return { from, to: from + words.length, by: "quote" }
}

function offsetOf(fragment: Y.XmlFragment, encoded: string): number | null {
  const relative = decode(encoded)
  const { doc } = fragment
  if (relative === null || doc === null) return null
  const found = Y.createAbsolutePositionFromRelativePosition(relative, doc)
  if (found === null) return null
  let offset = 0
  for (const paragraph of paragraphsOf(fragment)) {
    const leaves = leavesOf(paragraph)
    const lengthOf = (leaf: (typeof leaves)[number]) => (leaf instanceof Y.XmlText ? leaf.length : 1)
    if (found.type === paragraph)
      return leaves.slice(0, found.index).reduce((sum, leaf) => sum + lengthOf(leaf), offset)
    for (const leaf of leaves) {
      if (found.type === leaf) return offset + Math.min(found.index, lengthOf(leaf))
      offset += lengthOf(leaf)
    }
    offset += 1
  }
  return null
}
