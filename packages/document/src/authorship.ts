import type { ClauseText, Lang } from "@alternat/plan"
import * as Y from "yjs"
import { type AuthoredRun, readRuns } from "./authored-runs.ts"
import { Fold, type Written } from "./authorship-fold.ts"
import { carriedStretches } from "./carried-words.ts"
import { readFragment } from "./fragment.ts"
import { clauseFragment, newDoc } from "./layout.ts"

/** One update as the log keeps it: who brought it, and when. */
export interface AuthoredUpdate extends Written {
  readonly bytes: Uint8Array
}

export interface AuthoredClause {
  readonly text: ClauseText
  /** in order, one behind the other, from the first place of `flatText` to the last */
  readonly runs: readonly AuthoredRun[]
}

/**
 * Who wrote what, from the log. Every item of a Yjs document is named by a client and a clock, and every update of the log
 * has one authenticated author ([LOG4]): so the update that brought an item names its author. It is folded update by
 * update, in the log's order, and with what was deleted kept, for two reasons: words that an editor moves (a paragraph
 * split in two) or brings back (an undo) arrive as new items of somebody else, and only what they were before tells
 * whose they are.
 */
export interface Authorship {
  /** log position folded to; 0: nothing yet */
  readonly seq: number
  /** the next updates, without a gap; known ones pass */
  add(updates: readonly AuthoredUpdate[]): void
  /** null where there is no such clause; a withdrawn one is read like any other. Neighbouring runs of one key are joined. */
  read(clauseId: string, lang: Lang, keyOf: (written: Written) => string): AuthoredClause | null
  destroy(): void
}

/** An empty fold of a plan's log. It holds all that was ever deleted: whoever keeps several says how many. */
export function createAuthorship(): Authorship {
  const doc = newDoc("plan")
  doc.gc = false
  const fold = new Fold()
  doc.on("afterTransaction", (transaction: Y.Transaction) => record(transaction, fold))
  return {
    get seq() {
      return fold.current.seq
    },
    add(updates) {
      for (const { bytes, ...written } of updates) {
        if (written.seq <= fold.current.seq) continue
        if (written.seq !== fold.current.seq + 1) throw new Error("broken invariant: a gap in the log ([LOG3])")
        fold.current = written
        Y.applyUpdate(doc, bytes)
      }
    },
    read(clauseId, lang, keyOf) {
      const fragment = clauseFragment(doc, clauseId, lang)
      if (fragment === null) return null
      const runs = readRuns(fragment, (item, offset, length) => fold.within(item, offset, length), keyOf)
      return { text: readFragment(fragment), runs }
    },
    destroy: () => doc.destroy(),
  }
}

function record(transaction: Y.Transaction, fold: Fold): void {
  const { current } = fold
  for (const [client, end] of transaction.afterState)
    if ((transaction.beforeState.get(client) ?? 0) < end) fold.clients.set(client, current.author)
  const carried = carriedStretches(transaction, fold)
  for (const [client, end] of transaction.afterState) {
    let clock = transaction.beforeState.get(client) ?? 0
    for (const stretch of carried.get(client) ?? []) {
      if (stretch.clock > clock) fold.written.add({ client, clock, length: stretch.clock - clock, value: current })
      fold.written.add(stretch)
      clock = stretch.clock + stretch.length
    }
    if (clock < end) fold.written.add({ client, clock, length: end - clock, value: current })
  }
  for (const [client, deletes] of transaction.deleteSet.clients)
    for (const { clock, len } of deletes) fold.deleted.add({ client, clock, length: len, value: current })
}
