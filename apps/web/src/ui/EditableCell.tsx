import { type KeyboardEvent, useEffect, useRef, useState } from "react"
import { Button as AriaButton } from "react-aria-components"

export interface EditableCellProps {
  /** accessible name: which cell this is */
  readonly name: string
  readonly value: string
  readonly lang?: "en" | "ru"
  readonly type?: "text" | "date" | "number"
  readonly canEdit: boolean
  /** answers who tries to open a cell that can't be edited now */
  readonly onBarred?: (() => void) | null
  /** what is wrong with the value, or null when it is kept */
  readonly onSave: (value: string) => string | null
  readonly show?: string
}

/** A value of a table that opens where it stands: Enter keeps it, Escape leaves it as it was. */
export function EditableCell({ name, value, lang, type = "text", canEdit, onBarred, onSave, show }: EditableCellProps) {
  const [draft, setDraft] = useState<string | null>(null)
  const [problem, setProblem] = useState<string | null>(null)
  const field = useRef<HTMLInputElement>(null)
  const isOpen = draft !== null
  useEffect(() => {
    if (isOpen) field.current?.select()
  }, [isOpen])
  const attributes = lang ? { lang } : {}
  const isShut = !canEdit && !onBarred
  if (!canEdit && isOpen) setDraft(null)
  if (isShut) return <span {...attributes}>{show ?? value}</span>
  if (draft === null || !canEdit) {
    return (
      <AriaButton
        className="cell-open"
        aria-label={`${name}: ${show ?? value}`}
        onPress={() => (canEdit ? setDraft(value) : onBarred?.())}
      >
        <span {...attributes}>{show ?? value}</span>
      </AriaButton>
    )
  }
  const keep = () => {
    const wrong = draft === value ? null : onSave(draft)
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
