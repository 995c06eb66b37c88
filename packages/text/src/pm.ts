import type { ClauseText, Field, Inline, RussianCase } from "@alternat/plan"
import type { Node as PmNode } from "@tiptap/pm/model"
import { type Line, linesToText } from "./clause-value.ts"
import { clauseSchema } from "./schema.ts"

/** A text as an editor's document. An empty text is one empty paragraph, as an editor shows it. */
export function textToNode(text: ClauseText): PmNode {
  const blocks = text.map((block) =>
    "p" in block
      ? paragraph(block.p)
      : clauseSchema.node(
          "orderedList",
          null,
          block.list.map((item) => clauseSchema.node("listItem", null, [paragraph(item)])),
        ),
  )
  return clauseSchema.node("doc", null, blocks.length === 0 ? [paragraph([])] : blocks)
}

const paragraph = (inlines: readonly Inline[]): PmNode =>
  clauseSchema.node(
    "paragraph",
    null,
    inlines.flatMap((inline) => {
      if (typeof inline === "string") return inline === "" ? [] : [clauseSchema.text(inline)]
      if ("em" in inline) return inline.em === "" ? [] : [clauseSchema.text(inline.em, [clauseSchema.mark("em")])]
      return [clauseSchema.node("field", { ...inline })]
    }),
  )

/** An editor's document as a text in normal form. */
export function nodeToText(doc: PmNode): ClauseText {
  const lines: Line[] = []
  doc.forEach((block) => {
    if (block.type.name === "paragraph") lines.push({ block: "p", first: false, inlines: inlinesOf(block) })
    let first = true
    if (block.type.name === "orderedList") {
      block.descendants((node) => {
        if (!node.isTextblock) return true
        lines.push({ block: "item", first, inlines: inlinesOf(node) })
        first = false
        return false
      })
    }
  })
  return linesToText(lines)
}

function inlinesOf(node: PmNode): readonly Inline[] {
  const inlines: Inline[] = []
  node.forEach((child) => {
    if (child.isText) {
      const text = child.text ?? ""
      inlines.push(child.marks.some((mark) => mark.type.name === "em") ? { em: text } : text)
    } else {
      const field = parseField(child.attrs)
      if (field !== null) inlines.push(field)
    }
  })
  return inlines
}

const CASES: ReadonlySet<string> = new Set<RussianCase>(["nom", "gen", "dat", "acc", "ins", "pre"])
const PLAIN_FIELDS: ReadonlySet<string> = new Set(["date", "amount", "percent", "rate", "ref"])
const PLACEHOLDER_KINDS: ReadonlySet<string> = new Set(["text", "date", "amount", "person"])
const FIELD_KEY = /^[A-Za-z0-9._:-]{1,120}$/

/**
 * The field that these attributes name; null when they name none. Two people who change one field at once can leave
 * an attribute of the one kind on a field of the other: what doesn't belong to the kind is not looked at.
 */
export function parseField(attributes: Readonly<Record<string, unknown>>): Field | null {
  const { field, key, case: grammatical, kind } = attributes
  if (typeof field !== "string" || typeof key !== "string" || !FIELD_KEY.test(key)) return null
  if (field === "party") {
    return typeof grammatical === "string" && CASES.has(grammatical)
      ? { field, key, case: grammatical as RussianCase }
      : null
  }
  if (field === "placeholder") {
    return typeof kind === "string" && PLACEHOLDER_KINDS.has(kind)
      ? { field, key, kind: kind as "text" | "date" | "amount" | "person" }
      : null
  }
  return PLAIN_FIELDS.has(field) ? { field: field as "date" | "amount" | "percent" | "rate" | "ref", key } : null
}
