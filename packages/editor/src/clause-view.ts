import type { Lang } from "@alternat/plan"
import { type AnyExtension, Editor, Extension } from "@tiptap/core"
import type { Slice } from "@tiptap/pm/model"
import { Plugin, TextSelection, type Transaction } from "@tiptap/pm/state"
import { ySyncPlugin, ySyncPluginKey } from "@tiptap/y-tiptap"
import type * as Y from "yjs"
import { clipboardText, fieldSerializer } from "./copy.ts"
import { type FieldDisplay, type FieldViews, fieldView } from "./field-view.ts"
import { offsetToPos, posToOffset } from "./flat-offset.ts"
import type { PasteReport } from "./paste/read-pasted.ts"
import { CLAUSE_LIMIT, cleanPastedHtml, cleanPastedText, type PasteRefusal, told, tooMuch } from "./paste.ts"
import { type TextMark, textMarksKey, textMarksPlugin } from "./text-marks.ts"
import { typedCharacters } from "./typed-characters.ts"
import type { SharedUndo } from "./undo.ts"

/** Where the caret goes: a place, an end, or words that are selected. */
export type Caret = number | "start" | "end" | { readonly from: number; readonly to: number }

/** Where a person leaves a text to, with the keyboard. */
export type Leave = "previous" | "next" | "other" | "row"

export interface ClauseViewOptions {
  readonly element: HTMLElement
  readonly fragment: Y.XmlFragment
  readonly extensions: readonly AnyExtension[]
  readonly lang: Lang
  readonly label: string
  readonly undo: SharedUndo
  /** asked at every change that comes from the person: a mode can be switched in the middle of a composition */
  readonly mayEdit: () => boolean
  readonly display: () => FieldDisplay
  readonly onSelect: (selection: { readonly from: number; readonly to: number; readonly quote: string }) => void
  readonly onLeave: (leave: Leave) => void
  readonly onTable: (() => void) | null
  readonly onFieldMenu: (() => void) | null
  readonly onRefused: (reason: PasteRefusal) => void
  /** what of a paste has stayed behind */
  readonly onPasted: (report: PasteReport) => void
  readonly onFocusChange: (focused: boolean) => void
}

/** A live editor bound to one fragment. Made when a text takes the focus, destroyed when it loses it. */
export interface ClauseView {
  readonly editor: Editor
  setMarks(marks: readonly TextMark[]): void
  refreshFields(): void
  focusAt(place: Caret): void
  /** what a paste or a drop carries, at the caret */
  paste(data: DataTransfer): void
  insertField(attrs: Readonly<Record<string, unknown>>): void
  destroy(): void
}

/** Makes the live editor. */
export function createClauseView(options: ClauseViewOptions): ClauseView {
  const fields: FieldViews = new Set()
  const pasting = new Pasting(options)
  const extensions = options.extensions.map((extension) =>
    extension.name === "field" && extension.type === "node"
      ? extension.extend({ addNodeView: () => fieldView(options.lang, options.display, fields) })
      : extension,
  )
  const editor = new Editor({
    element: options.element,
    extensions: [...extensions, binding(options), typedCharacters(), keys(options)],
    injectCSS: false,
    enableInputRules: false,
    enablePasteRules: false,
    editorProps: {
      attributes: {
        role: "textbox",
        "aria-multiline": "true",
        "aria-label": options.label,
        lang: options.lang,
        spellcheck: "true",
        class: "live",
      },
      transformPastedHTML: (html) => pasting.html(html),
      transformPastedText: (text) => pasting.text(text),
      handleDOMEvents: { paste: (_view, event) => refuseGiant(options, event) },
      handlePaste: (view, _event, slice) => pasting.isRefused(view.state.doc.content.size, slice),
      handleDrop: (view, event, slice, isMoved) =>
        (event.dataTransfer?.files.length ?? 0) > 0 ||
        (!isMoved && pasting.isRefused(view.state.doc.content.size, slice)),
      clipboardSerializer: fieldSerializer(options.display),
      clipboardTextSerializer: (slice) => clipboardText(slice.content, options.lang, options.display()),
    },
    // words typed before a name may make it the beginning of a sentence, or take that from it
    onUpdate: () => {
      for (const field of fields) field.refresh()
    },
    onFocus: () => options.onFocusChange(true),
    onBlur: () => options.onFocusChange(false),
    onSelectionUpdate: ({ editor }) => options.onSelect(selectionOf(editor)),
  })
  // the binding ignores a first transaction that deletes everything; this empty one takes its place
  editor.view.dispatch(editor.state.tr.setMeta("addToHistory", false))
  return {
    editor,
    setMarks: (marks) => {
      if (!editor.isDestroyed)
        editor.view.dispatch(editor.state.tr.setMeta(textMarksKey, marks).setMeta("addToHistory", false))
    },
    refreshFields: () => {
      for (const field of fields) field.refresh()
    },
    focusAt: (caret) => {
      editor.view.dispatch(editor.state.tr.setSelection(selectionAt(editor, caret)))
      editor.view.focus()
    },
    paste: (data) => {
      const html = data.getData("text/html")
      if (html === "") editor.view.pasteText(data.getData("text/plain"))
      else editor.view.pasteHTML(html)
    },
    insertField: (attrs) => {
      editor.chain().focus().insertContent({ type: "field", attrs }).run()
    },
    destroy: () => editor.destroy(),
  }
}

function selectionAt(editor: Editor, caret: Caret): TextSelection {
  const { doc } = editor.state
  const resolved = (offset: number) => doc.resolve(offsetToPos(doc, offset))
  if (typeof caret === "object") return TextSelection.between(resolved(caret.from), resolved(caret.to)) as TextSelection
  const place = caret === "start" ? 0 : caret === "end" ? Number.MAX_SAFE_INTEGER : caret
  return TextSelection.near(resolved(place)) as TextSelection
}

function selectionOf(editor: Editor) {
  const { doc, selection } = editor.state
  const quote = doc.textBetween(selection.from, selection.to, "\n", "\uFFFC")
  return { from: posToOffset(doc, selection.from), to: posToOffset(doc, selection.to), quote }
}

const binding = (options: ClauseViewOptions): Extension =>
  Extension.create({
    name: "alternatBinding",
    addProseMirrorPlugins: () => [ySyncPlugin(options.fragment) as Plugin, textMarksPlugin(), gate(options)],
  })

/** Lets in what others wrote, and of this person only what they may write at this moment. */
const gate = ({ mayEdit }: ClauseViewOptions): Plugin =>
  new Plugin({ filterTransaction: (transaction) => !transaction.docChanged || isOthers(transaction) || mayEdit() })

const isOthers = (transaction: Transaction): boolean =>
  (transaction.getMeta(ySyncPluginKey) as { readonly isChangeOrigin?: boolean } | undefined)?.isChangeOrigin === true

/** Before anything is parsed: reading a giant is what would freeze the page. */
function refuseGiant(options: ClauseViewOptions, event: ClipboardEvent): boolean {
  const reason = tooMuch(
    event.clipboardData?.getData("text/html") ?? "",
    event.clipboardData?.getData("text/plain") ?? "",
  )
  if (reason === null) return false
  event.preventDefault()
  options.onRefused(reason)
  return true
}

/** One paste on its way into the text: read, fitted in or refused, and then told of. */
class Pasting {
  #report: PasteReport | null = null

  constructor(readonly options: ClauseViewOptions) {}

  html(html: string): string {
    this.#report = null
    try {
      const { resolve } = this.options.display()
      // free text has no values: there they come as their words
      const hasFields = this.options.extensions.some(({ name }) => name === "field")
      const clean = cleanPastedHtml(
        html,
        (field) => hasFields && resolve(field).type !== "missing",
        this.options.element.ownerDocument,
      )
      this.#report = told(clean.report)
      return clean.html
    } catch (error) {
      // uncaught it would make the browser put in the source as it is, with everything that may be hidden in it
      this.options.onRefused("unreadable")
      reportError(error)
      return ""
    }
  }

  text(text: string): string {
    const clean = cleanPastedText(text)
    this.#report = told(clean.report)
    return clean.text
  }

  isRefused(size: number, slice: Slice): boolean {
    const report = this.#report
    this.#report = null
    if (size + slice.content.size > CLAUSE_LIMIT) {
      this.options.onRefused("clause full")
      return true
    }
    if (report !== null) this.options.onPasted(report)
    // with nothing to put in, what is selected stays
    return slice.content.size === 0
  }
}

/** Keys that go beyond one text: the shared history, leaving, tabling. Bound in the editor so that they win over its own. */
const keys = (options: ClauseViewOptions): Extension =>
  Extension.create({
    name: "alternatKeys",
    priority: 1000,
    addKeyboardShortcuts() {
      const leave = (to: Leave) => () => {
        options.onLeave(to)
        return true
      }
      const atEdge = (direction: "up" | "down", to: Leave) => () => {
        const { view } = this.editor
        if (!view.state.selection.empty || !view.endOfTextblock(direction)) return false
        const line = direction === "up" ? view.state.doc.firstChild : view.state.doc.lastChild
        const offset = posToOffset(view.state.doc, view.state.selection.head)
        const first = offset <= (line?.textContent.length ?? 0)
        const total = posToOffset(view.state.doc, view.state.doc.content.size)
        const last = offset >= total - (line?.content.size ?? 0)
        if (direction === "up" ? !first : !last) return false
        options.onLeave(to)
        return true
      }
      // the browser stops at a value, which can't be typed into, on its way to the beginning
      const jump = (to: "start" | "end") => () => {
        const { state, dispatch } = this.editor.view
        const selection = to === "start" ? TextSelection.atStart(state.doc) : TextSelection.atEnd(state.doc)
        dispatch(state.tr.setSelection(selection).scrollIntoView())
        return true
      }
      return {
        "Mod-Home": jump("start"),
        "Mod-End": jump("end"),
        "Mod-z": () => (options.mayEdit() && options.undo.undo()) || true,
        "Mod-y": () => (options.mayEdit() && options.undo.redo()) || true,
        "Mod-Shift-z": () => (options.mayEdit() && options.undo.redo()) || true,
        ArrowUp: atEdge("up", "previous"),
        ArrowDown: atEdge("down", "next"),
        Tab: () => (options.lang === "en" ? leave("other")() : false),
        "Shift-Tab": () => (options.lang === "ru" ? leave("other")() : false),
        "Alt-ArrowRight": leave("other"),
        "Alt-ArrowLeft": leave("other"),
        Escape: leave("row"),
        "Mod-Enter": () => {
          options.onTable?.()
          return options.onTable !== null
        },
        "Mod-'": () => {
          options.onFieldMenu?.()
          return options.onFieldMenu !== null
        },
      }
    },
  })
