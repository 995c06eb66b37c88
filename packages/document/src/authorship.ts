import type { ClauseText, Lang } from "@alternat/plan"
import * as Y from "yjs"
import { type AuthoredRun, readRuns } from "./authored-runs.ts"
import { carriedStretches, type Change } from "./carried-words.ts"
import { readFragment } from "./fragment.ts"
import { clauseFragment, newDoc } from "./layout.ts"

/** One update as the log keeps it: who brought it, and when. */
export interface AuthoredUpdate {
  readonly seq: number
  readonly author: string
  readonly at: Date
  readonly bytes: Uint8Array
}

export type Written = Omit<AuthoredUpdate, "bytes">

/** A stretch of one client's clock, and what brought its words first. */
export interface Stretch {
  readonly client: number
  readonly clock: number
  readonly length: number
  readonly written: Written
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
  /** the next updates, without a gap */
  add(updates: readonly AuthoredUpdate[]): void
  /** both null where there is no such clause; a withdrawn clause is read like any other */
  read(clauseId: string, lang: Lang, keyOf: (written: Written) => string): AuthoredClause | null
  destroy(): void
}

/** An empty fold of a plan's log. It costs some memory: whoever keeps one says how many. */
export function createAuthorship(): Authorship {
  const doc = newDoc("plan")
  doc.gc = false
  const stretches = new StretchBook()
  let current: Written = { seq: 0, author: "", at: new Date(0) }
  const erased = new Set<string>()
  let deletions = Y.createDeleteSet()
  doc.on("afterTransaction", (transaction: Y.Transaction) => {
    const hasErased = (client: number, clock: number) => erased.has(`${current.author}:${client}:${clock}`)
    record({ transaction, deletions, hasErased }, current, stretches)
    for (const [client, ranges] of deletions.clients)
      for (const { clock, len } of ranges) if (len === 1) erased.add(`${current.author}:${client}:${clock}`)
  })
  return {
    get seq() {
      return current.seq
    },
    add(updates) {
      for (const { bytes, ...written } of updates) {
        if (written.seq <= current.seq) continue
        if (written.seq !== current.seq + 1) throw new Error("broken invariant: a gap in the log ([LOG3])")
        current = written
        deletions = Y.decodeUpdate(bytes).ds
        Y.applyUpdate(doc, bytes)
      }
    },
    read(clauseId, lang, keyOf) {
      const fragment = clauseFragment(doc, clauseId, lang)
      if (fragment === null) return null
      const runs = readRuns(fragment, (item, offset, length) => stretches.within(item, offset, length), keyOf)
      return { text: readFragment(fragment), runs }
    },
    destroy: () => doc.destroy(),
  }
}

function record(change: Change, written: Written, stretches: StretchBook): void {
  const { transaction } = change
  const carried = carriedStretches(change, (client, clock, length) => stretches.find(client, clock, length))
  for (const [client, end] of transaction.afterState) {
    const begin = transaction.beforeState.get(client) ?? 0
    if (begin === end) continue
    let clock = begin
    for (const stretch of carried.get(client) ?? []) {
      if (stretch.clock > clock) stretches.push({ client, clock, length: stretch.clock - clock, written })
      stretches.push(stretch)
      clock = stretch.clock + stretch.length
    }
    if (clock < end) stretches.push({ client, clock, length: end - clock, written })
  }
}

/** Whose every place of every client's clock is. Clocks only grow, so each client's list is in order as it comes. */
class StretchBook {
  readonly #byClient = new Map<number, Stretch[]>()

  push(stretch: Stretch): void {
    const list = this.#byClient.get(stretch.client)
    if (list === undefined) this.#byClient.set(stretch.client, [stretch])
    else list.push(stretch)
  }

  /** The stretches of an item from a place in it on, cut to size. */
  within(item: Y.Item, offset: number, length: number): readonly Stretch[] {
    return this.find(item.id.client, item.id.clock + offset, length)
  }

  find(client: number, clock: number, length: number): readonly Stretch[] {
    const list = this.#byClient.get(client) ?? []
    const end = clock + length
    const found: Stretch[] = []
    for (let index = this.#indexOf(list, clock); index < list.length; index++) {
      const stretch = list[index]
      if (stretch === undefined || stretch.clock >= end) break
      const from = Math.max(clock, stretch.clock)
      const to = Math.min(end, stretch.clock + stretch.length)
      found.push({ client, clock: from, length: to - from, written: stretch.written })
    }
    return found
  }

  /** The last stretch that begins at or before a clock. */
  #indexOf(list: readonly Stretch[], clock: number): number {
    let low = 0
    let high = list.length - 1
    while (low < high) {
      const middle = Math.ceil((low + high) / 2)
      if ((list[middle]?.clock ?? 0) <= clock) low = middle
      else high = middle - 1
    }
    return low
  }
}
