import { type Bilingual, type ClauseText, LANGS, type Lang } from "@alternat/plan"
import { cleanClauseText } from "@alternat/text"
import * as Y from "yjs"
import { newFragment, readFragment } from "./fragment.ts"
import { newDoc, SCHEMA_VERSION } from "./layout.ts"
import { newPlain, readPlain, writePlain } from "./plain-text.ts"

/** A wording in the making, unseen by the other side until it is tabled. */
export interface CaucusDraft {
  readonly id: string
  readonly clauseId: string
  readonly kind: "replace" | "insert_after" | "delete"
  readonly role: string
  readonly at: string
  readonly marking: string
  readonly en: ClauseText
  readonly ru: ClauseText
  readonly note: Bilingual | null
  /** the working text that it was begun from, so that it follows the text; null in drafts older than this */
  readonly base?: Bilingual<ClauseText> | null
}

export interface CaucusNote {
  readonly id: string
  readonly kind: "red_line" | "instruction" | "fallback" | "scenario" | "note"
  readonly clauseId: string | null
  readonly refersTo: readonly string[]
  readonly role: string
  readonly at: string
  readonly marking: string
  readonly text: string
  readonly data: unknown
}

export interface CaucusContent {
  readonly drafts: readonly CaucusDraft[]
  readonly notes: readonly CaucusNote[]
}

const draftsOf = (doc: Y.Doc): Y.Map<Y.Map<unknown>> => doc.getMap("drafts")
const notesOf = (doc: Y.Doc): Y.Map<Y.Map<unknown>> => doc.getMap("notes")

/** The first update of one delegation's caucus. */
export function initialCaucusUpdate(
  content: CaucusContent,
  options: { readonly planId: string; readonly epoch: number; readonly clientId: number },
): Uint8Array {
  const doc = newDoc("caucus")
  doc.clientID = options.clientId
  doc.transact(() => {
    const meta = doc.getMap("meta")
    meta.set("schema", SCHEMA_VERSION)
    meta.set("planId", options.planId)
    meta.set("epoch", options.epoch)
    for (const draft of content.drafts) createDraft(doc, draft)
    for (const note of content.notes) putNote(doc, note)
  })
  const update = Y.encodeStateAsUpdate(doc)
  doc.destroy()
  return update
}

/** All drafts and notes, the newest last. */
export function readCaucus(doc: Y.Doc): CaucusContent {
  const drafts = [...draftsOf(doc).keys()].flatMap((id) => readDraft(doc, id) ?? [])
  const notes = [...notesOf(doc)].flatMap(([id, map]) => (map instanceof Y.Map ? [noteOf(id, map)] : []))
  return { drafts: drafts.toSorted(byTime), notes: notes.toSorted(byTime) }
}

const byTime = (a: { at: string; id: string }, b: { at: string; id: string }) =>
  a.at < b.at ? -1 : a.at > b.at ? 1 : a.id < b.id ? -1 : a.id > b.id ? 1 : 0

export function readDraft(doc: Y.Doc, draftId: string): CaucusDraft | null {
  const map = draftsOf(doc).get(draftId)
  const en = map?.get("en")
  const ru = map?.get("ru")
  if (map === undefined || !(en instanceof Y.XmlFragment) || !(ru instanceof Y.XmlFragment)) return null
  const value = <Key extends keyof CaucusDraft>(key: Key) => map.get(key) as CaucusDraft[Key]
  return {
    id: draftId,
    clauseId: value("clauseId"),
    kind: value("kind"),
    role: value("role"),
    at: value("at"),
    marking: value("marking"),
    en: readFragment(en),
    ru: readFragment(ru),
    note: reasonsOf(map),
    base: value("base") ?? null,
  }
}

/** null: neither language says anything. A draft of the former layout holds both as one value. */
function reasonsOf(map: Y.Map<unknown>): Bilingual | null {
  const former = map.get("note") as Bilingual | null | undefined
  const [en, ru] = LANGS.map((lang) => {
    const fragment = map.get(`note.${lang}`)
    return fragment instanceof Y.XmlFragment ? readPlain(fragment) : (former?.[lang] ?? "")
  })
  return en === "" && ru === "" ? null : { en: en ?? "", ru: ru ?? "" }
}

const noteOf = (id: string, map: Y.Map<unknown>): CaucusNote => {
  const held = map.get("text")
  const { kind, clauseId, refersTo, role, at, marking, data } = map.toJSON() as Omit<CaucusNote, "id">
  const text = held instanceof Y.XmlFragment ? readPlain(held) : typeof held === "string" ? held : ""
  return { id, kind, clauseId: clauseId ?? null, refersTo: refersTo ?? [], role, at, marking, text, data: data ?? null }
}

/**
 * A new draft with all its parts in one transaction, usually from the working text of its clause; what that text holds
 * from before and may not hold any more is left out.
 */
export function createDraft(doc: Y.Doc, draft: CaucusDraft, origin?: unknown): void {
  doc.transact(() => {
    const { id, en, ru, note, ...values } = draft
    const map = new Y.Map<unknown>(Object.entries(values))
    map.set("en", newFragment(cleanClauseText(en)))
    map.set("ru", newFragment(cleanClauseText(ru)))
    for (const lang of LANGS) map.set(`note.${lang}`, newPlain(note?.[lang] ?? ""))
    draftsOf(doc).set(id, map)
  }, origin)
}

export function removeDraft(doc: Y.Doc, draftId: string, origin?: unknown): void {
  doc.transact(() => draftsOf(doc).delete(draftId), origin)
}

export function setDraftField(
  doc: Y.Doc,
  draftId: string,
  field: "kind" | "marking",
  value: unknown,
  origin?: unknown,
): void {
  doc.transact(() => draftsOf(doc).get(draftId)?.set(field, value), origin)
}

/** The shared text of a draft; null when there is no such draft. */
export function draftFragment(doc: Y.Doc, draftId: string, lang: Lang): Y.XmlFragment | null {
  const fragment = draftsOf(doc).get(draftId)?.get(lang)
  return fragment instanceof Y.XmlFragment ? fragment : null
}

/** The shared text of a draft's reasons; null when there is no such draft. */
export function reasonsFragment(doc: Y.Doc, draftId: string, lang: Lang): Y.XmlFragment | null {
  const fragment = draftsOf(doc).get(draftId)?.get(`note.${lang}`)
  return fragment instanceof Y.XmlFragment ? fragment : null
}

/** The shared text of a note; null when there is no such note. */
export function noteFragment(doc: Y.Doc, noteId: string): Y.XmlFragment | null {
  const fragment = notesOf(doc).get(noteId)?.get("text")
  return fragment instanceof Y.XmlFragment ? fragment : null
}

/** Writes a note, or what changed in it. */
export function putNote(doc: Y.Doc, note: CaucusNote, origin?: unknown): void {
  doc.transact(() => {
    const { id, text, ...values } = note
    const known = notesOf(doc).get(id)
    if (known === undefined) {
      notesOf(doc).set(id, new Y.Map<unknown>([...Object.entries(values), ["text", newPlain(text)]]))
      return
    }
    const fragment = noteFragment(doc, id)
    if (fragment !== null) writePlain(fragment, text)
    for (const [key, value] of Object.entries(values)) {
      if (JSON.stringify(known.get(key)) !== JSON.stringify(value)) known.set(key, value)
    }
  }, origin)
}

export function removeNote(doc: Y.Doc, noteId: string, origin?: unknown): void {
  doc.transact(() => notesOf(doc).delete(noteId), origin)
}
