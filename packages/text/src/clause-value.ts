import { type Block, type ClauseText, cleanText, type Field, type Inline } from "@alternat/plan"

/** Stands for a field wherever a text is one string: every place of a text is one character. */
export const FIELD_CHAR = "\uFFFC"

/** A line of a text: a paragraph, or one item of a list. `first` is true on the first item of its list. */
export interface Line {
  readonly block: "p" | "item"
  readonly first: boolean
  readonly inlines: readonly Inline[]
}

/** The lines of a text in reading order. */
export const linesOf = (text: ClauseText): readonly Line[] =>
  text.flatMap((block): Line[] =>
    "p" in block
      ? [{ block: "p", first: false, inlines: block.p }]
      : block.list.map((inlines, index) => ({ block: "item", first: index === 0, inlines })),
  )

/** Back from lines; what comes out is in normal form. */
export function linesToText(lines: readonly Line[]): ClauseText {
  const blocks: (({ p: readonly Inline[] } | { list: (readonly Inline[])[] }) & Block)[] = []
  let open: (readonly Inline[])[] | null = null
  for (const line of lines) {
    const inlines = normaliseInlines(line.inlines)
    if (line.block === "p") {
      open = null
      if (inlines.length > 0) blocks.push({ p: inlines })
      continue
    }
    if (line.first) open = null
    if (inlines.length === 0) continue
    if (open === null) {
      open = []
      blocks.push({ list: open })
    }
    open.push(inlines)
  }
  return blocks
}

/**
 * The one form in which a text is hashed, proposed and compared: NFC, one space for any line break or tab, neighbouring
 * strings joined, nothing empty. A text with no words and no fields is `[]`.
 */
export const normaliseText = (text: ClauseText): ClauseText => linesToText(linesOf(text))

/** Joins neighbours of one kind and drops what is empty. */
export function normaliseInlines(inlines: readonly Inline[]): readonly Inline[] {
  const out: Inline[] = []
  for (const inline of inlines) {
    const last = out.at(-1)
    if (typeof inline === "string") {
      if (typeof last === "string") out[out.length - 1] = last + inline
      else if (inline !== "") out.push(inline)
    } else if ("em" in inline) {
      if (last !== undefined && typeof last === "object" && "em" in last)
        out[out.length - 1] = { em: last.em + inline.em }
      else if (inline.em !== "") out.push({ em: inline.em })
    } else out.push(normaliseField(inline))
  }
  return out.map((inline) =>
    typeof inline === "string" ? cleanWords(inline) : "em" in inline ? { em: cleanWords(inline.em) } : inline,
  )
}

/** The text without what a plan may not hold, in normal form. */
export function cleanClauseText(text: ClauseText): ClauseText {
  const clean = (inlines: readonly Inline[]): readonly Inline[] =>
    inlines.map((inline) => {
      if (typeof inline === "string") return cleanText(inline).text
      return "em" in inline ? { em: cleanText(inline.em).text } : inline
    })
  return normaliseText(text.map((block) => ("p" in block ? { p: clean(block.p) } : { list: block.list.map(clean) })))
}

/** Words as they stand in the normal form. */
export const cleanWords = (value: string): string =>
  value.replace(/\r\n|[\r\n\t\v\f\u2028\u2029]/g, " ").normalize("NFC")

function normaliseField(field: Field): Field {
  if (field.field === "party") return { field: "party", key: field.key, case: field.case }
  if (field.field === "placeholder") return { field: "placeholder", key: field.key, kind: field.kind }
  return { field: field.field, key: field.key }
}

/** Same words, fields and structure? Both in normal form. */
export const isSameText = (a: ClauseText, b: ClauseText): boolean => a === b || JSON.stringify(a) === JSON.stringify(b)

/** Nothing in it that a reader could read. */
export const isBlankText = (text: ClauseText): boolean => flatText(text).trim() === ""

/** The string of an inline, a field being one character. */
export const inlineString = (inline: Inline): string =>
  typeof inline === "string" ? inline : "em" in inline ? inline.em : FIELD_CHAR

export const inlineLength = (inline: Inline): number => inlineString(inline).length

/**
 * The whole text as one string in which every place is one character: a character, a field, the step to the next line.
 * Offsets of findings, hunks and anchors count these places.
 */
export const flatText = (text: ClauseText): string =>
  linesOf(text)
    .map((line) => line.inlines.map(inlineString).join(""))
    .join("\n")

/** Every field of a text with the place where it stands. */
export function fieldsOf(text: ClauseText): readonly { readonly field: Field; readonly at: number }[] {
  const found: { field: Field; at: number }[] = []
  let at = 0
  for (const line of linesOf(text)) {
    for (const inline of line.inlines) {
      if (typeof inline === "object" && "field" in inline) found.push({ field: inline, at })
      at += inlineLength(inline)
    }
    at += 1
  }
  return found
}
