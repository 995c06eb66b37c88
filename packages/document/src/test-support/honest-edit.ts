import type { ClauseText, Inline, Lang } from "@alternat/plan"
import { normaliseText } from "@alternat/text"
import fc from "fast-check"
import * as Y from "yjs"
import { createDraft, draftFragment, putNote, removeDraft } from "../caucus.ts"
import { addRow, LAST, moveRow, setCell, setTerm } from "../cells.ts"
import { leavesOf, paragraphsOf, readFragment, writeFragment } from "../fragment.ts"
import { clauseFragment, type Space, tableOf, undoScope } from "../layout.ts"
import { mayTakeBack } from "../undo.ts"

const KINDS = [
  "type",
  "erase",
  "split",
  "join",
  "list",
  "mark",
  "cell",
  "addRow",
  "moveRow",
  "removeDraft",
  "term",
  "undo",
  "redo",
] as const

/** One thing that a person does; the numbers are taken modulo what there is at that moment, so that any of them means something. */
export interface HonestEdit {
  readonly kind: (typeof KINDS)[number]
  /** which text or row */
  readonly target: number
  readonly at: number
  readonly words: string
}

const weightOf = (kind: HonestEdit["kind"]): number => (kind === "type" ? 6 : kind === "erase" ? 3 : 1)

export const honestEdit: fc.Arbitrary<HonestEdit> = fc.record({
  kind: fc.oneof(...KINDS.map((kind) => ({ weight: weightOf(kind), arbitrary: fc.constant(kind) }))),
  target: fc.nat(20),
  at: fc.nat(60),
  words: fc.constantFrom("a", "the Side ", "ёж", "30", " «", "— ", "☐", "x\u0301"),
})

/** A person's document with the undo of its page. */
export interface Desk {
  readonly doc: Y.Doc
  readonly undo: Y.UndoManager
}

export const deskOf = (doc: Y.Doc, space: Space = "plan"): Desk => ({
  doc,
  undo: new Y.UndoManager([...undoScope(doc, space)], {
    captureTimeout: 0,
    deleteFilter: mayTakeBack,
  }),
})

/** Does it, if there is something to do it to. */
export function doEdit(desk: Desk, edit: HonestEdit, texts: readonly Y.XmlFragment[]): void {
  const fragment = texts[edit.target % Math.max(1, texts.length)]
  switch (edit.kind) {
    case "removeDraft":
      return
    case "undo":
      desk.undo.undo()
      return
    case "redo":
      desk.undo.redo()
      return
    case "cell":
    case "addRow":
    case "moveRow":
      return editRow(desk.doc, edit)
    case "term":
      setTerm(desk.doc, "binding", edit.at % 2 === 0)
      return
    default:
      if (fragment) desk.doc.transact(() => editText(fragment, edit))
  }
}

/** Every text of the plan space that these clauses have, in both languages. */
export const textsOfPlan = (doc: Y.Doc, clauseIds: readonly string[]): readonly Y.XmlFragment[] =>
  clauseIds.flatMap((id) => (["en", "ru"] as const).flatMap((lang) => clauseFragment(doc, id, lang) ?? []))

/** The same in a caucus, where the table edits make and drop drafts and notes instead. */
export function doCaucusEdit(desk: Desk, edit: HonestEdit): void {
  const { doc } = desk
  const id = `d${edit.target % 3}`
  const at = `2009-11-05T00:00:${String(edit.at).padStart(2, "0")}Z`
  switch (edit.kind) {
    case "addRow":
      return createDraft(doc, {
        id,
        clauseId: "c1",
        kind: "replace",
        role: "drafter",
        at,
        marking: "none",
        en: [{ p: [edit.words] }],
        ru: [],
        note: null,
      })
    case "removeDraft":
      return removeDraft(doc, id)
    case "cell":
    case "moveRow":
    case "term":
      return putNote(doc, {
        id: `n${edit.target % 3}`,
        kind: "note",
        clauseId: null,
        refersTo: [],
        role: "head",
        at,
        marking: "none",
        text: edit.words,
        data: null,
      })
    default:
      return doEdit(desk, edit, textsOfCaucus(doc))
  }
}

const textsOfCaucus = (doc: Y.Doc): readonly Y.XmlFragment[] =>
  [...doc.getMap("drafts").keys()].flatMap((id) =>
    (["en", "ru"] satisfies Lang[]).flatMap((lang) => draftFragment(doc, id, lang) ?? []),
  )

/**
 * Not between the halves of a character beyond U+FFFF, where no caret stands: Yjs splits such a character into two marks
 * of a broken one, in this copy alone when the edit turns out to change nothing.
 */
function wholeAt(leaf: Y.XmlText, at: number): number {
  const text = (leaf.toDelta() as { insert: unknown }[])
    .map(({ insert }) => (typeof insert === "string" ? insert : " "))
    .join("")
  return /[\uDC00-\uDFFF]/.test(text.charAt(at)) ? at - 1 : at
}

function editText(fragment: Y.XmlFragment, { kind, at, words }: HonestEdit): void {
  const leaves = paragraphsOf(fragment).flatMap((paragraph) =>
    leavesOf(paragraph).filter((leaf) => leaf instanceof Y.XmlText),
  )
  const leaf = leaves[at % Math.max(1, leaves.length)]
  if (kind === "type" && leaf) leaf.insert(wholeAt(leaf, at % (leaf.length + 1)), words)
  else if (kind === "type") writeFragment(fragment, normaliseText([...readFragment(fragment), { p: [words] }]))
  else if (kind === "erase" && leaf && leaf.length > 0) {
    const from = wholeAt(leaf, at % leaf.length)
    leaf.delete(from, wholeAt(leaf, Math.min(leaf.length, from + 2 + (at % 7))) - from)
  } else if (kind === "mark" && leaf && leaf.length > 0) {
    const from = wholeAt(leaf, at % leaf.length)
    leaf.format(from, wholeAt(leaf, Math.min(leaf.length, from + 3)) - from, { em: at % 2 === 0 ? {} : null })
  } else if (kind === "split" || kind === "join" || kind === "list")
    writeFragment(fragment, normaliseText(reshaped(readFragment(fragment), kind, at)))
}

/** As an editor does it: the block is cut in two, joined to the next one, or turned into a list and back. */
function reshaped(text: ClauseText, kind: "split" | "join" | "list", at: number): ClauseText {
  const index = at % Math.max(1, text.length)
  const [block, next] = [text[index], text[index + 1]]
  if (!block) return text
  const put = (count: number, ...blocks: ClauseText): ClauseText => text.toSpliced(index, count, ...blocks)
  if (!("p" in block)) return put(1, ...block.list.map((p) => ({ p })))
  if (kind === "list") return put(1, { list: [block.p] })
  if (kind === "join") return next && "p" in next ? put(2, { p: [...block.p, ...next.p] }) : text
  const cut = at % (block.p.length + 1)
  const [head, tail] = halves(block.p[cut])
  return put(1, { p: [...block.p.slice(0, cut), ...head] }, { p: [...tail, ...block.p.slice(cut + 1)] })
}

function halves(inline: Inline | undefined): readonly [readonly Inline[], readonly Inline[]] {
  if (typeof inline !== "string") return [inline === undefined ? [] : [inline], []]
  const letters = Array.from(inline)
  const half = letters.length >> 1
  return [[letters.slice(0, half).join("")], [letters.slice(half).join("")]]
}

/** Adding a row is no step of an undo. */
const NO_STEP = "added"

function editRow(doc: Y.Doc, { kind, target, at, words }: HonestEdit): void {
  const ids = [...tableOf(doc, "sites").keys()]
  const id = ids[target % Math.max(1, ids.length)] ?? "S1"
  const label = { en: words, ru: words }
  if (kind === "cell")
    setCell(doc, "sites", id, at % 2 === 0 ? "label" : "fictional", at % 2 === 0 ? label : at % 4 < 2)
  else if (kind === "addRow")
    addRow(doc, "sites", { id: `S${target}-${doc.clientID}`, label, fictional: true }, at % 2 ? LAST : null, NO_STEP)
  else if (kind === "moveRow") moveRow(doc, "sites", id, at % 2 === 0 ? null : (ids[at % ids.length] ?? null))
}
