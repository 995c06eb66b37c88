import { type ClauseText, cleanText, type Inline } from "@alternat/plan"
import { type Line, linesToText } from "./clause-value.ts"
import { parseNotation } from "./notation.ts"
import { parseField } from "./pm.ts"

/**
 * With what a plan may hold alone, in NFC; line breaks are line feeds. Soft hyphens go as well: they came from the layout
 * of another page, and hide the word from a search.
 */
export const cleanCharacters = (value: string): string =>
  cleanText(value.replaceAll("\u00AD", ""), { form: "lines" }).text

const LETTERED = /^\s*(?:\(?\p{L}{1,2}\)|\(?\d{1,2}\)|[•·▪–-])\s+/u

/**
 * Plain text of a paste or an import: a line break begins a paragraph, lines that begin with a letter and a bracket are
 * items of a list, field tokens become fields.
 */
export function plainToText(source: string): ClauseText {
  const lines = cleanCharacters(source)
    .split(/\r\n?|\n/)
    .map((line) => line.replace(/\s+/g, " ").trim())
    .filter((line) => line !== "")
  return parseNotation(
    lines.map((line) => (lines.length > 1 && LETTERED.test(line) ? line.replace(LETTERED, "- ") : line)).join("\n"),
  )
}

/**
 * Any editor document as JSON, cut down to what a clause can hold: headings, quotations and table cells become
 * paragraphs, every kind of list the one kind, italics emphasis, unknown nodes their words. Never throws.
 */
export function jsonToText(source: unknown): ClauseText {
  const lines: Line[] = []
  collect(source, { item: false, first: false }, lines, 0)
  return linesToText(lines)
}

interface Place {
  readonly item: boolean
  first: boolean
}

const MAX_DEPTH = 40

function collect(source: unknown, place: Place, lines: Line[], depth: number): void {
  if (!isRecord(source) || depth > MAX_DEPTH) return
  const children = Array.isArray(source["content"]) ? (source["content"] as unknown[]) : []
  const type = source["type"]
  if (children.some((child) => isInline(child))) {
    lines.push({ block: place.item ? "item" : "p", first: place.first, inlines: children.flatMap(inlineOf) })
    place.first = false
    return
  }
  const inside = typeof type === "string" && /list$/i.test(type) && !place.item ? { item: true, first: true } : place
  for (const child of children) collect(child, inside, lines, depth + 1)
}

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null && !Array.isArray(value)
const isInline = (value: unknown): boolean =>
  isRecord(value) && ["text", "field", "hardBreak"].includes(String(value["type"]))

function inlineOf(source: unknown): readonly Inline[] {
  if (!isRecord(source)) return []
  if (source["type"] === "field") {
    const field = isRecord(source["attrs"]) ? parseField(source["attrs"]) : null
    return field === null ? [] : [field]
  }
  if (source["type"] === "hardBreak") return [" "]
  const text = typeof source["text"] === "string" ? cleanCharacters(source["text"]) : ""
  const marks = Array.isArray(source["marks"]) ? (source["marks"] as unknown[]) : []
  const isEm = marks.some((mark) => isRecord(mark) && ["em", "italic"].includes(String(mark["type"])))
  return isEm ? [{ em: text }] : [text]
}
