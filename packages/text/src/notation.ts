import type { ClauseText, Field, Inline } from "@alternat/plan"
import { type Line, linesOf, linesToText } from "./clause-value.ts"
import { parseField } from "./pm.ts"

/**
 * Texts written on one line of JSON: `{date:end}`, `{party:US|gen}`, `{placeholder:text:channel}` are fields, a line
 * break begins a paragraph, `- ` a list item. Braces that name no field stay words.
 */
export function parseNotation(source: string): ClauseText {
  if (source === "") return []
  let inList = false
  const lines = source.split(/\r?\n/).map((raw): Line => {
    const item = raw.startsWith("- ")
    const first = item && !inList
    inList = item
    return { block: item ? "item" : "p", first, inlines: parseInlines(item ? raw.slice(2) : raw) }
  })
  return linesToText(lines)
}

/** A text in that notation. Emphasis has no sign and is left out. */
export const formatNotation = (text: ClauseText): string =>
  linesOf(text)
    .map((line) => (line.block === "item" ? "- " : "") + line.inlines.map(inlineNotation).join(""))
    .join("\n")

const inlineNotation = (inline: Inline): string =>
  typeof inline === "string" ? inline : "em" in inline ? inline.em : fieldToken(inline)

/** `{party:US|gen}` */
export function fieldToken(field: Field): string {
  if (field.field === "party") return `{party:${field.key}|${field.case}}`
  if (field.field === "placeholder") return `{placeholder:${field.kind}:${field.key}}`
  return `{${field.field}:${field.key}}`
}

/** The field that a token names, or null. */
export function parseToken(token: string): Field | null {
  const match = /^\{(\w+):([^{}]+)\}$/.exec(token)
  const name = match?.[1]
  const rest = match?.[2] ?? ""
  if (name === "party") {
    const [key, grammatical] = rest.split("|")
    return parseField({ field: name, key, case: grammatical ?? null })
  }
  if (name === "placeholder") {
    const colon = rest.indexOf(":")
    return parseField({ field: name, kind: rest.slice(0, colon), key: rest.slice(colon + 1) })
  }
  return parseField({ field: name, key: rest })
}

function parseInlines(source: string): readonly Inline[] {
  return source.split(/(\{\w+:[^{}]+\})/).map((part) => parseToken(part) ?? part)
}
