import { mayTakeBack, undoScope } from "@alternat/document"
import { useEffect, useRef } from "react"
import * as Y from "yjs"
import { usePlanSession } from "../../live/index.ts"
import { GRID_ORIGIN } from "./use-cost-desk.ts"

/** Takes back one's own edits of the tables, in order, and nobody else's. */
export function useGridUndo(): { readonly undo: () => void; readonly redo: () => void } {
  const { session } = usePlanSession()
  const manager = useRef<Y.UndoManager | null>(null)
  const { doc } = session
  useEffect(() => {
    const created = new Y.UndoManager([...undoScope(doc, "plan")], {
      trackedOrigins: new Set([GRID_ORIGIN]),
      captureTimeout: 0,
      deleteFilter: mayTakeBack,
    })
    manager.current = created
    return () => created.destroy()
  }, [doc])
  return {
    undo: () => void manager.current?.undo(),
    redo: () => void manager.current?.redo(),
  }
}
