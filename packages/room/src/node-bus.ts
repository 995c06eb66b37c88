/**
 * What nodes tell each other beside the log: what one has just appended, so that the others need not read it, and who is
 * where. Best effort by nature: a message may be lost, late or doubled, and the log alone is the truth. A node without a
 * bus hears positions from the `LogFeed` and reads the log.
 */
export interface NodeBus {
  /** Hears what the other nodes publish on this channel, never what this one does. Gives the way to end it. */
  subscribe(channel: string, listener: (message: Uint8Array) => void): () => void
  /** Never throws and never waits: what can't be sent now is dropped. */
  publish(channel: string, message: Uint8Array): void
  /** Told after messages may have been missed, when the bus works again. */
  onGap(listener: () => void): () => void
  readonly state: "up" | "down"
  /** since the start */
  stats(): NodeBusStats
  close(): Promise<void>
}

export interface NodeBusStats {
  readonly published: number
  /** of other nodes */
  readonly heard: number
  /** not sent: the bus was down, or too much waited */
  readonly dropped: number
  /** nobody of ours can have said them */
  readonly ignored: number
  /** how often `onGap` was told */
  readonly gaps: number
}

export interface MemoryBusHub {
  /** one more node on this bus */
  join(): NodeBus
  /** false: messages are lost, as when the broker is gone */
  working: boolean
}

/** A bus between hubs of one process: for tests, and the measure of what `NodeBus` means. */
export function memoryBus(): MemoryBusHub {
  const nodes = new Set<MemoryNode>()
  let working = true
  const isWorking = (): boolean => working
  const join = (): NodeBus => {
    const node = newMemoryNode()
    nodes.add(node)
    return {
      subscribe: (channel, listener) => tune(node, channel, listener),
      publish(channel, message) {
        if (!working || !nodes.has(node)) return void node.stats.dropped++
        node.stats.published++
        const copy = message.slice()
        setImmediate(() => {
          for (const other of nodes) if (other !== node) hear(other, channel, copy)
        })
      },
      onGap(listener) {
        node.gaps.add(listener)
        return () => node.gaps.delete(listener)
      },
      get state() {
        return isWorking() ? "up" : "down"
      },
      stats: () => ({ ...node.stats }),
      close: async () => void nodes.delete(node),
    }
  }
  return {
    join,
    get working() {
      return working
    },
    set working(next) {
      const mended = next && !working
      working = next
      if (mended) for (const node of nodes) tellGap(node)
    },
  }
}

type Listener = (message: Uint8Array) => void
const newMemoryNode = () => ({
  channels: new Map<string, Set<Listener>>(),
  gaps: new Set<() => void>(),
  stats: { published: 0, heard: 0, dropped: 0, ignored: 0, gaps: 0 },
})
type MemoryNode = ReturnType<typeof newMemoryNode>

function tune({ channels }: MemoryNode, channel: string, listener: Listener): () => void {
  const listeners = channels.get(channel) ?? new Set()
  channels.set(channel, listeners.add(listener))
  return () => {
    listeners.delete(listener)
    if (listeners.size === 0 && channels.get(channel) === listeners) channels.delete(channel)
  }
}

function hear({ channels, stats }: MemoryNode, channel: string, message: Uint8Array): void {
  const listeners = channels.get(channel)
  if (!listeners) return
  stats.heard++
  for (const listener of listeners) listener(message)
}

function tellGap({ gaps, stats }: MemoryNode): void {
  stats.gaps++
  for (const tell of gaps) tell()
}
