import { type CaucusContent, readCaucus } from "@alternat/document"
import type { Me } from "@alternat/plan"
import { openSession, type Session } from "@alternat/room/client"
import { useEffect, useMemo, useState, useSyncExternalStore } from "react"
import { fetchTicket } from "../../api/index.ts"
import { shareStructure, trackSession } from "../../live/index.ts"

export interface Caucus {
  readonly session: Session
  readonly content: CaucusContent
  /** draws at once what the next frame would: for what must stand there before the next key */
  flush(): void
}

const EMPTY: CaucusContent = { drafts: [], notes: [] }

/** The own delegation's space: another document in another room. Null for who belongs to no delegation. */
export function useCaucus(planId: string, me: Me): Caucus | null {
  const session = useCaucusSession(planId, me)
  const store = useMemo(() => (session === null ? null : createStore(session)), [session])
  const content = useSyncExternalStore(store?.subscribe ?? subscribeToNothing, () => store?.read() ?? EMPTY)
  return useMemo(
    () => (session === null || store === null ? null : { session, content, flush: store.flush }),
    [session, store, content],
  )
}

function useCaucusSession(planId: string, me: Me): Session | null {
  const [session, setSession] = useState<Session | null>(null)
  const { userId, party } = me
  useEffect(() => {
    if (party === null) return
    const opened = openSession({
      wsUrl: `${location.protocol === "https:" ? "wss" : "ws"}://${location.host}/sync`,
      planId,
      space: "caucus",
      userId,
      fetchTicket: () => fetchTicket(planId, "caucus"),
    })
    setSession(opened)
    const untrack = trackSession(opened)
    return () => {
      untrack()
      setSession(null)
      void opened.destroy()
    }
  }, [planId, userId, party])
  return session
}

const subscribeToNothing = () => () => {}

/** Reads the caucus at most once a frame; parts that did not change stay the same objects. */
function createStore(session: Session) {
  let content: CaucusContent = EMPTY
  let doc = session.doc
  const refresh = () => {
    content = shareStructure(content, readCaucus(session.doc))
  }
  refresh()
  const listeners = new Set<() => void>()
  let frame = 0
  const flush = () => {
    cancelAnimationFrame(frame)
    refresh()
    for (const listener of listeners) listener()
  }
  const changed = () => {
    cancelAnimationFrame(frame)
    frame = requestAnimationFrame(flush)
  }
  const replaced = () => {
    if (doc !== session.doc) {
      doc.off("update", changed)
      doc = session.doc
      doc.on("update", changed)
    }
    changed()
  }
  return {
    read: () => content,
    flush,
    subscribe: (listener: () => void) => {
      listeners.add(listener)
      doc.on("update", changed)
      const stop = session.subscribe(replaced)
      return () => {
        listeners.delete(listener)
        cancelAnimationFrame(frame)
        doc.off("update", changed)
        stop()
      }
    },
  }
}
