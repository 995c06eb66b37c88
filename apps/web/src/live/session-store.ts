import { useCallback, useSyncExternalStore } from "react"
import { usePlanSession } from "./PlanSession.tsx"

export interface SessionStore<T> {
  change(session: object, next: (value: T) => T): void
  /** the value of the plan on screen; renders again when it changes */
  use(): T
}

/** A value of this screen alone that lasts as long as the plan is open, whichever of its pages is shown. */
export function sessionStore<T>(initial: T): SessionStore<T> {
  const stores = new WeakMap<object, { value: T; readonly listeners: Set<() => void> }>()
  const of = (session: object) => {
    const store = stores.get(session) ?? { value: initial, listeners: new Set() }
    stores.set(session, store)
    return store
  }
  return {
    change(session, next) {
      const store = of(session)
      store.value = next(store.value)
      for (const listener of store.listeners) listener()
    },
    use() {
      const store = of(usePlanSession().session)
      const subscribe = useCallback(
        (listener: () => void) => {
          store.listeners.add(listener)
          return () => void store.listeners.delete(listener)
        },
        [store],
      )
      return useSyncExternalStore(subscribe, () => store.value)
    },
  }
}
