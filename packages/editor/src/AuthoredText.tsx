import type { ClauseText as ClauseTextValue, Lang } from "@alternat/plan"
import type { FocusEvent, PointerEvent } from "react"
import { useMemo } from "react"
import { ClauseText } from "./ClauseText.tsx"
import type { FieldDisplay } from "./field-view.ts"
import type { TextMark } from "./text-marks.ts"

/** A stretch of one author's words, as it is drawn. */
export interface AuthorRun {
  readonly from: number
  readonly to: number
  /** the author's number in the legend; null for words that stand plain */
  readonly tag: string | null
  /** a party's, or an act of both */
  readonly side: "a" | "b" | "both"
  /** who and when, in words */
  readonly label: string
}

export interface AuthoredTextProps {
  readonly text: ClauseTextValue
  readonly lang: Lang
  /** accessible name */
  readonly label: string
  readonly display: FieldDisplay
  readonly runs: readonly AuthorRun[]
  /** index of the run that is pointed at or has the focus */
  readonly active: number | null
  readonly onPoint: (run: number | null) => void
}

/**
 * A clause text to be read for who wrote what. Every run carries its author's number, so colour is never alone; every run
 * can be pointed at and reached with Tab.
 */
export function AuthoredText({ text, lang, label, display, runs, active, onPoint }: AuthoredTextProps) {
  const marks = useMemo(
    () => runs.flatMap((run, index): readonly TextMark[] => markOf(run, index, index === active)),
    [runs, active],
  )
  const point = (event: FocusEvent | PointerEvent) => {
    const run = event.target instanceof Element ? event.target.closest("[data-run]")?.getAttribute("data-run") : null
    onPoint(run == null ? null : Number(run))
  }
  return (
    <div
      className="authored"
      role="group"
      aria-label={label}
      lang={lang}
      onPointerOver={point}
      onPointerLeave={() => onPoint(null)}
      onFocus={point}
      onBlur={() => onPoint(null)}
    >
      <ClauseText text={text} lang={lang} marks={marks} display={display} />
    </div>
  )
}

const markOf = ({ from, to, tag, side, label }: AuthorRun, run: number, active: boolean): readonly TextMark[] =>
  tag === null ? [] : [{ kind: "author", from, to, run, tag, side, label, active }]
