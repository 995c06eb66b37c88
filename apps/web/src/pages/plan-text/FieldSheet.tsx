import { type Field, numberOf } from "@alternat/plan"
import { useMemo, useState } from "react"
import { usePlanText } from "./context.ts"
import { offeredFields } from "./fields.ts"
import { SheetFrame } from "./SheetFrame.tsx"

const SHOWN = 60

export interface FieldSheetProps {
  readonly clauseId: string
  readonly lang: "en" | "ru"
  /** where the caret was when the sheet took the focus */
  readonly at: number | "end"
}

/** Everything the tables hold that a text can be bound to; choosing one puts it at the caret. */
export function FieldSheet({ clauseId, lang, at }: FieldSheetProps) {
  const page = usePlanText()
  const { say, setHand, live, display } = page
  const [find, setFind] = useState("")
  const rows = useMemo(
    () =>
      offeredFields(live.plan, lang).flatMap((field) => {
        const shown = display[lang].show(field)
        return shown.kind === "value"
          ? [{ field, shown, key: `${field.field}:${field.key}:${"case" in field ? field.case : ""}` }]
          : []
      }),
    [live.plan, lang, display],
  )
  const words = find.trim().toLowerCase()
  const found = rows.filter(({ shown, key }) => words === "" || `${shown.text} ${key}`.toLowerCase().includes(words))
  const close = () => setHand({ sheet: null })
  const put = (field: Field) => {
    close()
    page.insertField(clauseId, lang, field, at)
  }
  return (
    <SheetFrame title={say("pt.field.title")} narrow onClose={close}>
      <div className="dlg">
        <label>
          {say("pt.field.find")}
          <input
            // oxlint-disable-next-line jsx-a11y/no-autofocus -- the sheet was opened to type here
            autoFocus
            value={find}
            onChange={(event) => setFind(event.currentTarget.value)}
            onKeyDown={(event) => {
              const first = found[0]
              if (event.key === "Enter" && first !== undefined) put(first.field)
            }}
          />
        </label>
        <div className="menu-list" role="listbox" aria-label={say("pt.field.title")}>
          {found.slice(0, SHOWN).map(({ field, shown, key }) => (
            <button key={key} type="button" role="option" aria-selected={false} onClick={() => put(field)}>
              <span className="serif">{shown.text}</span>
              <span className="dim">
                {field.field === "ref"
                  ? numberOf(live.plan, field.key) === null
                    ? key
                    : `${field.field} ${field.key}`
                  : key}
              </span>
            </button>
          ))}
          {found.length === 0 && <p className="dim">{say("pt.field.none")}</p>}
        </div>
      </div>
    </SheetFrame>
  )
}
