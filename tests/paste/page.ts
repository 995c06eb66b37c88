// Runs in the browser: a real clause editor on a real shared text, and the hands that paste into it and copy from it.
import { clauseFragment, initialPlanUpdate, loadDoc, readClauseText, writeFragment } from "@alternat/document"
import { createClauseView, createSharedUndo, type PasteReport } from "@alternat/editor"
import { type ClauseText, type Field, type LivePlan, resolveField } from "@alternat/plan"
import { clauseExtensions, formatFieldValue } from "@alternat/text"

export interface PasteBench {
  /** what the text holds after the paste, and what its author was told */
  paste(
    html: string,
    text?: string,
  ): { readonly text: ClauseText; readonly report: PasteReport | null; readonly refused: string | null }
  /** the clipboard after a copy of everything */
  copy(text: ClauseText): { readonly html: string; readonly plain: string }
}

export function openBench(live: LivePlan): PasteBench {
  const doc = loadDoc("plan", [initialPlanUpdate(live, { epoch: 1, clientId: 1 })])
  const clauseId = live.plan.sections.flatMap((section) => section.clauses)[0]?.id ?? ""
  const fragment = clauseFragment(doc, clauseId, "en")
  if (fragment === null) throw new Error("broken invariant: the plan has a clause")
  const undo = createSharedUndo(doc, { placesOf: () => new Set(), isEditable: () => true, onWent: () => undefined })
  const resolve = (field: Field) => resolveField(live.plan, field)
  let report: PasteReport | null = null
  let refused: string | null = null
  const view = () => {
    const element = document.createElement("div")
    document.body.append(element)
    const made = createClauseView({
      element,
      fragment,
      extensions: clauseExtensions,
      lang: "en",
      label: "17.1 English",
      undo,
      display: () => ({
        resolve,
        show: (field) => ({
          text: formatFieldValue(resolve(field), "en"),
          source: null,
          title: field.key,
          kind: "value",
        }),
      }),
      mayEdit: () => true,
      onSelect: () => undefined,
      onLeave: () => undefined,
      onTable: null,
      onFieldMenu: null,
      onRefused: (reason) => (refused = reason),
      onPasted: (told) => (report = told),
      onFocusChange: () => undefined,
    })
    return { made, close: () => (made.destroy(), element.remove()) }
  }
  const withText = <T>(text: ClauseText, run: (target: HTMLElement, close: () => void) => T): T => {
    writeFragment(fragment, text)
    const { made, close } = view()
    try {
      made.editor.commands.selectAll()
      return run(made.editor.view.dom, close)
    } finally {
      close()
    }
  }
  return {
    paste: (html, text = "") => {
      report = null
      refused = null
      const now = withText([], (target) => {
        const clipboardData = new DataTransfer()
        if (html !== "") clipboardData.setData("text/html", html)
        clipboardData.setData("text/plain", text)
        target.dispatchEvent(new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true }))
        return readClauseText(doc, clauseId, "en") ?? []
      })
      return { text: now, report, refused }
    },
    copy: (text) =>
      withText(text, (target) => {
        const clipboardData = new DataTransfer()
        target.dispatchEvent(new ClipboardEvent("copy", { clipboardData, bubbles: true, cancelable: true }))
        return { html: clipboardData.getData("text/html"), plain: clipboardData.getData("text/plain") }
      }),
  }
}

declare global {
  interface Window {
    openBench: typeof openBench
    clip: PasteBench
    oracle: (html: string) => readonly string[]
  }
}
window.openBench = openBench
