import type { Session } from "@alternat/room/client"
import { type RefObject, useMemo } from "react"
import { selectionTarget } from "./Compose.tsx"
import type { Desk, Hand, PlanText } from "./context.ts"
import type { Selected } from "./use-editing.ts"

export interface CommentingOptions {
  readonly now: RefObject<{ readonly hand: Hand }>
  readonly selection: RefObject<Selected | null>
  readonly session: Session
  readonly setHand: Desk["setHand"]
}

/** Opens the form for a comment on the words selected in a clause, or on the clause; in the caucus where that is open. */
export function useCommenting({ now, selection, session, setHand }: CommentingOptions): Pick<PlanText, "comment"> {
  return useMemo(
    () => ({
      comment: (clauseId) => {
        const { active, caucus } = now.current.hand
        const about = clauseId ?? active
        if (about === null) return
        const chosen = selection.current
        const isChosen = chosen !== null && chosen.clauseId === about && chosen.to > chosen.from
        const target = isChosen
          ? selectionTarget(session.doc, about, chosen.lang, chosen)
          : ({ type: "clause", clauseId: about } as const)
        const audience = caucus === null ? "shared" : "own"
        setHand({ composing: { target, audience }, rail: "comments", panel: "rail", active: about })
        if (caucus !== null) setHand({ caucus: "comments" })
      },
    }),
    [now, selection, session, setHand],
  )
}
