import { useCallback, useSyncExternalStore } from "react"
import { usePlanSession } from "../../live/index.ts"

/**
 * Figures that were typed and not taken. They stand in their cells on this screen alone until their author decides, through
 * a change of tab too, and count for nothing meanwhile.
 */
export interface HeldFigures {
  readonly all: ReadonlyMap<string, string>
  /** `null` lets it go */
  hold(cell: string, typed: string | null): void
}

interface Store {
  all: ReadonlyMap<string, string>
  readonly listeners: Set<() => void>
}

/** As long as the plan is open, whichever of its pages is on screen. */
const stores = new WeakMap<object, Store>()

const storeOf = (session: object): Store => {
  const store = stores.get(session) ?? { all: new Map(), listeners: new Set() }
  stores.set(session, store)
  return store
}

export function useHeldFigures(): HeldFigures {
  const { session } = usePlanSession()
  const store = storeOf(session)
  const subscribe = useCallback(
    (listener: () => void) => {
      store.listeners.add(listener)
      return () => void store.listeners.delete(listener)
    },
    [store],
  )
  const all = useSyncExternalStore(subscribe, () => store.all)
  const hold = useCallback(
    (cell: string, typed: string | null) => {
      const next = new Map(store.all)
      if (typed === null) next.delete(cell)
      else next.set(cell, typed)
      store.all = next
      for (const listener of store.listeners) listener()
    },
    [store],
  )
  return { all, hold }
}
