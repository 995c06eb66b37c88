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
  close(): Promise<void>
}

export interface MemoryBusHub {
  /** one more node on this bus */
  join(): NodeBus
  /** false: messages are lost, as when the broker is gone */
  working: boolean
}

/** A bus between hubs of one process: for tests, and the measure of what `NodeBus` means. */
export function memoryBus(): MemoryBusHub {
  const nodes = new Set<Map<string, Set<(message: Uint8Array) => void>>>()
  const gaps = new Set<() => void>()
  let working = true
  const join = (): NodeBus => {
    const own = new Map<string, Set<(message: Uint8Array) => void>>()
    nodes.add(own)
    return {
      subscribe(channel, listener) {
        const listeners = own.get(channel) ?? new Set()
        own.set(channel, listeners.add(listener))
        return () => {
          listeners.delete(listener)
          if (listeners.size === 0) own.delete(channel)
        }
      },
      publish(channel, message) {
        if (!working) return
        const copy = message.slice()
        setImmediate(() => {
          for (const node of nodes) if (node !== own) for (const listener of node.get(channel) ?? []) listener(copy)
        })
      },
      onGap(listener) {
        gaps.add(listener)
        return () => gaps.delete(listener)
      },
      get state() {
        return working ? "up" : "down"
      },
      close: async () => void nodes.delete(own),
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
      if (mended) for (const tell of gaps) tell()
    },
  }
}
