import { foldUpdates } from "../fold.ts"
import { createHub } from "../hub.ts"
import type { Hub } from "../hub-face.ts"
import type { MemoryLog } from "../memory-log.ts"
import { memoryBus, type NodeBus } from "../node-bus.ts"
import type { Ledger } from "./ledger.ts"
import { type NodeLog, nodeLog } from "./node-log.ts"
import { watchedHub } from "./watched-hub.ts"

export interface WireNode {
  readonly hub: Hub
  readonly path: NodeLog
  readonly bus: NodeBus
}

/** Everything soon, so that a short run meets compactions, evictions and retries. */
const LIMITS = {
  compactAfter: 4,
  compactEveryMs: 0,
  retryMinMs: 2,
  retryMaxMs: 5,
  idleRoomMs: 1,
  revocationSweepMs: 5,
  idleJudgeMs: 10,
  maxHoldMs: 2,
  awarenessHoldMs: 5,
}

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))

/** Processes on one log and one bus, of which any may be stopped, killed or cut off, and another takes its place. */
export class WireNodes {
  readonly bus = memoryBus()
  readonly #paths: NodeLog[] = []
  readonly #nodes: WireNode[]
  /** restarted ones, as long as what they have judged may still reach the log */
  readonly #closing = new Set<Promise<void>>()

  constructor(
    count: number,
    readonly log: MemoryLog,
    readonly ledger: Ledger,
    readonly partyOf: (userId: string) => string | null,
  ) {
    this.#nodes = Array.from({ length: count }, () => this.#start())
  }

  #start(): WireNode {
    const path = nodeLog(this.log, this.ledger)
    this.#paths.push(path)
    const bus = this.bus.join()
    const hub = createHub({
      log: path.log,
      feed: path.feed,
      bus,
      tickets: { ended: async () => new Set() },
      limits: LIMITS,
      // beside the path of edits, as a thread does it
      fold: async (parts) => {
        await turn()
        await turn()
        return foldUpdates(parts)
      },
    })
    return { hub: watchedHub(hub, this.ledger, this.partyOf), path, bus }
  }

  at(n: number): WireNode {
    const node = this.#nodes[n % this.#nodes.length]
    if (!node) throw new Error("no nodes")
    return node
  }

  /** Its sockets are told to come back, and what it has judged still reaches the log; the next one serves meanwhile. */
  restart(n: number): void {
    const { hub, bus } = this.at(n)
    this.#nodes[n % this.#nodes.length] = this.#start()
    const closing = hub
      .close()
      .then(() => bus.close())
      .finally(() => this.#closing.delete(closing))
    this.#closing.add(closing)
  }

  /** Gives the hub that is no more: its sockets hear nothing, not even an end. */
  kill(n: number): Hub {
    const { hub, path, bus } = this.at(n)
    path.die()
    this.#nodes[n % this.#nodes.length] = this.#start()
    // nobody hears it any more; this only lets go of its timers
    void hub.close().then(() => bus.close())
    return hub
  }

  mend(): void {
    this.bus.working = true
    for (const path of this.#paths) {
      path.answersToLose = 0
      path.release()
      path.comeBack()
    }
  }

  get quiet(): boolean {
    return (
      this.#closing.size === 0 &&
      this.#nodes.every(({ hub }) => hub.stats().pendingUpdates === 0 && !hub.stats().storageAway)
    )
  }

  async close(): Promise<void> {
    await Promise.all([...this.#closing, ...this.#nodes.map(({ hub }) => hub.close())])
  }
}
