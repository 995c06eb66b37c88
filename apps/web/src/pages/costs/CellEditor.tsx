import type { CostFinding } from "@alternat/plan"
import { type KeyboardEvent, useEffect, useId, useRef, useState } from "react"
import { useT } from "../../i18n/index.ts"
import { Mark } from "../../ui/index.ts"

export interface CellEditorProps {
  readonly name: string
  readonly value: string
  /** opened by typing: the caret goes behind what was typed; else all is selected */
  readonly typed: boolean
  readonly onChange: (value: string) => void
  /** writes the value; what is wrong with it, or null */
  readonly onEnter: (value: string) => string | null
  readonly onDone: (next: "stay" | "down" | "right" | "left") => void
  readonly findings: readonly CostFinding[]
}

/** The field of an open cell. What would fail is said while it is typed; it may be entered all the same. */
export function CellEditor({ name, value, typed, onChange, onEnter, onDone, findings }: CellEditorProps) {
  const t = useT()
  const field = useRef<HTMLInputElement>(null)
  const settled = useRef(false)
  const noteId = useId()
  const [problem, setProblem] = useState<string | null>(null)
  useEffect(() => {
    field.current?.focus()
    if (!typed) field.current?.select()
  }, [typed])
  const finish = (next: "stay" | "down" | "right" | "left") => {
    const wrong = onEnter(value)
    if (wrong !== null) return setProblem(wrong)
    settled.current = true
    onDone(next)
  }
  const pressed = (event: KeyboardEvent) => {
    event.stopPropagation()
    if (event.key === "Escape") {
      event.preventDefault()
      settled.current = true
      onDone("stay")
    } else if (event.key === "Enter") {
      event.preventDefault()
      finish("down")
    } else if (event.key === "Tab") {
      event.preventDefault()
      finish(event.shiftKey ? "left" : "right")
    }
  }
  // clicking elsewhere enters what can be entered, and drops what can't be read
  const left = () => {
    if (settled.current) return
    settled.current = true
    onEnter(value)
    onDone("stay")
  }
  return (
    <>
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
          onChange(event.target.value)
        }}
        onKeyDown={pressed}
        onBlur={left}
      />
      <div className={findings.length || problem ? "pop ed-pop" : "pop ed-pop quiet"} role="status" id={noteId}>
        {problem ? <p className="alarm">{problem}</p> : null}
        {findings.map((finding) => (
          <p key={finding.code} className="pt1">
            <Mark name={finding.severity === "error" ? "fail" : "warn"} />
            <b>{finding.code}</b> {t.pick(finding.message)}
          </p>
        ))}
        <p className="dim note">{t("costs.edit.hint")}</p>
      </div>
    </>
  )
}
