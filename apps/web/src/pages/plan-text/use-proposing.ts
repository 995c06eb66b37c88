import { createDraft } from "@alternat/document"
import { INTERFACE_ORIGIN } from "@alternat/editor"
import type { Bilingual, ClauseText, Lang, Me } from "@alternat/plan"
import { isSameText } from "@alternat/text"
import { type RefObject, useMemo } from "react"
import { flushSync } from "react-dom"
import { useBarred, useMode } from "../../mode/index.ts"
import type { Desk, PlanText } from "./context.ts"
import type { ClauseView, PlanView } from "./plan-view.ts"
import type { Caucus } from "./use-caucus.ts"
import type { Handles } from "./use-editing.ts"

export interface ProposingOptions {
  readonly now: RefObject<{ readonly view: PlanView; readonly caucus: Caucus | null }>
  readonly me: Me
  readonly handles: Handles
  readonly setHand: Desk["setHand"]
}

/** Drafts of the own delegation: opened by an act, or by typing on a clause of the paper. Nothing here writes into the plan. */
export function useProposing({
  now,
  me,
  handles,
  setHand,
}: ProposingOptions): Pick<PlanText, "propose"> & Pick<Desk, "begin" | "point"> {
  const { choose } = useMode()
  const { tell } = useBarred()
  return useMemo(() => {
    const draftOf = (clauseId: string) =>
      now.current.caucus?.content.drafts.find((draft) => draft.clauseId === clauseId && draft.kind === "replace")
    const begin: Desk["begin"] = (clauseId, lang, { at, data }) => {
      const { view, caucus } = now.current
      const clause = view.byId.get(clauseId)
      if (clause === undefined || caucus === null) return
      const known = draftOf(clauseId)
      // a second draft of the clause would come of one that is still on its way here
      if (known === undefined && !caucus.session.state.synced) return tell({ type: "caucusAway" })
      const draftId = known?.id ?? writeDraft(caucus, me, clause, "replace")
      // drawn before the key is delivered, so that its letter, a composition or a paste arrives in the draft
      flushSync(() => {
        caucus.flush()
        setHand({ caucus: "drafts", active: clauseId, panel: null })
      })
      const editor = handles.get(`draft:${draftId}`, lang)
      const isSamePlace = known === undefined || isSameText(known[lang], clause.clause[lang])
      editor?.focus(isSamePlace ? at : "end")
      if (data !== null) editor?.paste(data)
    }
    return {
      begin,
      point: (clauseId: string, lang: Lang, at: number | "end") => {
        if (draftOf(clauseId) !== undefined) begin(clauseId, lang, { at, data: null })
      },
      propose: (clause, kind, text) => {
        const { caucus } = now.current
        if (caucus === null) return
        const known = caucus.content.drafts.find((draft) => draft.clauseId === clause.id && draft.kind === kind)
        if (known === undefined || text !== undefined) writeDraft(caucus, me, clause, kind, text)
        choose("propose")
        setHand({ caucus: "drafts", active: clause.id })
      },
    }
  }, [now, me, handles, setHand, choose, tell])
}

function writeDraft(
  caucus: Caucus,
  me: Me,
  clause: ClauseView,
  kind: "replace" | "insert_after" | "delete",
  text?: Partial<Bilingual<ClauseText>>,
): string {
  const id = crypto.randomUUID()
  createDraft(
    caucus.session.doc,
    {
      id,
      clauseId: clause.id,
      kind,
      role: me.roles[0] ?? "drafter",
      at: new Date().toISOString(),
      marking: "none",
      en: text?.en ?? (kind === "replace" ? clause.clause.en : []),
      ru: text?.ru ?? (kind === "replace" ? clause.clause.ru : []),
      note: null,
      base: { en: clause.clause.en, ru: clause.clause.ru },
    },
    INTERFACE_ORIGIN,
  )
  return id
}
