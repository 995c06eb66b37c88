import { createPlanReader } from "@alternat/document"
import type { LivePlan } from "@alternat/plan"
import type * as Y from "yjs"
import { shareStructure } from "./share-structure.ts"

export interface LiveStore {
  readonly current: LivePlan
  subscribe(listener: () => void): () => void
  destroy(): void
}

/**
 * The plan's document as a value that changes only where the document did: it is read again at most once a frame, only
 * where a transaction touched it, and every part that is equal to what stood before stays the same object, so a
 * component that selects one clause or one line renders when that clause or line changes and at no other time.
 */
export function createLiveStore(doc: Y.Doc): LiveStore {
  const reader = createPlanReader(doc)
  let current = reader.read(0)
  let scheduled = false
  const listeners = new Set<() => void>()
  const refresh = () => {
    scheduled = false
    const next = shareStructure(current, reader.read(0))
    if (next === current) return
    current = next
    for (const listener of listeners) listener()
  }
  const changed = () => {
    if (scheduled) return
    scheduled = true
    // a hidden page gets no frames, and must not grow stale either
    if (document.hidden) setTimeout(refresh, 50)
    else requestAnimationFrame(refresh)
  }
  doc.on("update", changed)
  return {
    get current() {
      return current
    },
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    destroy() {
      doc.off("update", changed)
      reader.destroy()
      listeners.clear()
    },
  }
}
