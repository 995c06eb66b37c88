import type { Actor, Lang, Me } from "@alternat/plan"
import type { Session } from "@alternat/room/client"
import { type RefObject, useCallback, useMemo } from "react"
import { useT } from "../../i18n/index.ts"
import { useRegistry } from "../../keys/index.ts"
import { useMode, useSharedWrite } from "../../mode/index.ts"
import { useParties, useToast } from "../../ui/index.ts"
import type { Desk, PlanText } from "./context.ts"
import type { PlanView } from "./plan-view.ts"
import { publishCaret } from "./use-carets.ts"
import type { Caucus } from "./use-caucus.ts"
import { fragmentAt, type Handles, leaveTo, type Selected } from "./use-editing.ts"
import type { HandActs } from "./use-hand.ts"

export interface DeskOptions
  extends Pick<HandActs, "setHand" | "activate" | "goTo">,
    Pick<Desk, "undo" | "display" | "lintContext" | "begin" | "point">,
    Pick<PlanText, "comment"> {
  readonly me: Me
  readonly session: Session
  readonly handles: Handles
  readonly selection: RefObject<Selected | null>
  readonly now: RefObject<{ readonly view: PlanView; readonly caucus: Caucus | null }>
}

/** What the clauses work with: it stays the same while one types, so that no clause renders for another's sake. */
export function useDesk(options: DeskOptions): Desk {
  const { me, session, undo, display, lintContext, setHand, activate, goTo, begin, point, comment, handles } = options
  const say = useT()
  const parties = useParties()
  const { mode, choose } = useMode()
  const shared = useSharedWrite("text")
  const { singleKeys } = useRegistry()
  const actor = useMemo<Actor>(() => ({ userId: me.userId, party: me.party, roles: me.roles }), [me])
  const enter = useCallback<Desk["enter"]>(
    (clauseId, lang, at = "end") => {
      if (!clauseId.startsWith("draft:")) setHand({ active: clauseId })
      handles.get(clauseId, lang)?.focus(at)
    },
    [handles, setHand],
  )
  const texts = useTexts(options, enter)
  return useMemo<Desk>(
    () => ({
      ...texts,
      me,
      actor,
      parties,
      session,
      undo,
      display,
      lintContext,
      say,
      mode,
      shared,
      choose,
      setHand,
      activate,
      goTo,
      enter,
      begin,
      point,
      onCommentKey: singleKeys ? comment : null,
      editorRef: handles.ref,
    }),
    [
      texts,
      me,
      actor,
      parties,
      session,
      undo,
      display,
      lintContext,
      say,
      mode,
      shared,
      choose,
      setHand,
      activate,
      goTo,
      enter,
      begin,
      point,
      singleKeys,
      comment,
      handles,
    ],
  )
}

type Texts = Pick<
  Desk,
  "onFocus" | "onSelect" | "forgetSelection" | "onLeave" | "openFieldMenu" | "refusePaste" | "onClosedKey"
>

/** What the texts tell: focus, selection, leaving, and what they would not take. */
function useTexts({ session, selection, now, setHand }: DeskOptions, enter: Desk["enter"]): Texts {
  const say = useT()
  const toast = useToast()
  return useMemo(() => {
    const isOf = (id: string, lang?: Lang) =>
      selection.current?.clauseId === id && (lang === undefined || selection.current.lang === lang)
    return {
      onFocus: (id, lang, focused) => {
        if (focused) return
        if (isOf(id, lang) && selection.current?.from === selection.current?.to) selection.current = null
        publishCaret(sessionOf(id, session, now.current.caucus?.session ?? null), "", null, null)
      },
      onSelect: (id, lang, chosen) => {
        selection.current = { clauseId: id, lang, ...chosen }
        const own = now.current.caucus?.session ?? null
        const place = `${id.replace(/^draft:/, "")}:${lang}`
        publishCaret(sessionOf(id, session, own), place, fragmentAt(session, own, id, lang), chosen.to)
      },
      forgetSelection: (id) => {
        if (isOf(id)) selection.current = null
      },
      onLeave: (id, lang, leave) => {
        const to = leaveTo(now.current.view, id, lang, leave)
        if (to === null) document.getElementById(`c-${id}`)?.focus()
        else enter(to.id, to.lang, to.at)
      },
      openFieldMenu: (clauseId, lang) => {
        const chosen = selection.current
        const at = chosen?.clauseId === clauseId && chosen.lang === lang ? chosen.to : "end"
        setHand({ sheet: { type: "field", clauseId, lang, at } })
      },
      refusePaste: (reason) => toast(say(REFUSED[reason])),
      onClosedKey: (why) => toast(`${why} ${say("pt.closed.nowhere")}`),
    }
  }, [session, selection, now, setHand, enter, say, toast])
}

const sessionOf = (id: string, plan: Session, caucus: Session | null): Session =>
  id.startsWith("draft:") && caucus !== null ? caucus : plan

const REFUSED = {
  "too large": "pt.paste.large",
  "clause full": "pt.paste.full",
  unreadable: "pt.paste.unreadable",
} as const
