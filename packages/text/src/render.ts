import type { ClauseText, Field, FieldValue, Inline, Lang } from "@alternat/plan"
import { type Line, linesOf } from "./clause-value.ts"
import {
  bindSpaces,
  formatDate,
  formatDecimal,
  formatMoney,
  formatPercent,
  formatTableDate,
  itemLabel,
} from "./format.ts"

/** What a field stands for now: `plan.resolveField` with its plan. */
export type FieldResolver = (field: Field) => FieldValue

/** An open place: a value that isn't known yet, or a field bound to nothing. */
export const OPEN_PLACE = "[●]"

/** A field's value as words of one language. In tables dates are short. */
export function formatFieldValue(value: FieldValue, lang: Lang, place: "prose" | "table" = "prose"): string {
  switch (value.type) {
    case "date":
      return place === "prose" ? formatDate(value.date, lang) : formatTableDate(value.date, lang)
    case "money":
      return formatMoney(value.minor, value.currency, lang)
    case "percent":
      return formatPercent(value.bp, lang)
    case "rate":
      return formatDecimal(value.rate, lang)
    case "ref":
      return value.number
    case "party":
      return lang === "en" ? value.party.names.en.side : value.party.names.ru.cases[value.case]
    case "placeholder":
    case "missing":
      return OPEN_PLACE
  }
}

/** A stretch of one line as it is printed. `field` says which field it came from. */
export interface Run {
  readonly text: string
  readonly em: boolean
  readonly field: Field | null
}

export interface RenderedLine {
  readonly block: "p" | "item"
  /** `(a)` / `а)` of a list item */
  readonly label: string | null
  readonly runs: readonly Run[]
}

/** A text as it is printed: fields filled in, items lettered, spaces bound. */
export function renderText(text: ClauseText, lang: Lang, resolve: FieldResolver): readonly RenderedLine[] {
  let item = 0
  return linesOf(text).map((line: Line) => {
    item = line.block === "item" && !line.first ? item + 1 : 0
    return {
      block: line.block,
      label: line.block === "item" ? itemLabel(item, lang) : null,
      runs: renderInlines(line.inlines, lang, resolve),
    }
  })
}

/** One line as runs. A name of a party begins a sentence with a capital; a date's «г.» takes the full stop that follows. */
export function renderInlines(inlines: readonly Inline[], lang: Lang, resolve: FieldResolver): readonly Run[] {
  const runs: Run[] = []
  // as if no full stop were ever taken over, so that «г.» at the end of a sentence is known from «г.» within one
  let before = ""
  for (const inline of inlines) {
    const isField = typeof inline === "object" && "field" in inline
    let text = isField ? formatFieldValue(resolve(inline), lang) : typeof inline === "string" ? inline : inline.em
    if (isField && inline.field === "party" && beginsSentence(before)) text = capitalise(text)
    const takesOver = !isField && runs.at(-1)?.field != null && before.endsWith(".") && text.startsWith(".")
    before += text
    if (takesOver) text = text.slice(1)
    if (text !== "") runs.push({ text, em: !isField && typeof inline === "object", field: isField ? inline : null })
  }
  return bindRuns(runs, lang)
}

// Spaces are bound over the whole line, for a figure and its unit often lie in different runs.
function bindRuns(runs: readonly Run[], lang: Lang): readonly Run[] {
  const bound = bindSpaces(runs.map((run) => run.text).join(""), lang)
  let at = 0
  return runs.map((run) => {
    const text = bound.slice(at, at + run.text.length)
    at += run.text.length
    return { ...run, text }
  })
}

const ABBREVIATION = /(?:^|[^\p{L}])(?:\p{L}{1,2}|руб|долл|тыс|млн|млрд|пункт|стр|Nos?|etc|Inc)\.[\s\u00A0]+$/u
const beginsSentence = (before: string): boolean =>
  /^[\s“«(]*$/.test(before) || (/[.!?…][”»)]?[\s\u00A0]+[“«(]?$/.test(before) && !ABBREVIATION.test(before))

const capitalise = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1)

/** The text as one string with its fields filled in; lines on lines of their own, items lettered. */
export const plainText = (text: ClauseText, lang: Lang, resolve: FieldResolver): string =>
  renderText(text, lang, resolve)
    .map((line) => (line.label === null ? "" : `${line.label} `) + line.runs.map((run) => run.text).join(""))
    .join("\n")
