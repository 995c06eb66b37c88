import { useCallback, useLayoutEffect, useRef, useState } from "react"
import type { Translate } from "../../i18n/index.ts"
import { type Desk, EMPTY_HAND, type Hand } from "./context.ts"

export interface HandActs {
  readonly hand: Hand
  readonly setHand: Desk["setHand"]
  readonly activate: Desk["activate"]
  readonly goTo: Desk["goTo"]
  /** brings the place that an undo changed on screen, where it is a clause's */
  went(place: string): void
}

/** What the person has in hand, and the ways from clause to clause. */
export function useHand(say: Translate): HandActs {
  const [hand, setHandState] = useState<Hand>(() => ({ ...EMPTY_HAND, shownLang: say.lang }))
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
  const active = useRef(hand.active)
  active.current = hand.active
  const went = useCallback(
    (place: string) => {
      const clauseId = /^clause:(.+):(?:en|ru)$/.exec(place)?.[1]
      if (clauseId === undefined || clauseId === active.current) return
      setHand({ active: clauseId })
      requestAnimationFrame(() => document.getElementById(`c-${clauseId}`)?.scrollIntoView({ block: "nearest" }))
    },
    [setHand],
  )
  return { hand, setHand, activate, goTo, went }
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

/** A patch that changes nothing gives the same hand, and nothing renders. */
function merge(before: Hand, patch: Partial<Hand>): Hand {
  const names = Object.keys(patch) as (keyof Hand)[]
  return names.every((name) => Object.is(before[name], patch[name])) ? before : { ...before, ...patch }
}
