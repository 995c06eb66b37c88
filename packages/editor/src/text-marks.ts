import type { Node as PmNode } from "@tiptap/pm/model"
import { Plugin, PluginKey } from "@tiptap/pm/state"
import { Decoration, DecorationSet } from "@tiptap/pm/view"
import { ySyncPluginKey } from "@tiptap/y-tiptap"
import { offsetToPos } from "./flat-offset.ts"

/** What is drawn over a text without being in it. Offsets as in `flat-offset.ts`. */
export type TextMark =
  | {
      readonly kind: "comment"
      readonly from: number
      readonly to: number
      readonly threadId: string
      readonly active: boolean
    }
  | {
      readonly kind: "lint"
      readonly from: number
      readonly to: number
      readonly severity: "error" | "warning"
      readonly message: string
    }
  | { readonly kind: "deleted"; readonly from: number; readonly to: number; readonly side: "a" | "b" }
  | {
      readonly kind: "inserted"
      readonly at: number
      readonly side: "a" | "b"
      readonly code: string
      readonly text: string
    }
  | {
      readonly kind: "author"
      readonly from: number
      readonly to: number
      readonly run: number
      readonly tag: string
      readonly side: "a" | "b" | "both"
      readonly label: string
      readonly active: boolean
    }
  | { readonly kind: "caret"; readonly at: number; readonly name: string; readonly side: "a" | "b" }

/** Class names of a mark that covers words: the static text and the live editor draw it alike. */
export function markClass(mark: TextMark): string {
  switch (mark.kind) {
    case "comment":
      return mark.active ? "hl on" : "hl"
    case "lint":
      return mark.severity === "error" ? "lint x" : "lint"
    case "deleted":
      return `del-${mark.side}`
    case "author":
      return mark.active ? `wr ${mark.side} on` : `wr ${mark.side}`
    case "inserted":
    case "caret":
      return ""
  }
}

/** A colleague's caret, with the name it belongs to. */
export function caretElement(mark: Extract<TextMark, { kind: "caret" }>): HTMLElement {
  const caret = document.createElement("span")
  caret.className = `caret end ${mark.side}`
  const label = document.createElement("span")
  label.textContent = mark.name
  caret.append(label)
  return caret
}

function insertedElement(mark: Extract<TextMark, { kind: "inserted" }>): HTMLElement {
  const bracket = document.createElement("span")
  bracket.className = `br ${mark.side}`
  const code = document.createElement("b")
  code.textContent = `${mark.code}:`
  const words = document.createElement("i")
  words.textContent = mark.text
  bracket.append(code, " ", words)
  bracket.contentEditable = "false"
  return bracket
}

function decorate(doc: PmNode, marks: readonly TextMark[]): DecorationSet {
  const decorations: Decoration[] = []
  for (const [index, mark] of marks.entries()) {
    if (mark.kind === "caret" || mark.kind === "inserted") {
      const element = mark.kind === "caret" ? () => caretElement(mark) : () => insertedElement(mark)
      decorations.push(
        Decoration.widget(offsetToPos(doc, mark.at), element, {
          side: mark.kind === "caret" ? 10 : -1,
          key: `${mark.kind}:${index}:${JSON.stringify(mark)}`,
          ignoreSelection: true,
        }),
      )
      continue
    }
    const from = offsetToPos(doc, mark.from)
    const to = offsetToPos(doc, mark.to)
    if (from >= to) continue
    const title = mark.kind === "lint" ? { title: mark.message } : {}
    const thread = mark.kind === "comment" ? { "data-thread": mark.threadId } : {}
    decorations.push(Decoration.inline(from, to, { class: markClass(mark), ...title, ...thread }))
  }
  return DecorationSet.create(doc, decorations)
}

export const textMarksKey = new PluginKey<MarksState>("alternat-marks")
interface MarksState {
  readonly marks: readonly TextMark[]
  readonly set: DecorationSet
}

/**
 * Draws the marks. Own typing maps them along; a change from elsewhere replaces the whole document, through which
 * nothing can be mapped, so the last offsets are drawn again until fresh ones arrive from the anchors.
 */
export const textMarksPlugin = (): Plugin<MarksState> =>
  new Plugin<MarksState>({
    key: textMarksKey,
    state: {
      init: (_config, state) => ({ marks: [], set: decorate(state.doc, []) }),
      apply: (tr, value) => {
        const marks = tr.getMeta(textMarksKey) as readonly TextMark[] | undefined
        if (marks !== undefined) return { marks, set: decorate(tr.doc, marks) }
        if (!tr.docChanged) return value
        const fromElsewhere = (tr.getMeta(ySyncPluginKey) as { isChangeOrigin?: boolean } | undefined)?.isChangeOrigin
        return fromElsewhere === true
          ? { marks: value.marks, set: decorate(tr.doc, value.marks) }
          : { marks: value.marks, set: value.set.map(tr.mapping, tr.doc) }
      },
    },
    props: { decorations: (state) => textMarksKey.getState(state)?.set },
  })
