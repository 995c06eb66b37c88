import type { CostFinding } from "@alternat/plan"
import { type ClipboardEvent, type FocusEvent, type KeyboardEvent, useEffect, useId, useRef, useState } from "react"
import { useT } from "../../i18n/index.ts"
import { Mark, useToast } from "../../ui/index.ts"
import type { Refusal } from "./figure-entry.ts"
import { RefusedFigure } from "./RefusedFigure.tsx"

export type Next = "stay" | "down" | "right" | "left"

export interface CellEditorProps {
  readonly name: string
  readonly value: string
  /** as it stood when the cell was opened; null when the cell was opened by typing or pasting into it */
  readonly opened: string | null
  /** the cell holds a figure that was refused before */
  readonly refusal: Refusal | null
  /** what stands in the plan, in words */
  readonly kept: string
  readonly onChange: (value: string) => void
  /** writes the value; why it isn't taken, or null */
  readonly onEnter: (value: string) => Refusal | null
  readonly onDone: (next: Next) => void
  /** left with a figure that isn't taken: it stays in the cell */
  readonly onHold: (value: string) => void
  /** the figure is given up */
  readonly onKeep: () => void
  readonly findings: readonly CostFinding[]
}

/**
 * The field of an open cell. What would fail is said while it is typed; it may be entered all the same. A figure that
 * isn't taken stays here with the reason, and goes back into its cell with it when one leaves.
 */
export function CellEditor(props: CellEditorProps) {
  const { name, value, opened, onDone, findings } = props
  const t = useT()
  const field = useRef<HTMLInputElement>(null)
  const noteId = useId()
  const [problem, setProblem] = useState<Refusal | null>(props.refusal)
  const { finish, leave, giveUp, settle } = useEnding(props, setProblem)
  useEffect(() => {
    field.current?.focus()
    if (opened !== null) field.current?.select()
  }, [opened])
  const pressed = (event: KeyboardEvent) => {
    event.stopPropagation()
    if (event.key === "Escape") {
      event.preventDefault()
      giveUp()
    } else if (event.target !== field.current) return
    else if (event.key === "Enter") {
      event.preventDefault()
      finish("down")
    } else if (event.key === "Tab" && (problem === null || event.shiftKey)) {
      // with a question open Tab goes on to its answers
      event.preventDefault()
      finish(event.shiftKey ? "left" : "right")
    }
  }
  const left = (event: FocusEvent) => {
    if (!event.currentTarget.contains(event.relatedTarget)) leave()
  }
  const pasted = (event: ClipboardEvent<HTMLInputElement>) => {
    event.preventDefault()
    const { selectionStart, selectionEnd } = event.currentTarget
    const text = pastedFigure(event.clipboardData)
    setProblem(null)
    props.onChange(value.slice(0, selectionStart ?? 0) + text + value.slice(selectionEnd ?? value.length))
  }
  return (
    <div onBlur={left} onKeyDown={pressed}>
      <input
        ref={field}
        className="ed"
        aria-label={name}
        aria-invalid={problem !== null}
        aria-describedby={noteId}
        inputMode="decimal"
        autoComplete="off"
        value={value}
        onChange={(event) => {
          setProblem(null)
          props.onChange(event.target.value)
        }}
        onPaste={pasted}
      />
      <div className={findings.length || problem ? "pop ed-pop" : "pop ed-pop quiet"} role="status" id={noteId}>
        {problem ? (
          <RefusedFigure
            refusal={problem}
            kept={props.kept}
            onRead={(typed) => {
              const wrong = props.onEnter(typed)
              if (wrong !== null) return setProblem(wrong)
              settle()
              onDone("down")
            }}
            onKeep={() => {
              settle()
              props.onKeep()
            }}
          />
        ) : null}
        {findings.map((finding) => (
          <p key={finding.code} className="pt1">
            <Mark name={finding.severity === "error" ? "fail" : "warn"} />
            <b>{finding.code}</b> {t.pick(finding.message)}
          </p>
        ))}
        <p className="dim note">{t("costs.edit.hint")}</p>
      </div>
    </div>
  )
}

/** The ways out of an open cell. Whichever is taken, what was typed is entered, held in the cell, or said to be left out. */
function useEnding(props: CellEditorProps, setProblem: (refusal: Refusal | null) => void) {
  const t = useT()
  const toast = useToast()
  const settled = useRef(false)
  const latest = useRef(props)
  latest.current = props
  const settle = () => {
    settled.current = true
  }
  const isUntouched = () => latest.current.value === latest.current.opened
  const finish = (next: Next) => {
    const wrong = isUntouched() && props.refusal === null ? null : props.onEnter(props.value)
    if (wrong !== null) return setProblem(wrong)
    settle()
    props.onDone(next)
  }
  const giveUp = () => {
    settle()
    if (!isUntouched() && props.value.trim() !== "")
      toast(t("costs.edit.dropped", { typed: props.value, cell: props.name }))
    props.onDone("stay")
  }
  const leave = () => {
    if (settled.current) return
    settle()
    const { value, onEnter, onHold, onDone } = latest.current
    if (isUntouched() || onEnter(value) === null) onDone("stay")
    else onHold(value)
  }
  // a page that goes away takes the field with it before it can lose the focus
  const onGone = useRef(leave)
  onGone.current = leave
  useEffect(() => () => onGone.current(), [])
  return { finish, leave, giveUp, settle }
}

/** What was copied, on one line: a field would join two lines to one figure. */
export const pastedFigure = (data: DataTransfer): string =>
  data
    .getData("text/plain")
    .trim()
    .replace(/[ \u00A0]*(?:\r\n?|\n)\s*/g, "\t")
