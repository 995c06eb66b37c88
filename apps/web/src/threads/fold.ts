import type { CommentEntry, CommentThread } from "@alternat/plan"

/** A clause or cell with more open threads than this unfolds one at a time. */
export const UNFOLDED = 4
/** How many of its latest entries a long thread shows behind its first. */
export const TAIL = 5
/** A thread folds its middle once more than this would be hidden. */
const WORTH_FOLDING = 2

export interface FoldedEntries {
  readonly first: CommentEntry | null
  /** between the first and the tail, and not shown */
  readonly hidden: number
  readonly tail: readonly CommentEntry[]
}

/** Chooses the entries that a thread shows when `wanted` of its latest are asked for; `read` are those that came in pages. */
export function foldEntries(
  { entries, entryCount }: Pick<CommentThread, "entries" | "entryCount">,
  read: readonly CommentEntry[],
  wanted: number,
): FoldedEntries {
  const known = new Map([...read, ...entries].map((entry) => [entry.id, entry]))
  const [first = null, ...rest] = [...known.values()].toSorted(byTime)
  const after = Math.max(entryCount, known.size) - 1
  const shown = after - wanted <= WORTH_FOLDING ? after : wanted
  const tail = shown <= 0 ? [] : rest.slice(-shown)
  return { first, hidden: Math.max(0, after - tail.length), tail }
}

const byTime = (a: CommentEntry, b: CommentEntry): number => (a.at < b.at ? -1 : a.at > b.at ? 1 : a.id < b.id ? -1 : 1)
