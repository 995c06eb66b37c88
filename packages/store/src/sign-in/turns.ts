/** Runs at most `atMost` tasks of one key at a time; the others wait in the order in which they came. */
export function createTurns(atMost: number) {
  const lines = new Map<string, { running: number; readonly waiting: (() => void)[] }>()
  return async <T>(key: string, task: () => Promise<T>): Promise<T> => {
    const line = lines.get(key) ?? { running: 0, waiting: [] }
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
