import { smallDocument } from "@alternat/room/test-support"

export const WRITERS = 20
export const clauseOf = (writer: number): string => `s1.c${writer + 1}`
const SENTENCE = "The Sides share the costs of the programme as Annex 3 sets out, and account for them every quarter. "

/** The document both servers begin with: a clause of some eighty words for every writer. */
export const roomUpdate = (): Uint8Array =>
  smallDocument(Object.fromEntries(Array.from({ length: WRITERS }, (_, i) => [clauseOf(i), SENTENCE.repeat(5)])))
