import type { Field, Inline, Lang } from "@alternat/plan"
import { type FieldResolver, renderInlines } from "@alternat/text"
import type { NodeViewRenderer } from "@tiptap/core"
import type { Node as PmNode } from "@tiptap/pm/model"

/** How a field reads in one language, as the tables stand now. */
export interface ShownField {
  readonly text: string
  /** the table row it comes from, in small type: `L10` */
  readonly source: string | null
  readonly title: string
  readonly kind: "value" | "placeholder" | "broken"
}
/** The fields of one language: what each stands for, and how it reads. */
export interface FieldDisplay {
  readonly resolve: FieldResolver
  readonly show: (field: Field) => ShownField
}

export interface FieldViewHandle {
  refresh(): void
}
/** The field views alive in one editor, so that a changed table redraws them without touching the document. */
export type FieldViews = Set<FieldViewHandle>

const CLASS = { value: "fld", placeholder: "ph", broken: "fld broken" } as const

/** The field a node stands for; its attributes are the field's own. */
export function fieldOf(node: PmNode): Field {
  const { field, key, case: grammatical, kind } = node.attrs as Record<string, string>
  if (field === "party") return { field, key, case: grammatical } as Field
  if (field === "placeholder") return { field, key, kind } as Field
  return { field, key } as Field
}

/** Fills an element with a field's formatted value. */
export function drawField(element: HTMLElement, shown: ShownField): void {
  element.className = CLASS[shown.kind]
  element.title = shown.title
  element.replaceChildren(shown.text)
  if (shown.source !== null) {
    const source = document.createElement("sup")
    source.textContent = shown.source
    element.append(source)
  }
}

/** A value as it reads at its place in the line: a party's name begins a sentence with a capital. */
function shownAt(doc: PmNode, pos: number | undefined, field: Field, lang: Lang, display: FieldDisplay): ShownField {
  const shown = display.show(field)
  if (field.field !== "party" || shown.kind !== "value" || pos === undefined || pos > doc.content.size) return shown
  const place = doc.resolve(pos)
  const inlines: Inline[] = []
  place.parent.forEach((node, offset) => {
    if (offset < place.parentOffset) inlines.push(node.isText ? (node.text ?? "") : fieldOf(node))
  })
  const text = renderInlines([...inlines, field], lang, display.resolve).at(-1)?.text ?? shown.text
  return { ...shown, text }
}

/** Plain DOM, no React root for each: a plan has hundreds of fields. */
export const fieldView =
  (lang: Lang, display: () => FieldDisplay, views: FieldViews): NodeViewRenderer =>
  ({ node, view, getPos }) => {
    let current = node
    let drawn: ShownField | null = null
    const dom = document.createElement("span")
    dom.contentEditable = "false"
    const handle: FieldViewHandle = {
      refresh: () => {
        const shown = shownAt(view.state.doc, getPos(), fieldOf(current), lang, display())
        if (drawn?.text === shown.text && drawn.title === shown.title && drawn.kind === shown.kind) return
        drawn = shown
        drawField(dom, shown)
      },
    }
    handle.refresh()
    views.add(handle)
    return {
      dom,
      update: (next) => {
        if (next.type !== current.type) return false
        current = next
        handle.refresh()
        return true
      },
      selectNode: () => dom.classList.add("sel"),
      deselectNode: () => dom.classList.remove("sel"),
      ignoreMutation: () => true,
      destroy: () => {
        views.delete(handle)
      },
    }
  }
