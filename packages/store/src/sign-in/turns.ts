export interface Turns {
  <T>(key: string, task: () => Promise<T>): Promise<T>
}
/** null: as many wait as may */
export interface BoundedTurns {
  <T>(key: string, task: () => Promise<T>): Promise<T | null>
}

/** Runs at most `atMost` tasks of one key at a time; the others, at most `waiting`, wait in the order in which they came. */
export function createTurns(atMost: number): Turns
export function createTurns(atMost: number, waiting: number): BoundedTurns
export function createTurns(atMost: number, waiting = Number.POSITIVE_INFINITY): BoundedTurns {
  const lines = new Map<string, { running: number; readonly waiting: (() => void)[] }>()
  return async <T>(key: string, task: () => Promise<T>): Promise<T | null> => {
    const line = lines.get(key) ?? { running: 0, waiting: [] }
    if (line.waiting.length >= waiting) return null
    lines.set(key, line)
    if (line.running >= atMost) await new Promise<void>((resolve) => line.waiting.push(resolve))
    else line.running++
    try {
      return await task()
    } finally {
      const next = line.waiting.shift()
      if (next) next()
      else if (--line.running === 0) lines.delete(key)
    }
  }
}
