import type { CommentEntry, CommentStatusChange, CommentThread } from "@alternat/plan"

/** One step of a thread's story: an entry, or a change of its status. */
export type Said =
  | { readonly type: "entry"; readonly entry: CommentEntry }
  | { readonly type: "change"; readonly change: CommentStatusChange }

export function saidIn({ entries, statusChanges }: Pick<CommentThread, "entries" | "statusChanges">): readonly Said[] {
  const words = entries.map((entry) => ({ at: entry.at, said: { type: "entry", entry } as const }))
  const changes = statusChanges.map((change) => ({ at: change.at, said: { type: "change", change } as const }))
  return [...words, ...changes].toSorted((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0)).map(({ said }) => said)
}
