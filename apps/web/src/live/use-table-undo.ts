import { isEdit, mayTakeBack, overwrittenIn, undoScope } from "@alternat/document"
import { useEffect, useRef } from "react"
import * as Y from "yjs"
import { useT } from "../i18n/index.ts"
import { useShortcuts } from "../keys/index.ts"
import { useSharedWrite } from "../mode/index.ts"
import { useToast } from "../ui/index.ts"
import { usePlanSession } from "./PlanSession.tsx"
import { TABLE_ORIGIN } from "./table-origin.ts"
import { useOverwrittenWords } from "./use-overwritten-words.ts"

/**
 * The keys that take back one's own edits of the tables, in order, and nobody else's, and that bring them back. Where
 * another has written since, they say so and leave it.
 */
export function useTableUndo(): void {
  const t = useT()
  const { session } = usePlanSession()
  const toast = useToast()
  const explain = useOverwrittenWords()
  const shared = useSharedWrite("table")
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
  const step = (which: "undoStack" | "redoStack", run: (all: Y.UndoManager) => void) => {
    const all = manager.current
    const next = all?.[which].at(-1)
    if (!all || !next) return
    const [first] = overwrittenIn(doc, next)
    if (first === undefined) return run(all)
    // Yjs would pass over this step without a word and take back the one before it
    all[which].pop()
    toast(explain(first))
  }
  const undo = () => void (shared.mayWrite() && step("undoStack", (all) => all.undo()))
  const redo = () => void (shared.mayWrite() && step("redoStack", (all) => all.redo()))
  const key = { group: "grid", ctrl: true, outsideFields: true } as const
  useShortcuts([
    { ...key, id: "table-undo", strokes: ["KeyZ"], label: t("costs.keys.undo"), run: undo },
    { ...key, id: "table-redo", strokes: ["KeyZ"], shift: true, label: t("costs.keys.redo"), run: redo },
    { ...key, id: "table-redo-y", strokes: ["KeyY"], label: t("costs.keys.redo"), run: redo },
  ])
}
