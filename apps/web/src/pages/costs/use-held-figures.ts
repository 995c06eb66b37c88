import { useCallback } from "react"
import { sessionStore, usePlanSession } from "../../live/index.ts"

/** Figures that were typed and not taken: they stand in their cells until their author decides, and count for nothing meanwhile. */
export interface HeldFigures {
  readonly all: ReadonlyMap<string, string>
  /** `null` lets it go */
  hold(cell: string, typed: string | null): void
}

const store = sessionStore<ReadonlyMap<string, string>>(new Map())

export function useHeldFigures(): HeldFigures {
  const { session } = usePlanSession()
  const hold = useCallback(
    (cell: string, typed: string | null) =>
      store.change(session, (all) => {
        const next = new Map(all)
        if (typed === null) next.delete(cell)
        else next.set(cell, typed)
        return next
      }),
    [session],
  )
  return { all: store.use(), hold }
}
