import { standingCell, watchLostWrites } from "@alternat/document"
import type { TableName } from "@alternat/plan"
import { useEffect } from "react"
import { usePlanSession } from "./PlanSession.tsx"
import { sessionStore } from "./session-store.ts"
import { TABLE_ORIGIN } from "./table-origin.ts"

/** A value that its author entered in a cell where another's stands, or in a row that is gone. */
export interface KeptValue {
  readonly table: TableName
  readonly rowId: string
  readonly cell: string
  /** as it would be written */
  readonly mine: unknown
}

const store = sessionStore<readonly KeptValue[]>([])

/** Cells hold plain values, or flat objects whose keys may stand in any order. */
export const isSameValue = (a: unknown, b: unknown): boolean => inOrder(a) === inOrder(b)
const inOrder = (value: unknown): string | undefined =>
  JSON.stringify(value, typeof value === "object" && value !== null ? Object.keys(value).toSorted() : undefined)

const isSamePlace = (a: KeptValue, b: Omit<KeptValue, "mine">): boolean =>
  a.table === b.table && a.rowId === b.rowId && a.cell === b.cell

/** Keeps a value for its author to decide about: the last one of each cell. */
const keepValue = (session: object, kept: KeptValue): void =>
  store.change(session, (all) => [...all.filter((one) => !isSamePlace(one, kept)), kept])

export const dropKeptValue = (session: object, kept: Omit<KeptValue, "mine">): void =>
  store.change(session, (all) => all.filter((one) => !isSamePlace(one, kept)))

export const useKeptValues = (): readonly KeptValue[] => store.use()

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
