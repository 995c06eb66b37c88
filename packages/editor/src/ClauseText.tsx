import type { ClauseText as ClauseTextValue, Field, Inline, Lang } from "@alternat/plan"
import { inlineLength, itemLabel, renderInlines } from "@alternat/text"
import { Fragment, type ReactNode } from "react"
import type { FieldDisplay } from "./field-view.ts"
import { markClass, type TextMark } from "./text-marks.ts"

export interface Drawing {
  readonly lang: Lang
  readonly marks: readonly TextMark[]
  readonly display: FieldDisplay
}

/** A clause text at rest: plain elements, cheap enough for every clause of the plan at once. */
export function ClauseText({ text, ...drawing }: Drawing & { readonly text: ClauseTextValue }) {
  const starts = startsOf(text.flatMap((block) => ("p" in block ? [block.p] : block.list)).map(sizeOf))
  const line = (inlines: readonly Inline[], index: number) => (
    <p>
      <Words inlines={inlines} start={starts[index] ?? 0} isEnd {...drawing} />
    </p>
  )
  const before = startsOf(text.map((block) => ("p" in block ? 0 : block.list.length - 1)))
  return text.map((block, index) => {
    const first = before[index] ?? index
    const key = String(index)
    if ("p" in block) return <Fragment key={key}>{line(block.p, first)}</Fragment>
    return (
      <ol key={key} className="items">
        {block.list.map((inlines, item) => (
          <li key={String(item)} data-letter={itemLabel(item, drawing.lang)}>
            {line(inlines, first + item)}
          </li>
        ))}
      </ol>
    )
  })
}

const sizeOf = (inlines: readonly Inline[]): number => inlines.reduce((sum, inline) => sum + inlineLength(inline), 0)
/** Where each begins, one place between neighbours. */
const startsOf = (sizes: readonly number[]): readonly number[] =>
  sizes.map((_size, index) => sizes.slice(0, index).reduce((sum, size) => sum + size + 1, 0))

export interface WordsProps extends Drawing {
  readonly inlines: readonly Inline[]
  /** place of the first word in the text; null for words that are not in the text, as those of a proposal */
  readonly start: number | null
  /** true where these words end their line: a caret may stand after them */
  readonly isEnd?: boolean
}

/** Words and values of one line, as they read. */
export function Words({ inlines, start, isEnd = false, ...drawing }: WordsProps) {
  const runs = renderInlines(inlines, drawing.lang, drawing.display.resolve)
  let offset = start ?? 0
  let run = 0
  const pieces = inlines.map((inline, index) => {
    const length = inlineLength(inline)
    // a full stop of its own that the field before it already has is no run at all
    const isSwallowed = inline === "." && runs[run - 1]?.field != null && runs[run - 1]?.text.endsWith(".") === true
    const printed = isSwallowed ? "" : (runs[run]?.text ?? "")
    if (length > 0 && !isSwallowed) run += 1
    const at = offset
    offset += length
    const place = start === null ? null : at
    return <Piece key={String(index)} inline={inline} at={place} printed={printed} {...drawing} />
  })
  return (
    <>
      {pieces}
      {isEnd && carets(drawing.marks, offset)}
    </>
  )
}

interface PieceProps extends Drawing {
  readonly inline: Inline
  readonly at: number | null
  /** as it reads: spaces bound, and shorter by a full stop that the field before it already has */
  readonly printed: string
}

function Piece({ inline, at, printed, marks, display }: PieceProps) {
  if (typeof inline === "object" && "field" in inline) {
    const value = <FieldText field={inline} display={display} printed={printed} />
    if (at === null) return value
    return (
      <>
        {carets(marks, at)}
        <span data-o={at} {...attributes(marks, at, at + 1)}>
          {value}
        </span>
      </>
    )
  }
  const words = at === null ? printed : placed(inlineLength(inline), at, printed, marks)
  return typeof inline === "object" ? <em>{words}</em> : words
}

function placed(length: number, at: number, printed: string, marks: readonly TextMark[]): ReactNode {
  const dropped = length - printed.length
  return cut(at, at + length, marks).map(([from, to]) => (
    <Fragment key={from}>
      {carets(marks, from)}
      <span data-o={from === at ? from + dropped : from} {...attributes(marks, from, to)}>
        {printed.slice(Math.max(0, from - at - dropped), to - at - dropped)}
      </span>
    </Fragment>
  ))
}

/** Cuts a stretch wherever a mark begins or ends in it. */
function cut(from: number, to: number, marks: readonly TextMark[]): readonly (readonly [number, number])[] {
  const edges = new Set([from, to])
  for (const mark of marks) {
    for (const edge of "at" in mark ? [mark.at] : [mark.from, mark.to]) if (edge > from && edge < to) edges.add(edge)
  }
  const sorted = [...edges].toSorted((a, b) => a - b)
  return sorted.slice(0, -1).map((edge, index) => [edge, sorted[index + 1] ?? to] as const)
}

function attributes(marks: readonly TextMark[], from: number, to: number) {
  const over = marks.filter((mark) => "from" in mark && mark.from < to && mark.to > from)
  const className = over.map(markClass).join(" ")
  const thread = over.find((mark) => mark.kind === "comment")
  const lint = over.find((mark) => mark.kind === "lint")
  const author = over.find((mark) => mark.kind === "author")
  return {
    ...(author === undefined ? {} : authorAttributes(author, from)),
    ...(className === "" ? {} : { className }),
    ...(thread === undefined ? {} : { "data-thread": thread.threadId }),
    ...(lint === undefined ? {} : { title: lint.message }),
  }
}

/** A run may be cut where stress begins or a line ends; its first piece is the one to reach and to read out. */
const authorAttributes = (mark: Extract<TextMark, { kind: "author" }>, from: number) => ({
  "data-run": mark.run,
  ...(mark.from === from
    ? {
        "data-tag": mark.tag,
        "data-who": mark.label,
        role: "note",
        tabIndex: 0,
        "aria-label": mark.label,
        title: mark.label,
      }
    : {}),
})

const carets = (marks: readonly TextMark[], at: number): ReactNode => caretsIn(marks, at, at + 1)

/** The carets of a stretch, drawn together where its places can't be told apart. */
export function caretsIn(marks: readonly TextMark[], from: number, to: number): ReactNode {
  return marks.map((mark, index) =>
    mark.kind === "caret" && mark.at >= from && mark.at < to ? (
      <span key={String(index)} className={`caret end ${mark.side}`}>
        <span>{mark.name}</span>
      </span>
    ) : null,
  )
}

export interface FieldTextProps {
  readonly field: Field
  readonly display: FieldDisplay
  /** as it reads at its place, where that differs: with a capital at the beginning of a sentence */
  readonly printed?: string
}

/** A typed value, written as the tables stand. */
export function FieldText({ field, display, printed }: FieldTextProps) {
  const shown = display.show(field)
  const className = shown.kind === "placeholder" ? "ph" : shown.kind === "broken" ? "fld broken" : "fld"
  return (
    <span className={className} title={shown.title} {...fieldData(field)}>
      {shown.kind === "value" ? (printed ?? shown.text) : shown.text}
      {shown.source !== null && <sup>{shown.source}</sup>}
    </span>
  )
}

/** What makes a copied value a value again where it is pasted. */
const fieldData = (field: Field): Readonly<Record<string, string>> =>
  Object.fromEntries(Object.entries(field).map(([name, value]) => [`data-${name}`, value]))
