import { cleanText, isPermittedText, type TextFault } from "@alternat/plan"
import { Extension } from "@tiptap/core"
import type { Node } from "@tiptap/pm/model"
import { type EditorState, Plugin, type Transaction } from "@tiptap/pm/state"
import { ReplaceAroundStep, ReplaceStep } from "@tiptap/pm/transform"
import { ySyncPluginKey } from "@tiptap/y-tiptap"

/** Tells the page, wherever the text stands, what was typed and not taken as it was: a `CustomEvent` with the faults. */
export const CHARACTERS_EVENT = "alternat:characters"

/**
 * Keeps characters that a plan may not hold out of a live text. Typed ones (by keyboard, input method or dictation) are
 * replaced or left out before the text has them: once it had, they would be on their way to the server, which refuses
 * them. Whatever else would bring some is refused whole; what came from others, and what stood there before, stays.
 */
export const typedCharacters = (): Extension =>
  Extension.create({
    name: "alternatCharacters",
    priority: 1000,
    addProseMirrorPlugins: () => {
      let dom: HTMLElement | null = null
      const filterTransaction = (transaction: Transaction, state: EditorState): boolean => {
        const faults = broughtBy(transaction, state)
        if (faults.length > 0 && dom !== null) tell(dom, faults)
        return faults.length === 0
      }
      const plugin = new Plugin({
        view: (view) => {
          dom = view.dom
          return {}
        },
        props: {
          handleTextInput(view, from, to, text) {
            const { text: clean, faults } = cleanText(text)
            if (isPermittedText(text)) return false
            view.dispatch(view.state.tr.insertText(clean, from, to).scrollIntoView())
            tell(view.dom, faults)
            return true
          },
        },
        filterTransaction,
      })
      return [plugin]
    },
  })

export function tell(target: EventTarget, faults: readonly TextFault[]): void {
  target.dispatchEvent(new CustomEvent(CHARACTERS_EVENT, { bubbles: true, detail: faults }))
}

/** Moved words keep what they hold: a paragraph that is split may have something from before in it. */
function broughtBy(transaction: Transaction, state: EditorState): readonly TextFault[] {
  if (!transaction.docChanged || transaction.getMeta(ySyncPluginKey) !== undefined) return []
  const faults = transaction.steps.flatMap((step) => {
    if (!(step instanceof ReplaceStep || step instanceof ReplaceAroundStep)) return []
    const { content } = step.slice
    const text = content.textBetween(0, content.size, "", " ")
    return isPermittedText(text) ? [] : cleanText(text).faults
  })
  if (faults.length === 0) return []
  const before = forbiddenIn(state.doc)
  const isFromBefore = [...forbiddenIn(transaction.doc)].every(([unit, times]) => times <= (before.get(unit) ?? 0))
  // it goes as a whole, whatever could stand for a part of it
  return isFromBefore ? [] : faults.map((fault) => ({ ...fault, replacement: null }))
}

function forbiddenIn(doc: Node): ReadonlyMap<number, number> {
  const found = new Map<number, number>()
  const text = doc.textBetween(0, doc.content.size, "", " ")
  for (let i = 0; i < text.length; i++) {
    if (isPermittedText(text.charAt(i))) continue
    const unit = text.charCodeAt(i)
    found.set(unit, (found.get(unit) ?? 0) + 1)
  }
  return found
}
