import type { CommentCount, CommentThread } from "@alternat/plan"
import { stampOf } from "../../api/index.ts"
import type { PlanView } from "./plan-view.ts"

/** A thread with the small number it carries in the margin and the rail; a resolved one has none. */
export interface NumberedThread {
  readonly thread: CommentThread
  readonly number: number | null
}

/** The threads of one audience on one clause, counted. */
export interface ClauseCount {
  readonly clauseId: string
  readonly open: number
  readonly resolved: number
  /** open ones of the same section before this clause: in each section the numbers begin again */
  readonly before: number
  /** changes with every thread here */
  readonly stamp: string
}

export interface ThreadCounts {
  /** in the order of the text */
  readonly shared: ReadonlyMap<string, ClauseCount>
  readonly own: ReadonlyMap<string, ClauseCount>
}

export const NO_COUNTS: ThreadCounts = { shared: new Map(), own: new Map() }

/** Counts a clause's threads; a clause for which nothing has changed keeps the object it had, so that its row stays as it is. */
export function countThreads(
  counts: readonly CommentCount[],
  groups: PlanView["groups"],
  party: string | null,
  former: ThreadCounts,
): ThreadCounts {
  const onClauses = (audience: string | null) =>
    new Map(
      counts.flatMap((one) =>
        one.audience === audience && one.place.type === "clause" ? [[one.place.clauseId, one] as const] : [],
      ),
    )
  return {
    shared: inOrder(onClauses("shared"), groups, former.shared),
    own: inOrder(onClauses(party), groups, former.own),
  }
}

function inOrder(
  byClause: ReadonlyMap<string, CommentCount>,
  groups: PlanView["groups"],
  former: ReadonlyMap<string, ClauseCount>,
): ReadonlyMap<string, ClauseCount> {
  const counted = new Map<string, ClauseCount>()
  for (const group of groups) {
    let before = 0
    for (const clauseId of group) {
      const found = byClause.get(clauseId)
      if (found === undefined) continue
      const { open, resolved } = found
      const next: ClauseCount = { clauseId, open, resolved, before, stamp: stampOf([found]) }
      const held = former.get(clauseId)
      counted.set(clauseId, held?.stamp === next.stamp && held.before === before ? held : next)
      before += open
    }
  }
  return counted
}

/** The latest open threads of a clause under their numbers: those that are read end with the last one. */
export const numberThreads = (
  threads: readonly CommentThread[],
  { before, open }: Pick<ClauseCount, "before" | "open">,
): readonly NumberedThread[] =>
  threads.map((thread, index) => ({ thread, number: before + Math.max(1, open - threads.length + index + 1) }))

export const sumOf = (counts: Iterable<ClauseCount>, what: "open" | "resolved"): number =>
  [...counts].reduce((sum, one) => sum + one[what], 0)
