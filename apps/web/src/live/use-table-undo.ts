import { isEdit, mayTakeBack, undoScope } from "@alternat/document"
import { useEffect, useRef } from "react"
import * as Y from "yjs"
import { useT } from "../i18n/index.ts"
import { useShortcuts } from "../keys/index.ts"
import { usePlanSession } from "./PlanSession.tsx"
import { TABLE_ORIGIN } from "./use-table-edit.ts"

/** The keys that take back one's own edits of the tables, in order, and nobody else's, and that bring them back. */
export function useTableUndo(): void {
  const t = useT()
  const { session } = usePlanSession()
  const manager = useRef<Y.UndoManager | null>(null)
  const { doc } = session
  useEffect(() => {
    const created = new Y.UndoManager([...undoScope(doc, "plan")], {
      trackedOrigins: new Set([TABLE_ORIGIN]),
      captureTransaction: isEdit,
      captureTimeout: 0,
      deleteFilter: mayTakeBack,
    })
    manager.current = created
    return () => created.destroy()
  }, [doc])
  const undo = () => void manager.current?.undo()
  const redo = () => void manager.current?.redo()
  const key = { group: "grid", ctrl: true, outsideFields: true } as const
  useShortcuts([
    { ...key, id: "table-undo", strokes: ["KeyZ"], label: t("costs.keys.undo"), run: undo },
    { ...key, id: "table-redo", strokes: ["KeyZ"], shift: true, label: t("costs.keys.redo"), run: redo },
    { ...key, id: "table-redo-y", strokes: ["KeyY"], label: t("costs.keys.redo"), run: redo },
  ])
}
