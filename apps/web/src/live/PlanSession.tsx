import type { LivePlan, Me } from "@alternat/plan"
import { openSession, type Session } from "@alternat/room/client"
import {
  createContext,
  type ReactNode,
  useCallback,
  useContext,
  useEffect,
  useMemo,
  useState,
  useSyncExternalStore,
} from "react"
import { fetchTicket } from "../api/index.ts"
import { createLiveStore, type LiveStore } from "./live-store.ts"
import { trackSession } from "./open-sessions.ts"

export interface PlanSpace {
  readonly planId: string
  readonly me: Me
  readonly session: Session
}

interface Held extends PlanSpace {
  readonly store: LiveStore | null
}

const Context = createContext<Held | null>(null)

export interface PlanSessionProviderProps {
  readonly planId: string
  readonly me: Me
  readonly children: ReactNode
}

/** Holds the plan's document open while any part of the plan is on screen: changing tabs never reconnects. */
export function PlanSessionProvider({ planId, me, children }: PlanSessionProviderProps) {
  const session = useOpenSession(planId, me.userId)
  return session ? (
    <Connected planId={planId} me={me} session={session}>
      {children}
    </Connected>
  ) : null
}

function Connected({ planId, me, session, children }: PlanSessionProviderProps & { readonly session: Session }) {
  const state = useSessionState(session)
  const store = useStore(session, session.generation, state.synced)
  const { awareness } = session
  useEffect(() => {
    // the server passes this on within one's own delegation only
    awareness.setLocalStateField("user", { userId: me.userId, party: me.party, name: me.name.en })
  }, [awareness, me])
  const value = useMemo(() => ({ planId, me, session, store }), [planId, me, session, store])
  return <Context value={value}>{children}</Context>
}

function useOpenSession(planId: string, userId: string): Session | null {
  const [session, setSession] = useState<Session | null>(null)
  useEffect(() => {
    const opened = openSession({
      wsUrl: `${location.protocol === "https:" ? "wss" : "ws"}://${location.host}/sync`,
      planId,
      space: "plan",
      userId,
      fetchTicket: () => fetchTicket(planId, "plan"),
    })
    setSession(opened)
    const untrack = trackSession(opened)
    return () => {
      untrack()
      setSession(null)
      void opened.destroy()
    }
  }, [planId, userId])
  return session
}

function useStore(session: Session, generation: number, synced: boolean): LiveStore | null {
  const [held, setHeld] = useState<{ readonly generation: number; readonly store: LiveStore } | null>(null)
  // once read, the plan stays on screen through a lost connection; a document that replaces a refused one is empty, and
  // is read only once it has come from the server
  const [readable, setReadable] = useState<number | null>(null)
  if (synced && readable !== generation) setReadable(generation)
  const isReadable = readable === generation
  useEffect(() => {
    if (!isReadable) return
    const store = createLiveStore(session.doc)
    setHeld({ generation, store })
    return () => store.destroy()
  }, [session, generation, isReadable])
  return held?.store ?? null
}

/** The open session of the plan on screen. */
export function usePlanSession(): PlanSpace {
  return useHeld()
}

export function useSessionState(session: Session): Session["state"] {
  const subscribe = useCallback((listener: () => void) => session.subscribe(listener), [session])
  return useSyncExternalStore(subscribe, () => session.state)
}

/** False until the document has been read for the first time. */
export const useIsPlanReady = (): boolean => useHeld().store !== null

/**
 * Selects from the live plan; renders again only when the selected value changes. The selector returns parts of the plan
 * as they are; make new objects of them with `useMemo` outside.
 */
export function useLivePlan<T>(select: (live: LivePlan) => T): T {
  const { store } = useHeld()
  if (!store) throw new Error("broken invariant: the plan is not read yet")
  return useSyncExternalStore(store.subscribe, () => select(store.current))
}

function useHeld(): Held {
  const held = useContext(Context)
  if (!held) throw new Error("broken invariant: no PlanSessionProvider above")
  return held
}
