import { setImmediate as otherWork } from "node:timers/promises"
import { type Authorship, createAuthorship } from "@alternat/document"
import type { LogPage, Reader } from "@alternat/store"
import type { ApiDeps } from "../deps.ts"
import { fail } from "../http/problem.ts"

/** Folds kept at most: one holds a plan with every word that was ever deleted from it. */
const KEPT = 4
/** How long a fold may hold the thread that also serves keystrokes, in milliseconds. */
const SLICE_MS = 8
const STEP = 20
/** Behind every log: sequence numbers are 32-bit integers. */
const END = 2 ** 31 - 1

/**
 * Plans folded for who wrote what, live and at their versions. The first question about a plan reads its whole log; later
 * ones only what came since. Nothing in a fold depends on who asks, so it may be shared: the log is read through the eyes
 * of each asker, and what a reply says of an author is made for its reader.
 */
export interface FoldedLogs {
  /** folded to a log position, or as far as the log goes */
  read(reader: Reader, planId: string, upTo: number | null): Promise<Authorship>
}

export function createFoldedLogs({ store }: Pick<ApiDeps, "store">): FoldedLogs {
  const kept = new Map<string, Authorship>()
  const foldOf = (page: LogPage, upTo: number | null): Authorship => {
    const key = `${page.doc}.${page.epoch}.${upTo ?? "live"}`
    const fold = kept.get(key) ?? createAuthorship()
    kept.delete(key)
    kept.set(key, fold)
    for (const old of kept.keys()) if (kept.size > KEPT) kept.delete(old)
    return fold
  }
  return {
    async read(reader, planId, upTo) {
      const pageAfter = async (seq: number) =>
        (await store.withReader(reader, (tx) => tx.planLog(planId, seq))) ?? fail("no_such_plan")
      // where the document stands is asked first: a page of nothing costs nothing
      const head = await pageAfter(END)
      const target = upTo ?? head.headSeq
      const fold = foldOf(head, upTo)
      while (fold.seq < target) {
        const page = await pageAfter(fold.seq)
        await addSlowly(
          fold,
          page.entries.filter((entry) => entry.seq <= target),
        )
        if (page.entries.length === 0)
          throw new Error("broken invariant: a log shorter than its document says ([LOG3])")
      }
      return fold
    },
  }
}

/** Two askers may fold one log at once: what the other has added meanwhile passes as known. */
async function addSlowly(fold: Authorship, entries: LogPage["entries"]): Promise<void> {
  let started = performance.now()
  for (let at = 0; at < entries.length; at += STEP) {
    fold.add(entries.slice(at, at + STEP))
    if (performance.now() - started < SLICE_MS) continue
    await otherWork()
    started = performance.now()
  }
}
