import { type AnyExtension, Extension, getSchema, Mark, Node } from "@tiptap/core"
import type { Schema } from "@tiptap/pm/model"

/**
 * The one schema of a clause text: the editor mounts these extensions, the server and the exports use `clauseSchema`
 * made from them. A node that one side knows and the other doesn't would be deleted for everybody, so there is no
 * second list anywhere. A list item may hold several paragraphs, because two people splitting one item at the same
 * moment make such a thing; as a value (`ClauseText`) each of them is an item.
 */
const ClauseDocument = Node.create({ name: "doc", topNode: true, content: "block+" })

const PlainText = Node.create({ name: "text", group: "inline" })

const Paragraph = Node.create({
  name: "paragraph",
  priority: 1000,
  group: "block",
  content: "inline*",
  parseHTML: () => [{ tag: "p" }],
  renderHTML: () => ["p", 0],
})

const ListItem = Node.create({
  name: "listItem",
  content: "paragraph+",
  defining: true,
  parseHTML: () => [{ tag: "li" }],
  renderHTML: () => ["li", 0],
  addKeyboardShortcuts() {
    return {
      Enter: () => this.editor.commands.splitListItem(this.name),
      "Shift-Tab": () => this.editor.commands.liftListItem(this.name),
    }
  },
})

const OrderedList = Node.create({
  name: "orderedList",
  group: "block",
  content: "listItem+",
  parseHTML: () => [{ tag: "ol" }, { tag: "ul" }],
  renderHTML: () => ["ol", { class: "items" }, 0],
  addKeyboardShortcuts() {
    return { "Mod-Shift-7": () => this.editor.commands.toggleList(this.name, "listItem") }
  },
})

const Emphasis = Mark.create({
  name: "em",
  parseHTML: () => [{ tag: "em" }, { tag: "i" }],
  renderHTML: () => ["em", 0],
  addKeyboardShortcuts() {
    return { "Mod-i": () => this.editor.commands.toggleMark(this.name) }
  },
})

/** Order and names are the stored form: `field`, `key`, then `case` (party) or `kind` (placeholder). */
export const FIELD_ATTRIBUTES = ["field", "key", "case", "kind"] as const

const FieldNode = Node.create({
  name: "field",
  group: "inline",
  inline: true,
  atom: true,
  selectable: true,
  draggable: false,
  addAttributes: () =>
    Object.fromEntries(
      FIELD_ATTRIBUTES.map((name) => {
        const html = name === "field" ? "data-field" : `data-${name}`
        return [
          name,
          {
            default: null,
            parseHTML: (element: HTMLElement) => element.getAttribute(html),
            renderHTML: (attributes: Record<string, unknown>) =>
              attributes[name] === null ? {} : { [html]: attributes[name] },
          },
        ]
      }),
    ),
  parseHTML: () => [{ tag: "span[data-field]" }],
  renderHTML: ({ HTMLAttributes }) => ["span", HTMLAttributes],
})

/** Keeps what the browser can do to a text to what a clause can hold. */
const SingleLine = Extension.create({
  name: "noHardBreak",
  addKeyboardShortcuts() {
    return { "Shift-Enter": () => this.editor.commands.splitBlock() }
  },
})

export const clauseExtensions: readonly AnyExtension[] = [
  ClauseDocument,
  PlainText,
  Paragraph,
  OrderedList,
  ListItem,
  Emphasis,
  FieldNode,
  SingleLine,
]

/** Free text of more than one line, without numbering, emphasis or values: notes and reasons of a caucus. */
export const plainExtensions: readonly AnyExtension[] = [ClauseDocument, PlainText, Paragraph, SingleLine]

/** The same schema without an editor. */
export const clauseSchema: Schema = getSchema([...clauseExtensions])
