import { standingCell, watchLostWrites } from "@alternat/document"
import type { TableName } from "@alternat/plan"
import { useCallback, useEffect, useSyncExternalStore } from "react"
import { usePlanSession } from "./PlanSession.tsx"
import { TABLE_ORIGIN } from "./table-origin.ts"

/** A value that its author entered in a cell where another's stands, or in a row that is gone. */
export interface KeptValue {
  readonly table: TableName
  readonly rowId: string
  readonly cell: string
  /** as it would be written */
  readonly mine: unknown
}

interface Store {
  all: readonly KeptValue[]
  readonly listeners: Set<() => void>
}

/** As long as the plan is open, whichever of its pages is on screen. */
const stores = new WeakMap<object, Store>()

const storeOf = (session: object): Store => {
  const store = stores.get(session) ?? { all: [], listeners: new Set() }
  stores.set(session, store)
  return store
}

/** Cells hold plain values, or flat objects whose keys may stand in any order. */
export const isSameValue = (a: unknown, b: unknown): boolean => inOrder(a) === inOrder(b)
const inOrder = (value: unknown): string | undefined =>
  JSON.stringify(value, typeof value === "object" && value !== null ? Object.keys(value).toSorted() : undefined)

const isSamePlace = (a: KeptValue, b: Omit<KeptValue, "mine">): boolean =>
  a.table === b.table && a.rowId === b.rowId && a.cell === b.cell

function change(store: Store, all: readonly KeptValue[]): void {
  store.all = all
  for (const listener of store.listeners) listener()
}

/** Keeps a value for its author to decide about: the last one of each cell. */
export function keepValue(session: object, kept: KeptValue): void {
  const store = storeOf(session)
  change(store, [...store.all.filter((one) => !isSamePlace(one, kept)), kept])
}

export function dropKeptValue(session: object, kept: Omit<KeptValue, "mine">): void {
  const store = storeOf(session)
  change(
    store,
    store.all.filter((one) => !isSamePlace(one, kept)),
  )
}

export function useKeptValues(): readonly KeptValue[] {
  const { session } = usePlanSession()
  const store = storeOf(session)
  const subscribe = useCallback(
    (listener: () => void) => {
      store.listeners.add(listener)
      return () => void store.listeners.delete(listener)
    },
    [store],
  )
  return useSyncExternalStore(subscribe, () => store.all)
}

/** Keeps what loses a race from now on, until the plan is left. */
export function useLostRaces(): void {
  const { session } = usePlanSession()
  const { doc } = session
  useEffect(
    () =>
      watchLostWrites(doc, TABLE_ORIGIN, ({ table, rowId, cell, mine }) =>
        keepValue(session, { table, rowId, cell, mine }),
      ),
    [session, doc],
  )
}

/**
 * Keeps a value instead of writing it where its author can't have seen what stands there: another has written since the
 * field was opened, or the row is gone. false: nothing is in the way.
 */
export function keepIfOvertaken(
  session: { readonly doc: Parameters<typeof standingCell>[0] },
  entered: KeptValue & { readonly seen: unknown },
): boolean {
  const { table, rowId, cell, mine, seen } = entered
  const standing = standingCell(session.doc, table, rowId, cell)
  const isSame = (other: unknown) => isSameValue(standing?.value, other)
  if (standing !== null && (isSame(seen) || isSame(mine))) return false
  keepValue(session, { table, rowId, cell, mine })
  return true
}
