import { type KeyboardEvent, useEffect, useRef, useState } from "react"
import { Button as AriaButton } from "react-aria-components"
import { useT } from "../i18n/index.ts"
import { useToast } from "./Toast.tsx"

export interface EditableCellProps {
  /** accessible name: which cell this is */
  readonly name: string
  readonly value: string
  readonly lang?: "en" | "ru"
  readonly type?: "text" | "date" | "number"
  readonly canEdit: boolean
  /** answers who tries to open a cell that can't be edited now */
  readonly onBarred?: (() => void) | null
  /** what is wrong with the value, or null when it is kept; `seen` is the value that stood here when the field was opened */
  readonly onSave: (value: string, seen: string) => string | null
  readonly show?: string
}

/** A value of a table that opens where it stands: Enter keeps it, Escape leaves it as it was. */
export function EditableCell({ name, value, lang, type = "text", canEdit, onBarred, onSave, show }: EditableCellProps) {
  const [draft, setDraft] = useState<string | null>(null)
  const [seen, setSeen] = useState(value)
  const [problem, setProblem] = useState<string | null>(null)
  const field = useRef<HTMLInputElement>(null)
  const isOpen = draft !== null
  useEffect(() => {
    if (isOpen) field.current?.select()
  }, [isOpen])
  useKeptDraft(
    { name, draft: isOpen && draft !== seen ? draft : null, canEdit, onSave: (typed) => onSave(typed, seen) },
    () => setDraft(null),
  )
  const attributes = lang ? { lang } : {}
  const isShut = !canEdit && !onBarred
  if (isShut) return <span {...attributes}>{show ?? value}</span>
  if (draft === null || !canEdit) {
    return (
      <AriaButton
        className="cell-open"
        aria-label={`${name}: ${show ?? value}`}
        onPress={() => {
          if (!canEdit) return onBarred?.()
          setSeen(value)
          setDraft(value)
        }}
      >
        <span {...attributes}>{show ?? value}</span>
      </AriaButton>
    )
  }
  const keep = () => {
    const wrong = draft === seen ? null : onSave(draft, seen)
    setProblem(wrong)
    if (wrong === null) setDraft(null)
  }
  const pressed = (event: KeyboardEvent) => {
    // the keys of the page are not the field's
    event.stopPropagation()
    if (event.key === "Enter") keep()
    if (event.key === "Escape") setDraft(null)
  }
  return (
    <>
      <input
        ref={field}
        className="cell-ed"
        {...attributes}
        // a number field drops what is no number before anybody can say so
        type={type === "number" ? "text" : type}
        inputMode={type === "number" ? "numeric" : undefined}
        aria-label={name}
        aria-invalid={problem !== null}
        value={draft}
        onChange={(event) => setDraft(event.target.value)}
        onKeyDown={pressed}
        onBlur={keep}
      />
      {problem ? (
        <span className="alarm note" role="alert">
          {problem}
        </span>
      ) : null}
    </>
  )
}

/**
 * A field that goes while it is open (its row is withdrawn, the page or the mode changes) gives what was typed to `onSave`
 * once more; what isn't taken then is named, so that its author knows.
 */
function useKeptDraft(
  open: {
    readonly name: string
    readonly draft: string | null
    readonly canEdit: boolean
    readonly onSave: (typed: string) => string | null
  },
  close: () => void,
): void {
  const t = useT()
  const toast = useToast()
  const leave = useRef(() => {})
  leave.current = () => {
    const { name, draft, onSave } = open
    if (draft !== null && onSave(draft) !== null) toast(t("costs.edit.dropped", { typed: draft, cell: name }))
  }
  const { canEdit } = open
  const shut = useRef(close)
  shut.current = close
  useEffect(() => {
    if (canEdit) return
    leave.current()
    shut.current()
  }, [canEdit])
  useEffect(() => () => leave.current(), [])
}
