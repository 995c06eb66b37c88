import { cleanWords, parseField } from "@alternat/text"
import * as Y from "yjs"
import type { Stretch, Written } from "./authorship-fold.ts"
import { elementsOf, leavesOf } from "./fragment.ts"

/** A stretch of a text that has one key. Places as in `flatText`; the step to the next line belongs to what is before it. */
export interface AuthoredRun {
  readonly from: number
  readonly to: number
  readonly key: string
  /** the updates that brought its first and last words, by their place in the log */
  readonly first: Written
  readonly last: Written
}

type Find = (item: Y.Item, offset: number, length: number) => readonly Stretch[]

/** One character, or a field. */
interface Place {
  readonly char: string
  readonly written: Written
}

/** A stretch of one line: words, stressed words, or one field. */
interface Piece {
  readonly kind: "words" | "em" | "field"
  readonly places: readonly Place[]
}

/** The runs of a text as it reads: of what `readFragment` drops, an empty line or a field of no known form, nothing. */
export function readRuns(
  fragment: Y.XmlFragment,
  find: Find,
  keyOf: (written: Written) => string,
): readonly AuthoredRun[] {
  const runs: AuthoredRun[] = []
  let at = 0
  for (const line of linesOf(fragment, find)) {
    const places = line.flatMap((piece) => piece.places)
    if (places.length === 0) continue
    if (at > 0) {
      const before = runs.pop()
      if (before !== undefined) runs.push({ ...before, to: ++at })
    }
    for (const { written } of places) addPlace(runs, at++, written, keyOf(written))
  }
  return runs
}

function addPlace(runs: AuthoredRun[], at: number, written: Written, key: string): void {
  const last = runs.at(-1)
  if (last === undefined || last.key !== key) {
    runs.push({ from: at, to: at + 1, key, first: written, last: written })
    return
  }
  const first = written.seq < last.first.seq ? written : last.first
  const latest = written.seq > last.last.seq ? written : last.last
  runs[runs.length - 1] = { ...last, to: at + 1, first, last: latest }
}

function linesOf(fragment: Y.XmlFragment, find: Find): readonly (readonly Piece[])[] {
  return [...elementsOf(fragment)].flatMap((block) => {
    if (block.nodeName === "paragraph") return [piecesOf(block, find)]
    if (block.nodeName !== "orderedList") return []
    return [...elementsOf(block)].flatMap((item) => [...elementsOf(item)].map((paragraph) => piecesOf(paragraph, find)))
  })
}

/** Neighbours of one kind are one piece, as in the normal form: composition (NFC) reaches across who wrote them. */
function piecesOf(paragraph: Y.XmlElement, find: Find): readonly Piece[] {
  const pieces: { readonly kind: Piece["kind"]; readonly places: Place[] }[] = []
  for (const { kind, places } of leavesOf(paragraph).flatMap((leaf) => rawPieces(leaf, find))) {
    const last = pieces.at(-1)
    if (places.length === 0) continue
    if (last?.kind === kind && kind !== "field") last.places.push(...places)
    else pieces.push({ kind, places: [...places] })
  }
  return pieces.map((piece) => (piece.kind === "field" ? piece : { ...piece, places: cleaned(piece.places) }))
}

function rawPieces(leaf: Y.XmlText | Y.XmlElement, find: Find): readonly Piece[] {
  if (leaf instanceof Y.XmlText) return wordPieces(leaf, find)
  if (leaf.nodeName !== "field" || parseField(leaf.getAttributes()) === null) return []
  const written = fieldWritten(leaf, find)
  return written === null ? [] : [{ kind: "field", places: [{ char: "\uFFFC", written }] }]
}

function wordPieces(text: Y.XmlText, find: Find): readonly Piece[] {
  const pieces: Piece[] = []
  let kind: Piece["kind"] = "words"
  for (let item = text._start; item !== null; item = item.right) {
    if (item.deleted) continue
    if (item.content instanceof Y.ContentFormat) {
      if (item.content.key === "em") kind = item.content.value === null ? "words" : "em"
    } else if (item.content instanceof Y.ContentString) {
      const { str } = item.content
      const places: Place[] = []
      for (const { length, value: written } of find(item, 0, str.length))
        for (let at = 0; at < length; at++) places.push({ char: str.charAt(places.length), written })
      pieces.push({ kind, places })
    }
  }
  return pieces
}

/** Who put a field there, or bound it to something else since. */
export function fieldWritten(field: Y.XmlElement, find: Find): Written | null {
  const items = [...(field._item === null ? [] : [field._item]), ...field._map.values()]
  const all = items.flatMap((item) => find(item, 0, 1)).map((stretch) => stretch.value)
  return all.reduce<Written | null>((last, written) => (last === null || written.seq > last.seq ? written : last), null)
}

const CLUSTER = /\r\n|[^\n][\p{M}\u1160-\u11FF]*|\n/gu

/** The places of words in normal form. What is composed of two people's characters is the first one's. */
function cleaned(places: readonly Place[]): readonly Place[] {
  const raw = places.map(({ char }) => char).join("")
  const clean = cleanWords(raw)
  if (clean === raw) return places
  const out: Place[] = []
  let at = 0
  for (const [cluster] of raw.matchAll(CLUSTER)) {
    const composed = cleanWords(cluster)
    const own = places.slice(at, at + cluster.length)
    for (let index = 0; index < composed.length; index++) {
      const place = own[composed.length === cluster.length ? index : 0]
      if (place !== undefined) out.push({ char: composed.charAt(index), written: place.written })
    }
    at += cluster.length
  }
  return out
}
