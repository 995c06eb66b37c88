import type { ActInput } from "@alternat/plan"
import { useMemo, useRef } from "react"
import { useStanding } from "../../api/index.ts"
import { useT } from "../../i18n/index.ts"
import { useLivePlan, usePlanSession } from "../../live/index.ts"
import { useMode, useSharedWrite } from "../../mode/index.ts"
import { useParties } from "../../ui/index.ts"
import { useActs } from "./acts.ts"
import type { Desk, PlanText } from "./context.ts"
import { type BulkAct, type ClauseView, createPlanViewer } from "./plan-view.ts"
import { useCarets, useCaretsByClause } from "./use-carets.ts"
import { useCaucus } from "./use-caucus.ts"
import { useThreadCounts } from "./use-clause-threads.ts"
import { useCommenting } from "./use-commenting.ts"
import { useDesk } from "./use-desk.ts"
import { useDisplay } from "./use-display.ts"
import { fieldAttributes, fillPlaceholder, type Selected, useHandles } from "./use-editing.ts"
import { useHand } from "./use-hand.ts"
import { useHistories } from "./use-histories.ts"
import { useProposing } from "./use-proposing.ts"

/**
 * Gathers what the page works with. `desk` stays the same while one types; `page` follows the plan. Longer than a
 * function should be: it is the list of the page's parts, each of which is a module of its own.
 */
export function usePageState(): { readonly desk: Desk; readonly page: PlanText } {
  const { planId, me, session } = usePlanSession()
  const live = useLivePlan(whole)
  const standing = useStanding(planId).data
  if (standing === undefined) throw new Error("broken invariant: the layout waits for the standing")
  const parties = useParties()
  const say = useT()
  const acts = useActs(planId)
  const caucus = useCaucus(planId, me)
  const handles = useHandles()
  const { hand, setHand, activate, goTo, went } = useHand(say)
  const selection = useRef<Selected | null>(null)
  const { mode } = useMode()
  const shared = useSharedWrite("text")

  const viewer = useMemo(() => createPlanViewer(), [])
  const view = useMemo(() => viewer(live, standing), [viewer, live, standing])
  const threadCounts = useThreadCounts(planId, view.groups, me.party)

  // what callbacks read when they run, so that they themselves never change
  const now = useRef({ view, standing, caucus, hand })
  now.current = { view, standing, caucus, hand }

  const histories = useHistories({ session, caucus, shared, mode, standing: now, went })
  const { undo, caucusUndo } = histories
  const display = useDisplay(live.plan, say)
  const glossary = live.plan.tables.glossary
  const { binding } = live.plan.terms
  const lintContext = useMemo(() => ({ glossary, binding }), [glossary, binding])
  const { propose, begin, point } = useProposing({ now, me, handles, setHand })
  const { comment } = useCommenting({ now, selection, session, setHand })
  const desk = useDesk({
    me,
    session,
    undo,
    display,
    lintContext,
    setHand,
    activate,
    goTo,
    begin,
    point,
    comment,
    handles,
    selection,
    now,
  })

  const carets = useCaretsByClause(useCarets(session, me, parties, "plan"))
  const draftCarets = useCarets(caucus?.session ?? null, me, parties, "caucus")
  const writing = useMemo<Pick<PlanText, "fill" | "insertField" | "bulk">>(
    () => ({
      fill: (clause, key, words) => {
        if (shared.mayWrite()) fillPlaceholder(session, undo, clause, key, words)
      },
      insertField: (clauseId, lang, field, at) => {
        const handle = handles.get(clauseId, lang)
        handle?.focus(at)
        handle?.insertField(fieldAttributes(field))
      },
      bulk: (act, views) => {
        if (act === "park" || act === "unpark" || act === "reopen")
          setHand({ sheet: { type: "reason", act, clauseIds: views.map((one) => one.id) } })
        else void acts.run(bulkAct(act, views))
      },
    }),
    [session, shared, undo, handles, setHand, acts],
  )

  const page: PlanText = {
    ...desk,
    ...writing,
    planId,
    live,
    standing,
    view,
    threadCounts,
    carets,
    caucus,
    caucusUndo,
    history: histories.current,
    acts,
    hand,
    draftCarets,
    propose,
    comment,
  }
  return { desk, page }
}

const whole = <T>(live: T): T => live

function bulkAct(act: Exclude<BulkAct, "park" | "unpark" | "reopen">, views: readonly ClauseView[]): ActInput {
  const clauses = views.map((view) => ({ clauseId: view.id, hash: { en: view.hash.en, ru: view.hash.ru } }))
  return { act, clauses }
}
