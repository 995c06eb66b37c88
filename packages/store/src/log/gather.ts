import { errorCode } from "../connect.ts"
import { within } from "../within.ts"

/** A connection that has lain in the pool since the database went and came back fails whoever is the first to use it. */
const isDeadConnection = (error: unknown): boolean =>
  /^(CONNECTION_CLOSED|ECONNRESET|EPIPE|57P01)$/.test(errorCode(error))

/**
 * Turns many small questions into few large ones: at most `lanes` are under way, and who asks meanwhile is part of the
 * next. One who asks alone does not wait. A question that fails, or has no answer within `patienceMs`, fails for all who
 * are part of it: a lane does not end with the connection it waited for. It must change nothing: one that a dead
 * connection has swallowed is asked a second time.
 */
export function gather<K, V>(
  ask: (keys: readonly K[]) => Promise<readonly V[]>,
  { atMost, lanes, patienceMs }: { readonly atMost: number; readonly lanes: number; readonly patienceMs: number },
): (key: K) => Promise<V> {
  interface Asked {
    readonly key: K
    readonly resolve: (value: V) => void
    readonly reject: (error: unknown) => void
  }
  const waiting: Asked[] = []
  let underWay = 0

  const next = async (): Promise<void> => {
    underWay++
    const asked = waiting.splice(0, atMost)
    try {
      const keys = asked.map(({ key }) => key)
      const question = () => within(patienceMs, () => ask(keys))
      const answers = await question().catch((error: unknown) => {
        if (isDeadConnection(error)) return question()
        throw error
      })
      // as many answers as keys, in their order
      for (const [i, { resolve }] of asked.entries()) resolve(answers[i] as V)
    } catch (error) {
      for (const { reject } of asked) reject(error)
    }
    underWay--
    if (waiting.length > 0) void next()
  }

  return (key) =>
    new Promise((resolve, reject) => {
      waiting.push({ key, resolve, reject })
      // in a turn of its own, so that what is asked in one turn is one question
      if (waiting.length === 1) setImmediate(() => waiting.length > 0 && underWay < lanes && void next())
    })
}
