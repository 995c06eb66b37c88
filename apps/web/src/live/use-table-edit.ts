import { setCell } from "@alternat/document"
import { mayEdit, type TableName } from "@alternat/plan"
import { useStanding } from "../api/index.ts"
import { useT } from "../i18n/index.ts"
import { usePlanSession } from "./PlanSession.tsx"

export interface TableEdit {
  readonly canEdit: boolean
  /** writes one cell into the shared document; what is wrong with it, or null */
  set(rowId: string, field: string, value: unknown): string | null
}

/** One's own edits of the tables, for undo. */
export const TABLE_ORIGIN = Symbol("table")

export function useTableEdit(table: TableName): TableEdit {
  const t = useT()
  const { planId, me, session } = usePlanSession()
  const standing = useStanding(planId).data
  return {
    canEdit: standing?.status === "negotiation" && mayEdit(me, { type: "row", table }),
    set(rowId, field, value) {
      const done = setCell(session.doc, table, rowId, field, value, TABLE_ORIGIN)
      return done.ok ? null : t.pick(done.error.message)
    },
  }
}
