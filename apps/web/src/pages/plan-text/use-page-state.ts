import { createDraft } from "@alternat/document"
import type { FieldDisplay } from "@alternat/editor"
import { INTERFACE_ORIGIN } from "@alternat/editor"
import type { ActInput, Actor, CommentThread, Lang } from "@alternat/plan"
import { useCallback, useLayoutEffect, useMemo, useRef, useState } from "react"
import { useComments, useStanding } from "../../api/index.ts"
import { useT } from "../../i18n/index.ts"
import { useLivePlan, usePlanSession } from "../../live/index.ts"
import { useParties, useToast } from "../../ui/index.ts"
import { useActs } from "./acts.ts"
import type { NumberedThread } from "./ClauseRow.tsx"
import { selectionTarget } from "./Compose.tsx"
import { type Desk, EMPTY_HAND, type Hand, type PlanText } from "./context.ts"
import { createDisplay } from "./fields.ts"
import { type BulkAct, type ClauseView, createPlanViewer, type PlanView } from "./plan-view.ts"
import { publishCaret, useCarets, useCaretsByClause } from "./use-carets.ts"
import { useCaucus } from "./use-caucus.ts"
import {
  fieldAttributes,
  fillPlaceholder,
  fragmentAt,
  isPlaceOpen,
  leaveTo,
  type Selected,
  useHandles,
  useUndo,
} from "./use-editing.ts"

/**
 * Gathers what the page works with. `desk` stays the same while one types; `page` follows the plan. Longer than a
 * module and a function should be: every callback of the desk reads the one `now` and changes the one hand.
 */
export function usePageState(): { readonly desk: Desk; readonly page: PlanText } {
  const { planId, me, session } = usePlanSession()
  const live = useLivePlan(whole)
  const standing = useStanding(planId).data
  if (standing === undefined) throw new Error("broken invariant: the layout waits for the standing")
  const parties = useParties()
  const say = useT()
  const toast = useToast()
  const acts = useActs(planId)
  const caucus = useCaucus(planId, me)
  const handles = useHandles()
  const [hand, setHandState] = useState<Hand>(() => ({ ...EMPTY_HAND, shownLang: say.lang }))
  const selection = useRef<Selected | null>(null)

  const viewer = useMemo(() => createPlanViewer(), [])
  const view = useMemo(() => viewer(live, standing), [viewer, live, standing])
  const threads = useShared(useComments(planId).data)
  const { numbered, threadsByClause } = useMemo(() => numberThreads(threads, view.groups), [threads, view.groups])

  // what callbacks read when they run, so that they themselves never change
  const now = useRef({ view, standing, caucus, hand, live, acts, numbered })
  now.current = { view, standing, caucus, hand, live, acts, numbered }

  const setHand = useCallback<Desk["setHand"]>(
    (patch) => setHandState((before) => merge(before, typeof patch === "function" ? patch(before) : patch)),
    [],
  )
  const activate = useActivate(hand.active, setHand)
  const goTo = useCallback(
    (clauseId: string) => {
      setHand({ active: clauseId })
      // after the row has become the active one and the browser has laid out its section
      requestAnimationFrame(() => {
        const row = document.getElementById(`c-${clauseId}`)
        row?.scrollIntoView({ block: "center" })
        row?.focus({ preventScroll: true })
      })
    },
    [setHand],
  )
  const went = useCallback(
    (place: string) => {
      const clauseId = /^clause:(.+):(?:en|ru)$/.exec(place)?.[1]
      if (clauseId !== undefined && clauseId !== now.current.hand.active) {
        setHand({ active: clauseId })
        requestAnimationFrame(() => document.getElementById(`c-${clauseId}`)?.scrollIntoView({ block: "nearest" }))
      }
    },
    [setHand],
  )
  const undo = useUndo(session, (place) => isPlaceOpen(place, now.current.standing), went)
  const caucusUndo = useUndo(caucus?.session ?? null, always, nothing)
  if (undo === null) throw new Error("broken invariant: the plan's session has a document")

  const display = useDisplay(live.plan, say)
  const glossary = live.plan.tables.glossary
  const { binding } = live.plan.terms
  const lintContext = useMemo(() => ({ glossary, binding }), [glossary, binding])
  const actor = useMemo<Actor>(() => ({ userId: me.userId, party: me.party, roles: me.roles }), [me])

  const enter = useCallback<Desk["enter"]>(
    (clauseId, lang, at = "end") => {
      if (!clauseId.startsWith("draft:")) setHand({ active: clauseId })
      handles.get(clauseId, lang)?.focus(at)
    },
    [handles, setHand],
  )

  const desk = useMemo<Desk>(
    () => ({
      me,
      actor,
      parties,
      session,
      undo,
      display,
      lintContext,
      say,
      setHand,
      activate,
      goTo,
      enter,
      editorRef: handles.ref,
      onFocus: (id, lang, focused) => {
        if (focused) return
        if (
          selection.current?.clauseId === id &&
          selection.current.lang === lang &&
          selection.current.from === selection.current.to
        ) {
          selection.current = null
        }
        publishCaret(sessionOf(id, session, now.current.caucus?.session ?? null), "", null, null)
      },
      onSelect: (id, lang, chosen) => {
        selection.current = { clauseId: id, lang, ...chosen }
        const own = now.current.caucus?.session ?? null
        const place = `${id.replace(/^draft:/, "")}:${lang}`
        publishCaret(sessionOf(id, session, own), place, fragmentAt(session, own, id, lang), chosen.to)
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
      refusePaste: (reason) => toast(say(reason === "too large" ? "pt.paste.large" : "pt.paste.full")),
    }),
    [me, actor, parties, session, undo, display, lintContext, say, setHand, activate, goTo, enter, handles, toast],
  )

  const carets = useCaretsByClause(useCarets(session, me, parties, "plan"))
  const draftCarets = useCarets(caucus?.session ?? null, me, parties, "caucus")

  const page = useMemo<PlanText>(
    () => ({
      ...desk,
      planId,
      live,
      standing,
      view,
      threads,
      numbered,
      threadsByClause,
      carets,
      caucus,
      caucusUndo,
      acts,
      hand,
      draftCarets,
      propose: (clause, kind, text) => {
        const own = now.current.caucus
        if (own === null) return
        const known = own.content.drafts.find((draft) => draft.clauseId === clause.id && draft.kind === kind)
        if (known === undefined || text !== undefined) {
          createDraft(
            own.session.doc,
            {
              id: crypto.randomUUID(),
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
        }
        setHand({ caucus: "drafts", active: clause.id })
      },
      fill: (clause, key, words) => fillPlaceholder(session, undo, clause, key, words),
      insertField: (clauseId, lang, field, at) => {
        const handle = handles.get(clauseId, lang)
        handle?.focus(at)
        handle?.insertField(fieldAttributes(field))
      },
      selected: () => selection.current,
      comment: () => {
        const { active, caucus: openCaucus } = now.current.hand
        const chosen = selection.current
        const audience = openCaucus === null ? ("shared" as const) : ("own" as const)
        const isChosen = chosen !== null && chosen.to > chosen.from && !chosen.clauseId.startsWith("draft:")
        if (isChosen) {
          const target = selectionTarget(session.doc, chosen.clauseId, chosen.lang, chosen)
          setHand({ composing: { target, audience }, rail: "comments", panel: "rail", active: chosen.clauseId })
        } else if (active !== null) {
          setHand({
            composing: { target: { type: "clause", clauseId: active }, audience },
            rail: "comments",
            panel: "rail",
          })
        }
        if (openCaucus !== null) setHand({ caucus: "comments" })
      },
      bulk: (act, views) => {
        if (act === "park" || act === "unpark" || act === "reopen") {
          setHand({ sheet: { type: "reason", act, clauseIds: views.map((one) => one.id) } })
          return
        }
        void acts.run(bulkAct(act, views))
      },
    }),
    [
      desk,
      planId,
      live,
      standing,
      view,
      threads,
      numbered,
      threadsByClause,
      carets,
      caucus,
      caucusUndo,
      acts,
      hand,
      draftCarets,
      me,
      session,
      undo,
      handles,
      setHand,
    ],
  )
  return { desk, page }
}

/** The acts under one clause close as those under another open; the clause one has chosen must stay under the pointer. */
function useActivate(active: string | null, setHand: Desk["setHand"]): Desk["activate"] {
  const chosen = useRef<{ readonly id: string; readonly top: number } | null>(null)
  useLayoutEffect(() => {
    const { current } = chosen
    chosen.current = null
    const row = active === null ? null : document.getElementById(`c-${active}`)
    if (current === null || current.id !== active || row === null) return
    const paper = row.closest(".paper")
    if (paper !== null) paper.scrollTop += row.getBoundingClientRect().top - current.top
  }, [active])
  return useCallback(
    (clauseId) =>
      setHand((hand) => {
        if (hand.active === clauseId) return {}
        const top = document.getElementById(`c-${clauseId}`)?.getBoundingClientRect().top
        chosen.current = top === undefined ? null : { id: clauseId, top }
        return { active: clauseId }
      }),
    [setHand],
  )
}

const whole = <T>(live: T): T => live
const always = () => true
const nothing = () => {}
const sessionOf = <S>(id: string, plan: S, caucus: S | null): S =>
  id.startsWith("draft:") && caucus !== null ? caucus : plan

/** A patch that changes nothing gives the same hand, and nothing renders. */
function merge(before: Hand, patch: Partial<Hand>): Hand {
  const names = Object.keys(patch) as (keyof Hand)[]
  return names.every((name) => Object.is(before[name], patch[name])) ? before : { ...before, ...patch }
}

function bulkAct(act: Exclude<BulkAct, "park" | "unpark" | "reopen">, views: readonly ClauseView[]): ActInput {
  const clauses = views.map((view) => ({ clauseId: view.id, hash: { en: view.hash.en, ru: view.hash.ru } }))
  return { act, clauses }
}

const NO_THREADS: readonly CommentThread[] = []
const useShared = (threads: readonly CommentThread[] | undefined): readonly CommentThread[] => threads ?? NO_THREADS

/** Shared threads of clauses in the order of the text; in each section the numbers begin again. */
function numberThreads(threads: readonly CommentThread[], groups: PlanView["groups"]) {
  const numbered: NumberedThread[] = []
  const threadsByClause = new Map<string, readonly NumberedThread[]>()
  const shared = threads.filter((thread) => thread.audience === "shared" && thread.target.type !== "cell")
  for (const group of groups) {
    let number = 0
    for (const id of group) {
      const own = shared.filter((thread) => thread.target.type !== "cell" && thread.target.clauseId === id)
      const counted = own.map((thread) => ({ thread, number: thread.status === "open" ? ++number : 0 }))
      numbered.push(...counted)
      const open = counted.filter(({ thread }) => thread.status === "open")
      if (open.length > 0) threadsByClause.set(id, open)
    }
  }
  return { numbered, threadsByClause }
}

/** Fields read anew only when a table, a term or the order of clauses changed, not at every keystroke. */
function useDisplay(plan: Plan, say: Desk["say"]): Readonly<Record<Lang, FieldDisplay>> {
  const [held, setHeld] = useState(plan)
  const current = isSameForFields(held, plan) ? held : plan
  if (current !== held) setHeld(current)
  return useMemo(
    () => ({ en: createDisplay(current, "en", say), ru: createDisplay(current, "ru", say) }),
    [current, say],
  )
}

type Plan = PlanText["live"]["plan"]
const orderOf = (plan: Plan) =>
  plan.sections.map((section) => section.clauses.map((clause) => clause.id).join()).join(";")
const isSameForFields = (a: Plan, b: Plan): boolean =>
  a === b || (a.tables === b.tables && a.terms === b.terms && a.parties === b.parties && orderOf(a) === orderOf(b))
