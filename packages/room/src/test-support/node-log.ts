import type { MemoryLog } from "../memory-log.ts"
import { type LogFeed, StorageAwayError, type UpdateLog } from "../update-log.ts"
import type { Ledger } from "./ledger.ts"

/** One node's way to the log that all share. It may be slow, away, or lose the answer to a commit; the others' may not. */
export interface NodeLog {
  readonly log: UpdateLog
  readonly feed: LogFeed
  readonly state: "up" | "away" | "dead"
  goAway(): void
  /** The feed listens again, and tells where every document stands, as `LogFeed` on PostgreSQL does. */
  comeBack(): void
  /** Its process was killed: nothing that it asked is answered, and what was under way may or may not have happened. */
  die(): void
  /** so many of the next commits happen and look as if they had not */
  answersToLose: number
  hold(): void
  release(): void
}

type Listener = Parameters<LogFeed["subscribe"]>[0]

export function nodeLog(shared: MemoryLog, ledger: Ledger): NodeLog {
  const held: (() => void)[] = []
  let isHolding = false
  let state: NodeLog["state"] = "up"
  const listeners = new Set<Listener>()
  const never = new Promise<never>(() => undefined)

  const through = async <T>(work: () => Promise<T>): Promise<T> => {
    if (isHolding) await new Promise<void>((resolve) => held.push(resolve))
    if (state === "dead") return never
    if (state === "away") throw new StorageAwayError("the storage is away")
    const result = await work()
    return isDead() ? never : result
  }

  // it may die while the log is asked
  const isDead = (): boolean => state === "dead"

  const append: UpdateLog["append"] = async (requests) => {
    const outcomes = await shared.append(requests)
    for (const [i, { doc, updates }] of requests.entries())
      if (outcomes[i]?.type === "appended") for (const { author, bytes } of updates) ledger.record(doc, author, bytes)
    if (node.answersToLose === 0) return outcomes
    node.answersToLose--
    throw new StorageAwayError("no answer to the commit")
  }

  const node: NodeLog = {
    get state() {
      return state
    },
    goAway: () => {
      if (state === "up") state = "away"
    },
    comeBack: () => {
      if (state !== "away") return
      state = "up"
      for (const position of ledger.positions()) for (const listener of listeners) listener(position)
    },
    die: () => {
      state = "dead"
      node.release()
    },
    answersToLose: 0,
    hold: () => {
      isHolding = true
    },
    release: () => {
      isHolding = false
      for (const go of held.splice(0)) go()
    },
    log: {
      append: (requests) => through(() => append(requests)),
      load: (doc) => through(() => shared.load(doc)),
      readAfter: (doc, seq) => through(() => shared.readAfter(doc, seq)),
      clientAuthors: (doc) => through(() => shared.clientAuthors(doc)),
      rules: (doc) => through(() => shared.rules(doc)),
      compact: (doc, snapshot) => through(() => shared.compact(doc, snapshot)),
    },
    feed: {
      subscribe: (listener) => {
        listeners.add(listener)
        const stop = shared.subscribe((news) => state === "up" && listener(news))
        return () => {
          listeners.delete(listener)
          stop()
        }
      },
    },
  }
  return node
}
