import * as Y from "yjs"
import { elementsOf, leavesOf } from "./fragment.ts"

/**
 * Free text of more than one line (a caucus note, the reasons for a proposal) as a fragment in the encoding of the
 * editor's binding: paragraphs of bare words, one for each line. Several people type in it at once and each word stays
 * whole; as a string, written whole or compared letter by letter, their words ran into each other.
 */

/** The lines of the text, joined by line breaks. What is no paragraph of words is left out. */
export function readPlain(fragment: Y.XmlFragment): string {
  return [...elementsOf(fragment)].map((paragraph) => wordsOf(paragraph)).join("\n")
}

const wordsOf = (paragraph: Y.XmlElement): string =>
  leavesOf(paragraph)
    .map((leaf) => (leaf instanceof Y.XmlText ? leaf.toDelta().map(insertOf).join("") : ""))
    .join("")

const insertOf = ({ insert }: { readonly insert?: unknown }): string => (typeof insert === "string" ? insert : "")

/** A new fragment that holds this text; to be put into a map in the same transaction. */
export function newPlain(text: string): Y.XmlFragment {
  const fragment = new Y.XmlFragment()
  fragment.insert(0, text === "" ? [] : text.split("\n").map(paragraphOf))
  return fragment
}

function paragraphOf(line: string): Y.XmlElement {
  const paragraph = new Y.XmlElement("paragraph")
  if (line !== "") paragraph.insert(0, [new Y.XmlText(line)])
  return paragraph
}

/** Writes a text over another one. Lines that stay are not touched: what somebody else types in them survives. */
export function writePlain(fragment: Y.XmlFragment, text: string): void {
  const old = fragment.length === 0 ? [] : readPlain(fragment).split("\n")
  const lines = text === "" ? [] : text.split("\n")
  const isSame = (at: number, from: number) => old[at] === lines[from]
  let head = 0
  while (head < Math.min(old.length, lines.length) && isSame(head, head)) head++
  let tail = 0
  while (tail < Math.min(old.length, lines.length) - head && isSame(old.length - 1 - tail, lines.length - 1 - tail))
    tail++
  fragment.doc?.transact(() => {
    fragment.delete(head, old.length - head - tail)
    fragment.insert(head, lines.slice(head, lines.length - tail).map(paragraphOf))
  })
}
