import { changedKeys, type Overwritten } from "@alternat/document"
import type { Lang } from "@alternat/plan"
import { useEffect, useRef } from "react"
import type * as Y from "yjs"
import { useT } from "../i18n/index.ts"
import { partyShort, useParties } from "../ui/index.ts"
import { usePlanSession } from "./PlanSession.tsx"

/** "L13, 2014, US: RF has written there since, so your edit is not taken back." */
export function useOverwrittenWords(): (place: Overwritten) => string {
  const t = useT()
  const parties = useParties()
  const whoWrote = useWriterWords()
  return ({ path, clientId }) => {
    const [line = "", field = ""] = path
    const [, year, side] = /^year:(\d{4})(?:\.(us|ru))?/.exec(field) ?? []
    const party = side === undefined ? undefined : parties[side === "us" ? 0 : 1]
    const cell = [line, year, party && partyShort(party, t.lang)].filter(Boolean).join(", ")
    const who = whoWrote(clientId)
    return who === null ? t("costs.undo.act", { cell }) : t("costs.undo.overwritten", { cell, who })
  }
}

/** Names the writer behind a client id: a colleague by name, the other side by its short name; null: an accepted proposal. */
export function useWriterWords(): (clientId: number, lang?: Lang) => string | null {
  const t = useT()
  const parties = useParties()
  const { me } = usePlanSession()
  const writers = useWriters()
  return (clientId, lang = t.lang) => {
    const writer = writers.current.get(clientId)
    if (writer === ACT) return null
    if (writer !== undefined) return writer.name
    // figures are entered by members of the two delegations alone, and every colleague's client is known
    const other = parties.find((party) => party.code !== me.party)
    return other === undefined ? "" : partyShort(other, lang)
  }
}

const ACT = "act"
type WriterOf = ReadonlyMap<number, { readonly name: string } | typeof ACT>

/** Learns the writers behind client ids: colleagues by name, the server by its updates. */
function useWriters(): { readonly current: WriterOf } {
  const { me, session } = usePlanSession()
  const { awareness, doc } = session
  const known = useRef(new Map<number, { readonly name: string } | typeof ACT>())
  useEffect(() => {
    const people = () => {
      for (const [clientId, state] of awareness.getStates()) {
        const name = (state["user"] as { readonly name?: unknown } | undefined)?.name
        if (me.party !== null && partyIn(state) === me.party && typeof name === "string")
          known.current.set(clientId, { name })
      }
    }
    const acts = (transaction: Y.Transaction) => {
      if (transaction.local || !changedKeys(transaction).has("tableProposals")) return
      for (const [clientId, clock] of transaction.afterState)
        if (transaction.beforeState.get(clientId) === undefined && clock > 0) known.current.set(clientId, ACT)
    }
    people()
    awareness.on("change", people)
    doc.on("afterTransaction", acts)
    return () => {
      awareness.off("change", people)
      doc.off("afterTransaction", acts)
    }
  }, [awareness, doc, me.party])
  return known
}

const partyIn = (state: Readonly<Record<string, unknown>>): unknown =>
  (state["user"] as { readonly party?: unknown } | undefined)?.party
