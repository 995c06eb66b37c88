import { changedKeys, clauseFragment, draftFragment, readClauseText, writeFragment } from "@alternat/document"
import type { ClauseEditorHandle, Leave, SharedUndo, TextSelection } from "@alternat/editor"
import { createSharedUndo, INTERFACE_ORIGIN } from "@alternat/editor"
import { type Bilingual, type Field, isClosedClause, LANGS, type Lang, type Standing } from "@alternat/plan"
import type { Session } from "@alternat/room/client"
import { useEffect, useMemo, useRef } from "react"
import { filledText } from "./filled-text.ts"
import type { ClauseView, PlanView } from "./plan-view.ts"

/** The one history of a person in one space. Made again when the document is replaced. */
export function useUndo(
  session: Session | null,
  isEditable: (place: string) => boolean,
  onWent: (place: string) => void,
): SharedUndo | null {
  const latest = useRef({ isEditable, onWent })
  latest.current = { isEditable, onWent }
  const doc = session?.doc ?? null
  const undo = useMemo(
    () =>
      doc === null
        ? null
        : createSharedUndo(doc, {
            placesOf: changedKeys,
            isEditable: (place) => latest.current.isEditable(place),
            onWent: (place) => latest.current.onWent(place),
          }),
    [doc],
  )
  useEffect(() => () => undo?.destroy(), [undo])
  return undo
}

/** Is what an edit touched still open to edits? `clause:<id>:<lang>`; everything else is judged where it lives. */
export function isPlaceOpen(place: string, standing: Standing): boolean {
  if (standing.status !== "negotiation") return false
  const clauseId = /^clause:(.+):(?:en|ru)$/.exec(place)?.[1]
  const state = clauseId === undefined ? undefined : standing.clauses[clauseId]?.state
  return state === undefined || !isClosedClause(state)
}

/** The handles of the texts on screen: a clause's under its id, a draft's under `draft:<id>`. */
export function useHandles() {
  const handles = useRef(new Map<string, ClauseEditorHandle>())
  return useMemo(() => {
    const refs = new Map<string, (handle: ClauseEditorHandle | null) => void>()
    return {
      get: (id: string, lang: Lang) => handles.current.get(`${id}:${lang}`) ?? null,
      ref: (id: string, lang: Lang) => {
        const key = `${id}:${lang}`
        const known = refs.get(key)
        if (known !== undefined) return known
        // one function a text, or React would unhook and hook it at every render
        const made = (handle: ClauseEditorHandle | null) => {
          if (handle === null) handles.current.delete(key)
          else handles.current.set(key, handle)
        }
        refs.set(key, made)
        return made
      },
    }
  }, [])
}
export type Handles = ReturnType<typeof useHandles>

/** Where the arrow keys lead from a text: the same language of the next clause, or the other language of this one. */
export function leaveTo(
  view: PlanView,
  clauseId: string,
  lang: Lang,
  leave: Leave,
): { readonly id: string; readonly lang: Lang; readonly at: "start" | "end" } | null {
  if (leave === "row") return null
  if (leave === "other") return { id: clauseId, lang: lang === "en" ? "ru" : "en", at: "end" }
  const next = view.order[view.order.indexOf(clauseId) + (leave === "next" ? 1 : -1)]
  return next === undefined ? null : { id: next, lang, at: leave === "next" ? "start" : "end" }
}

/** Replaces a placeholder by words in both texts: one transaction, one step of the history. */
export function fillPlaceholder(
  session: Session,
  undo: SharedUndo,
  view: ClauseView,
  key: string,
  words: Bilingual,
): void {
  undo.cut()
  session.doc.transact(() => {
    for (const lang of LANGS) {
      const fragment = clauseFragment(session.doc, view.id, lang)
      const text = readClauseText(session.doc, view.id, lang)
      if (fragment !== null && text !== null) writeFragment(fragment, filledText(text, key, words[lang]))
    }
  }, INTERFACE_ORIGIN)
  undo.cut()
}

/** The attributes of a field's node, all four, as the schema stores them. */
export const fieldAttributes = (field: Field): Readonly<Record<string, unknown>> => ({
  field: field.field,
  key: field.key,
  case: "case" in field ? field.case : null,
  kind: "kind" in field ? field.kind : null,
})

export type Selected = TextSelection & { readonly clauseId: string; readonly lang: Lang }

/** The fragment a place stands for: of a clause, or of a draft of the caucus. */
export function fragmentAt(plan: Session, caucus: Session | null, id: string, lang: Lang) {
  if (!id.startsWith("draft:")) return clauseFragment(plan.doc, id, lang)
  return caucus === null ? null : draftFragment(caucus.doc, id.slice("draft:".length), lang)
}
