import type { Inline, Lang } from "@alternat/plan"
import { clauseSchema, renderInlines } from "@alternat/text"
import { DOMSerializer, type Fragment, type Node as PmNode } from "@tiptap/pm/model"
import { type FieldDisplay, fieldOf } from "./field-view.ts"

/** The HTML of a copy: a value is what it is bound to, for us, and its words, for everybody else. */
export function fieldSerializer(display: () => FieldDisplay): DOMSerializer {
  const nodes = DOMSerializer.nodesFromSchema(clauseSchema)
  const marks = DOMSerializer.marksFromSchema(clauseSchema)
  const field = (node: PmNode) => {
    const attributes = Object.entries(node.attrs as Record<string, string | null>).flatMap(([name, value]) =>
      value === null ? [] : [[`data-${name}`, value] as const],
    )
    return ["span", Object.fromEntries(attributes), display().show(fieldOf(node)).text] as const
  }
  return new DOMSerializer({ ...nodes, field }, marks)
}

/** The plain text of a copy: lines as they read in the column's language, values filled in. */
export function clipboardText(content: Fragment, lang: Lang, display: FieldDisplay): string {
  const lines: (readonly Inline[])[] = []
  const loose: Inline[] = []
  content.forEach((node) => {
    if (node.isInline) loose.push(inlineOf(node))
    else if (node.isTextblock) lines.push(inlinesOf(node))
    else
      node.descendants((inner) => {
        if (inner.isTextblock) lines.push(inlinesOf(inner))
        return !inner.isTextblock
      })
  })
  const all = loose.length > 0 ? [loose, ...lines] : lines
  return all.map((line) => lineText(line, lang, display)).join("\n")
}

function lineText(line: readonly Inline[], lang: Lang, display: FieldDisplay): string {
  return line
    .flatMap((inline, index) => {
      if (typeof inline === "string") return [inline]
      if ("em" in inline) return [inline.em]
      const shown = display.show(inline)
      if (shown.kind !== "value") return [shown.text]
      // a name begins a sentence with a capital
      return [renderInlines(line.slice(0, index + 1), lang, display.resolve).at(-1)?.text ?? shown.text]
    })
    .join("")
}

const inlinesOf = (block: PmNode): readonly Inline[] => {
  const inlines: Inline[] = []
  block.forEach((node) => inlines.push(inlineOf(node)))
  return inlines
}

const inlineOf = (node: PmNode): Inline => (node.isText ? (node.text ?? "") : fieldOf(node))
