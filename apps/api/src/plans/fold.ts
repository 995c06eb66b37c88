import { readPlanState } from "@alternat/document"
import type { LivePlan } from "@alternat/plan"
import type { StoredDoc } from "@alternat/room"
import type { ReaderTx } from "@alternat/store"
import { fail } from "../http/problem.ts"

/** Everything that makes a document, in the order of its log. */
export const updatesOf = (stored: StoredDoc): readonly Uint8Array[] => [
  ...(stored.snapshot ? [stored.snapshot.state] : []),
  ...stored.tail.map((entry) => entry.bytes),
]

/** The plan's document at its log's head, for a reader who may see it. */
export async function loadPlanDoc(tx: ReaderTx, planId: string): Promise<StoredDoc> {
  return (await tx.loadDoc(planId, "plan")) ?? fail("no_such_plan")
}

const KEPT = 8

/**
 * Folds logs to plans and keeps the last few: between two edits everybody asks for the same value. Nothing in it
 * depends on who asks, so it may be shared; whether somebody may ask was decided when the log was read.
 */
export interface LivePlans {
  read(stored: StoredDoc): LivePlan
}

export function createLivePlans(): LivePlans {
  const kept = new Map<string, { readonly at: string; readonly live: LivePlan }>()
  return {
    read(stored) {
      const at = `${stored.epoch}.${stored.headSeq}`
      const known = kept.get(stored.doc)
      if (known?.at === at) return known.live
      const live = readPlanState(updatesOf(stored), stored.headSeq)
      kept.delete(stored.doc)
      kept.set(stored.doc, { at, live })
      for (const doc of kept.keys()) if (kept.size > KEPT) kept.delete(doc)
      return live
    },
  }
}
