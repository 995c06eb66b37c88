import type { CommentThread } from "@alternat/plan"
import type { NumberedThread } from "./ClauseRow.tsx"
import type { PlanView } from "./plan-view.ts"

/** Shared threads of clauses in the order of the text; in each section the numbers begin again. */
export function numberThreads(threads: readonly CommentThread[], groups: PlanView["groups"]) {
  const numbered: NumberedThread[] = []
  const threadsByClause = new Map<string, readonly NumberedThread[]>()
  const shared = threads.filter((thread) => thread.audience === "shared" && thread.target.type !== "cell")
  for (const group of groups) {
    let number = 0
    for (const id of group) {
      const own = shared.filter((thread) => thread.target.type !== "cell" && thread.target.clauseId === id)
      const counted = own.map((thread) => ({ thread, number: thread.status === "open" ? ++number : 0 }))
      numbered.push(...counted)
      const open = counted.filter(({ thread }) => thread.status === "open")
      if (open.length > 0) threadsByClause.set(id, open)
    }
  }
  return { numbered, threadsByClause }
}
