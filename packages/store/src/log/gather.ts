import { errorCode } from "../connect.ts"
import { within } from "../within.ts"

/** A connection that has lain in the pool since the database went and came back fails whoever is the first to use it. */
const isDeadConnection = (error: unknown): boolean =>
  /^(CONNECTION_CLOSED|ECONNRESET|EPIPE|57P01)$/.test(errorCode(error))

/** More keys than this within a pause are a crowd's. */
const CROWD = 8
/** A crowd is asked about no more often, as long as it keeps coming: a question for each few cost as much as all the rest. */
const PAUSE_MS = 20
/** It has come when nobody has come for so long. */
const CALM_MS = 4

/**
 * Turns many small questions into few large ones: at most `lanes` are under way, and who asks meanwhile is part of the
 * next. One who asks alone does not wait, nor do the first of a crowd; the rest of it is asked about together, after a
 * pause or as soon as it fills a question. A question that fails, or has no answer within `patienceMs`, fails for all who
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
  const pause = { since: Number.NEGATIVE_INFINITY, keys: 0 }
  let underWay = 0
  let isScheduled = false

  const schedule = (): void => {
    if (underWay >= lanes || waiting.length === 0) return
    // a full one gains nothing by waiting: it is answered while the rest of the crowd is still being let in
    if (waiting.length >= atMost) return void next()
    if (isScheduled) return
    isScheduled = true
    if (pause.keys > CROWD) waitForRest(waiting.length)
    // in a turn of its own, so that what is asked in one turn is one question
    else setImmediate(begin)
  }

  const waitForRest = (seen: number): void => {
    if (performance.now() - pause.since >= PAUSE_MS) setImmediate(begin)
    else setTimeout(() => (waiting.length === seen ? begin() : waitForRest(waiting.length)), CALM_MS)
  }

  const begin = (): void => {
    isScheduled = false
    if (waiting.length > 0 && underWay < lanes) void next()
    schedule()
  }

  const next = async (): Promise<void> => {
    underWay++
    const asked = waiting.splice(0, atMost)
    const now = performance.now()
    if (now - pause.since >= PAUSE_MS) Object.assign(pause, { since: now, keys: 0 })
    pause.keys += asked.length
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
    schedule()
  }

  return (key) =>
    new Promise((resolve, reject) => {
      waiting.push({ key, resolve, reject })
      schedule()
    })
}
