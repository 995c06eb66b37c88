import { CHARACTERS_EVENT } from "@alternat/editor"
import { cleanText, isPermittedText, type TextFault, type TextForm } from "@alternat/plan"
import { useEffect } from "react"
import { useLanguage, useT } from "../i18n/index.ts"
import { useToast } from "../ui/index.ts"
import { charactersNotice } from "./characters-notice.ts"

type Field = HTMLInputElement | HTMLTextAreaElement

/** Fields whose characters are nobody's text. */
const FREE = new Set(["password", "file", "checkbox", "radio", "range", "date", "number"])

/**
 * Keeps characters that a plan may not hold out of every form of the page, and says what became of them, there and where
 * they are typed into live texts (of a paste the plan page tells more). It listens once for the whole document, so no form needs to think of it.
 */
export function CharactersGuard() {
  const toast = useToast()
  const t = useT()
  const { lang } = useLanguage()
  useEffect(() => {
    const tell = (faults: readonly TextFault[]) => {
      const notice = charactersNotice(faults, lang, t)
      if (notice !== null) toast(notice)
    }
    const onInput = (event: Event) => {
      // an input method shows what it is about to write; it is looked at when it has written
      if (event instanceof InputEvent && event.isComposing) return
      const field = fieldOf(event.target)
      const faults = field === null ? [] : cleanField(field)
      if (faults.length === 0) return
      tell(faults)
      // an input event is on its way to the form already, and finds the clean value
      if (event.type !== "input") event.target?.dispatchEvent(new Event("input", { bubbles: true }))
    }
    const onTyped = (event: Event) => tell((event as CustomEvent<readonly TextFault[]>).detail)
    const options = { capture: true }
    document.addEventListener("input", onInput, options)
    document.addEventListener("compositionend", onInput, options)
    document.addEventListener(CHARACTERS_EVENT, onTyped)
    return () => {
      document.removeEventListener("input", onInput, options)
      document.removeEventListener("compositionend", onInput, options)
      document.removeEventListener(CHARACTERS_EVENT, onTyped)
    }
  }, [toast, t, lang])
  return null
}

const fieldOf = (target: EventTarget | null): Field | null =>
  target instanceof HTMLTextAreaElement || (target instanceof HTMLInputElement && !FREE.has(target.type))
    ? target
    : null

/** Cleans a field before React sees the event, so that its state never has the character; the caret stays. */
function cleanField(field: Field): readonly TextFault[] {
  const form: TextForm = { form: field instanceof HTMLTextAreaElement ? "lines" : "line" }
  if (isPermittedText(field.value, form)) return []
  const { selectionStart } = field
  const { text, faults } = cleanText(field.value, form)
  const caret = selectionStart === null ? null : cleanText(field.value.slice(0, selectionStart), form).text.length
  setValue(field, text)
  if (caret !== null) field.setSelectionRange(caret, caret)
  return faults
}

/** Past React's own setter, which would take the value for known and hold back the event. */
function setValue(field: Field, value: string): void {
  const prototype = field instanceof HTMLTextAreaElement ? HTMLTextAreaElement.prototype : HTMLInputElement.prototype
  Object.getOwnPropertyDescriptor(prototype, "value")?.set?.call(field, value)
}
