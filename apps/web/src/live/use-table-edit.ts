import { setCell } from "@alternat/document"
import { mayEdit, type TableName } from "@alternat/plan"
import { useStanding } from "../api/index.ts"
import { useT } from "../i18n/index.ts"
import { useSharedWrite } from "../mode/index.ts"
import { keepIfOvertaken } from "./kept-values.ts"
import { usePlanSession } from "./PlanSession.tsx"
import { TABLE_ORIGIN } from "./table-origin.ts"

export interface TableEdit {
  readonly canEdit: boolean
  /** what a try to edit says, where it is the mode alone that forbids it; null where nothing is to be said */
  readonly onBarred: (() => void) | null
  /**
   * Writes one cell into the shared document; what is wrong with it, or null. `seen` is what stood there when its author
   * began to write: where something else stands by now, or the row is gone, the value is kept beside it and its author told.
   */
  set(rowId: string, field: string, value: unknown, seen?: unknown): string | null
}

export function useTableEdit(table: TableName): TableEdit {
  const t = useT()
  const { planId, me, session } = usePlanSession()
  const standing = useStanding(planId).data
  const shared = useSharedWrite("table")
  const isTheirs = standing?.status === "negotiation" && mayEdit(me, { type: "row", table })
  return {
    canEdit: isTheirs && shared.isOpen,
    onBarred: isTheirs && !shared.isOpen ? shared.tellWhy : null,
    set(rowId, field, value, seen) {
      if (!shared.mayWrite()) return t("mode.table.propose")
      if (seen !== undefined && keepIfOvertaken(session, { table, rowId, cell: field, mine: value, seen })) return null
      const done = setCell(session.doc, table, rowId, field, value, TABLE_ORIGIN)
      return done.ok ? null : t.pick(done.error.message)
    },
  }
}
