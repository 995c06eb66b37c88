import { clauseFragment } from "@alternat/document"
import { smallDocument } from "@alternat/room/test-support"
import * as Y from "yjs"
import { FIRST_CLIENT } from "./arrivals.ts"

export const clauseOf = (writer: number): string => `s1.c${writer + 1}`
const SENTENCE = "The Sides share the costs of the programme as Annex 3 sets out, and account for them every quarter. "

/** The document all servers begin with: a clause of some eighty words for every writer. */
export const roomUpdate = (writers: number, sentences = 5): Uint8Array =>
  smallDocument(
    Object.fromEntries(Array.from({ length: writers }, (_, i) => [clauseOf(i), SENTENCE.repeat(sentences)])),
  )

/**
 * What each writer will type, letter by letter at the end of its own clause, as real Yjs updates of its own client id.
 * One document makes them all: edits of different clauses don't depend on each other.
 */
export function writeLetters(base: Uint8Array, writers: number, each: number): readonly (readonly Uint8Array[])[] {
  const doc = new Y.Doc()
  Y.applyUpdate(doc, base)
  const updates: Uint8Array[] = []
  doc.on("update", (update: Uint8Array) => updates.push(update))
  const all = Array.from({ length: writers }, (_, writer) => {
    doc.clientID = FIRST_CLIENT + writer
    const text = textOf(doc, clauseOf(writer))
    for (let n = 0; n < each; n++) text.insert(text.length, "abcdefghij "[n % 11] ?? "x")
    return updates.splice(0)
  })
  doc.destroy()
  return all
}

/** One person's letters at the end of the first clause, before the scenario begins. */
export function writeHistory(base: Uint8Array, edits: number, client: number): readonly Uint8Array[] {
  const doc = new Y.Doc()
  doc.clientID = client
  Y.applyUpdate(doc, base)
  const updates: Uint8Array[] = []
  doc.on("update", (update: Uint8Array) => updates.push(update))
  const text = textOf(doc, clauseOf(0))
  for (let n = 0; n < edits; n++) text.insert(text.length, "abcdefghij "[n % 11] ?? "x")
  doc.destroy()
  return updates
}

export function textOf(doc: Y.Doc, clauseId: string): Y.XmlText {
  const paragraph = clauseFragment(doc, clauseId, "en")?.get(0)
  const text = paragraph instanceof Y.XmlElement ? paragraph.get(0) : null
  if (!(text instanceof Y.XmlText)) throw new Error(`broken invariant: ${clauseId} has a paragraph of text`)
  return text
}
