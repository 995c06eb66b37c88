import {
  type CaucusDraft,
  type CaucusNote,
  changedKeys,
  clauseFragment,
  draftFragment,
  loadDoc,
  noteFragment,
  readCaucus,
  readClauseText,
  readDraft,
  readFragment,
  readPlain,
  readRow,
  readTerms,
  reasonsFragment,
  setCell,
  setTerm,
  writeFragment,
  writePlain,
} from "@alternat/document"
import {
  type ClauseText,
  isTableName,
  LANGS,
  type Lang,
  type PlanTerms,
  type Row,
  rowToCells,
  type TableName,
} from "@alternat/plan"
import * as Y from "yjs"
import type { EditKey, OfferedDraft } from "./session-face.ts"

/** One unsaved thing of a document that is given up, as a value. */
export interface Draft {
  readonly key: EditKey
  readonly clause: OfferedDraft["clause"]
  readonly value: unknown
}

/** Reads what stands under these keys, before the document goes. */
export function takeDrafts(doc: Y.Doc, keys: Iterable<EditKey>): Draft[] {
  const drafts: Draft[] = []
  for (const key of keys) {
    const draft = takeDraft(doc, key)
    if (draft) drafts.push(draft)
  }
  return drafts
}

function takeDraft(doc: Y.Doc, key: EditKey): Draft | null {
  const place = placeOf(key)
  switch (place.kind) {
    case "clause": {
      const text = readClauseText(doc, place.id, place.language)
      return text && { key, clause: { clauseId: place.id, language: place.language, text }, value: null }
    }
    case "row":
      return { key, clause: null, value: readRow(doc, place.table, place.id) }
    case "terms":
      return { key, clause: null, value: readTerms(doc) }
    case "draft":
      return { key, clause: null, value: readDraft(doc, place.id) }
    case "note":
      return { key, clause: null, value: readCaucus(doc).notes.find((note) => note.id === place.id) ?? null }
    case "other":
      return null
  }
}

/**
 * Writes drafts into a copy of the document as the log has it, and gives that as one update. Because it is written
 * against the state the person saw, what others have written since merges with it as any two edits do.
 * What can't be written again comes back in `rest`.
 */
export function rewriteDrafts(
  space: "plan" | "caucus",
  saved: readonly Uint8Array[],
  drafts: readonly Draft[],
): { readonly update: Uint8Array | null; readonly keys: readonly EditKey[]; readonly rest: readonly Draft[] } {
  const doc = loadDoc(space, saved)
  if (doc.store.pendingStructs || doc.store.pendingDs) return { update: null, keys: [], rest: drafts }
  const updates: Uint8Array[] = []
  const keys = new Set<EditKey>()
  doc.on("update", (update: Uint8Array, _origin: unknown, _doc: Y.Doc, transaction: Y.Transaction) => {
    updates.push(update)
    for (const key of changedKeys(transaction)) keys.add(key)
  })
  const rest = drafts.filter((draft) => !rewrite(doc, draft))
  doc.destroy()
  return { update: updates.length > 0 ? Y.mergeUpdates(updates) : null, keys: [...keys], rest }
}

function rewrite(doc: Y.Doc, { key, clause, value }: Draft): boolean {
  const place = placeOf(key)
  switch (place.kind) {
    case "clause":
      return clause !== null && rewriteText(doc, clauseFragment(doc, place.id, place.language), clause.text)
    case "row":
      return rewriteRow(doc, place.table, place.id, value)
    case "terms":
      return rewriteTerms(doc, value as PlanTerms)
    case "draft": {
      const draft = value as CaucusDraft | null
      if (!draft) return false
      return LANGS.map(
        (lang) =>
          rewriteText(doc, draftFragment(doc, place.id, lang), draft[lang]) &&
          rewritePlain(doc, reasonsFragment(doc, place.id, lang), draft.note?.[lang] ?? ""),
      ).every(Boolean)
    }
    case "note": {
      const note = value as CaucusNote | null
      return note !== null && rewritePlain(doc, noteFragment(doc, place.id), note.text)
    }
    case "other":
      return false
  }
}

function rewriteText(doc: Y.Doc, fragment: Y.XmlFragment | null, text: ClauseText): boolean {
  if (!fragment) return false
  if (!isSame(readFragment(fragment), text)) doc.transact(() => writeFragment(fragment, text))
  return true
}

function rewritePlain(doc: Y.Doc, fragment: Y.XmlFragment | null, text: string): boolean {
  if (!fragment) return false
  if (readPlain(fragment) !== text) doc.transact(() => writePlain(fragment, text))
  return true
}

function rewriteRow(doc: Y.Doc, table: TableName, id: string, value: unknown): boolean {
  const now = readRow(doc, table, id)
  if (!now || !isRecord(value)) return false
  const cellsNow = rowToCells(table, now)
  return Object.entries(rowToCells(table, value as Row))
    .filter(([field, own]) => !isSame(own, cellsNow[field]))
    .map(([field, own]) => setCell(doc, table, id, field, own).ok)
    .every(Boolean)
}

function rewriteTerms(doc: Y.Doc, own: PlanTerms): boolean {
  const now = readTerms(doc)
  return (Object.keys(own) as (keyof PlanTerms)[])
    .filter((key) => !isSame(own[key], now[key]))
    .map((key) => setTerm(doc, key, own[key]).ok)
    .every(Boolean)
}

type Place =
  | { readonly kind: "clause"; readonly id: string; readonly language: Lang }
  | { readonly kind: "row"; readonly table: TableName; readonly id: string }
  | { readonly kind: "draft" | "note"; readonly id: string }
  | { readonly kind: "terms" | "other" }

function placeOf(key: EditKey): Place {
  const [kind = "", first = "", ...more] = key.split(":")
  const last = more.join(":")
  if (kind === "clause" && (last === "en" || last === "ru")) return { kind, id: first, language: last }
  if (kind === "row" && isTableName(first)) return { kind, table: first, id: last }
  if (kind === "draft" || kind === "note") return { kind, id: [first, ...more].join(":") }
  return { kind: kind === "terms" ? "terms" : "other" }
}

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === "object" && value !== null
/** values here are JSON written by one hand, so their order of keys is the same */
const isSame = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b)

/** Does this key belong to the thing a refusal names? */
export const isOfClause = (key: EditKey, id: string): boolean => key.split(":").includes(id)
