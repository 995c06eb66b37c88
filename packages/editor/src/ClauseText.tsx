import type { ClauseText as ClauseTextValue, Field, Inline, Lang } from "@alternat/plan"
import { Fragment, type ReactNode } from "react"
import type { FieldDisplay } from "./field-view.ts"
import { markClass, type TextMark } from "./text-marks.ts"

const EN_LETTERS = "abcdefghijklmnopqrstuvwxyz"
const RU_LETTERS = "абвгдежзиклмнопрстуфхцчшщэюя"
/** (a), (b) or а), б): the letters of list items, which are rendered and never typed. */
export const itemLabel = (lang: Lang, index: number): string =>
  lang === "en" ? `(${EN_LETTERS[index % 26] ?? ""})` : `${RU_LETTERS[index % RU_LETTERS.length] ?? ""})`

interface LineProps {
  readonly line: readonly Inline[]
  readonly start: number
  readonly marks: readonly TextMark[]
  readonly display: FieldDisplay
}

/** A clause text at rest: plain elements, cheap enough for every clause of the plan at once. */
export function ClauseText(props: {
  readonly text: ClauseTextValue
  readonly lang: Lang
  readonly marks: readonly TextMark[]
  readonly display: FieldDisplay
}) {
  let start = 0
  const next = (line: readonly Inline[]) => {
    const at = start
    start += line.reduce((sum, inline) => sum + lengthOf(inline), 0) + 1
    return at
  }
  return props.text.map((block, index) => {
    const key = String(index)
    if ("p" in block) {
      return (
        <p key={key}>
          <Line line={block.p} start={next(block.p)} marks={props.marks} display={props.display} />
        </p>
      )
    }
    return (
      <ol key={key} className="items">
        {block.list.map((line, item) => (
          <li key={String(item)} data-letter={itemLabel(props.lang, item)}>
            <p>
              <Line line={line} start={next(line)} marks={props.marks} display={props.display} />
            </p>
          </li>
        ))}
      </ol>
    )
  })
}

const lengthOf = (inline: Inline): number =>
  typeof inline === "string" ? inline.length : "em" in inline ? inline.em.length : 1

function Line({ line, start, marks, display }: LineProps) {
  let offset = start
  return line.map((inline, index) => {
    const at = offset
    offset += lengthOf(inline)
    const last = index === line.length - 1
    return <InlinePiece key={String(index)} inline={inline} at={at} last={last} marks={marks} display={display} />
  })
}

function InlinePiece(props: {
  readonly inline: Inline
  readonly at: number
  readonly last: boolean
  readonly marks: readonly TextMark[]
  readonly display: FieldDisplay
}) {
  const { inline, at, marks } = props
  const length = lengthOf(inline)
  const pieces = cut(at, at + length, marks).map(([from, to]) => {
    const text =
      typeof inline === "string"
        ? inline.slice(from - at, to - at)
        : "em" in inline
          ? inline.em.slice(from - at, to - at)
          : ""
    const body =
      typeof inline === "object" && "field" in inline ? <FieldText field={inline} display={props.display} /> : text
    return (
      <Fragment key={from}>
        {carets(marks, from)}
        <span data-o={from} {...attributes(marks, from, to)}>
          {body}
        </span>
      </Fragment>
    )
  })
  const end = props.last ? carets(marks, at + length) : null
  return typeof inline === "object" && "em" in inline ? (
    <em>
      {pieces}
      {end}
    </em>
  ) : (
    <>
      {pieces}
      {end}
    </>
  )
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
  return {
    ...(className === "" ? {} : { className }),
    ...(thread === undefined ? {} : { "data-thread": thread.threadId }),
    ...(lint === undefined ? {} : { title: lint.message }),
  }
}

function carets(marks: readonly TextMark[], at: number): ReactNode {
  return marks.map((mark, index) =>
    mark.kind === "caret" && mark.at === at ? (
      <span key={String(index)} className={`caret end ${mark.side}`}>
        <span>{mark.name}</span>
      </span>
    ) : null,
  )
}

/** A typed value, written as the tables stand. */
export function FieldText({ field, display }: { readonly field: Field; readonly display: FieldDisplay }) {
  const shown = display(field)
  const className = shown.kind === "placeholder" ? "ph" : shown.kind === "broken" ? "fld broken" : "fld"
  return (
    <span className={className} title={shown.title}>
      {shown.text}
      {shown.source !== null && <sup>{shown.source}</sup>}
    </span>
  )
}
