import type { CommentThread } from "@alternat/plan"
import { useEffect, useState } from "react"
import { useEntryPages } from "../api/index.ts"
import { type FoldedEntries, foldEntries, TAIL } from "./fold.ts"

const MORE = 50

/** The entries of a thread that are shown, and the way to those that are folded away. */
export function useEntries(planId: string, thread: CommentThread): FoldedEntries & { readonly showMore: () => void } {
  const [wanted, setWanted] = useState(TAIL)
  const carried = thread.entries.length - 1
  const isWanted = wanted > carried && thread.entryCount > thread.entries.length
  const { items, hasEarlier, isReading, readEarlier } = useEntryPages(planId, thread.id, isWanted, thread.entryCount)
  const isShort = isWanted && hasEarlier && !isReading && items.length < Math.min(wanted, thread.entryCount)
  useEffect(() => {
    if (isShort) readEarlier()
  }, [isShort, readEarlier])
  return { ...foldEntries(thread, items, wanted), showMore: () => setWanted((before) => before + MORE) }
}
