import { setCell } from "@alternat/document"
import { mayEdit, type TableName } from "@alternat/plan"
import { useStanding } from "../api/index.ts"
import { useT } from "../i18n/index.ts"
import { useSharedWrite } from "../mode/index.ts"
import { usePlanSession } from "./PlanSession.tsx"

export interface TableEdit {
  readonly canEdit: boolean
  /** what a try to edit says, where it is the mode alone that forbids it; null where nothing is to be said */
  readonly onBarred: (() => void) | null
  /** writes one cell into the shared document; what is wrong with it, or null */
  set(rowId: string, field: string, value: unknown): string | null
}

/** One's own edits of the tables, for undo. */
export const TABLE_ORIGIN = Symbol("table")

export function useTableEdit(table: TableName): TableEdit {
  const t = useT()
  const { planId, me, session } = usePlanSession()
  const standing = useStanding(planId).data
  const shared = useSharedWrite("table")
  const isTheirs = standing?.status === "negotiation" && mayEdit(me, { type: "row", table })
  return {
    canEdit: isTheirs && shared.isOpen,
    onBarred: isTheirs && !shared.isOpen ? shared.tellWhy : null,
    set(rowId, field, value) {
      if (!shared.mayWrite()) return t("mode.table.propose")
      const done = setCell(session.doc, table, rowId, field, value, TABLE_ORIGIN)
      return done.ok ? null : t.pick(done.error.message)
    },
  }
}
