import { type RefObject, useEffect, useMemo, useState } from "react"
import { type Paged, type ThreadFilter, useCommentCounts, useThreadPages } from "../../api/index.ts"
import { usePlanSession } from "../../live/index.ts"
import type { PlanView } from "./plan-view.ts"
import {
  type ClauseCount,
  countThreads,
  NO_COUNTS,
  type NumberedThread,
  numberThreads,
  type ThreadCounts,
} from "./threads.ts"

/** The plan's threads on clauses, counted in the order of the text. */
export function useThreadCounts(planId: string, groups: PlanView["groups"], party: string | null): ThreadCounts {
  const { data } = useCommentCounts(planId)
  const [kept] = useState(() => ({ former: NO_COUNTS }))
  return useMemo(() => {
    kept.former = countThreads(data ?? [], groups, party, kept.former)
    return kept.former
  }, [data, groups, party, kept])
}

const NONE: readonly NumberedThread[] = []

/** The open threads of a clause that are read so far, under their numbers. */
export function useClauseThreads(
  count: ClauseCount | null,
  audience: string,
  isShown = true,
): { readonly threads: readonly NumberedThread[]; readonly pages: Paged<NumberedThread["thread"]> } {
  const { planId } = usePlanSession()
  const filter: ThreadFilter = { clause: count?.clauseId ?? "", audience, status: "open" }
  const pages = useThreadPages(planId, filter, isShown && count !== null && count.open > 0 ? count.stamp : null)
  const { items } = pages
  const threads = useMemo(
    () => (count === null || items.length === 0 ? NONE : numberThreads(items, count)),
    [items, count],
  )
  return { threads, pages }
}

/** Whether an element has been near the screen: what it needs is asked for then. */
export function useNear(ref: RefObject<HTMLElement | null>): boolean {
  const [isNear, setNear] = useState(false)
  useEffect(() => {
    const { current } = ref
    if (isNear || current === null) return
    const watch = new IntersectionObserver(
      (entries) => {
        if (entries.some((entry) => entry.isIntersecting)) setNear(true)
      },
      { rootMargin: "300px" },
    )
    watch.observe(current)
    return () => watch.disconnect()
  }, [ref, isNear])
  return isNear
}
