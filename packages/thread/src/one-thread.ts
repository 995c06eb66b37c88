import { setPriority } from "node:os"
import { parentPort, Worker } from "node:worker_threads"

/** What the thread does: one question in, one answer out, both of a kind that can be copied to another thread. */
export type ThreadWork = (question: never) => unknown

interface Asked {
  readonly id: number
  readonly question: unknown
}
type Replied<Answer> =
  | { readonly id: number; readonly answer: Answer }
  | { readonly id: number; readonly error: string }

/** No buffer changes hands: whoever sends it goes on using it. */
const COPIED: [] = []

interface Waiting<Answer> {
  readonly resolve: (answer: Answer) => void
  readonly reject: (error: Error) => void
}

/**
 * Work that no keystroke may wait for, on a thread of its own. The thread is started by the first question, ends when
 * nobody has asked for `idleMs`, and is started anew after it died: what it was asked then fails. It keeps no process
 * alive that waits for no answer. `file` is a built module that calls `answerOnThread`; `name` is for the error.
 */
export function askOnThread<Work extends ThreadWork>(
  file: URL | string,
  { name, idleMs }: { readonly name: string; readonly idleMs: number },
): (question: Parameters<Work>[0]) => Promise<ReturnType<Work>> {
  type Answer = ReturnType<Work>
  const waiting = new Map<number, Waiting<Answer>>()
  let worker: Worker | null = null
  let lastId = 0
  let idle: NodeJS.Timeout | null = null

  const ended = (error: Error): void => {
    worker = null
    for (const { reject } of waiting.values()) reject(error)
    waiting.clear()
  }
  const replied = (reply: Replied<Answer>): void => {
    const asked = waiting.get(reply.id)
    waiting.delete(reply.id)
    if ("error" in reply) asked?.reject(new Error(reply.error))
    else asked?.resolve(reply.answer)
    restIfDone()
  }
  const restIfDone = (): void => {
    if (waiting.size > 0) return
    worker?.unref()
    idle = setTimeout(letGo, idleMs).unref()
  }
  /** It takes a moment to end, and whoever asks in that moment gets a new one. */
  const letGo = (): void => {
    const ending = worker
    worker = null
    void ending?.terminate()
  }
  const start = (): Worker => {
    const started = new Worker(file)
    const isOurs = () => worker === started
    started.on("message", replied)
    started.on("error", (error) => isOurs() && ended(error instanceof Error ? error : new Error(String(error))))
    started.on("exit", (code) => isOurs() && ended(new Error(`the ${name} thread ended with ${code}`)))
    return started
  }

  return (question) =>
    new Promise((resolve, reject) => {
      if (idle) clearTimeout(idle)
      const id = ++lastId
      worker ??= start()
      try {
        worker.postMessage({ id, question } satisfies Asked, COPIED)
      } catch (error) {
        // it can't be copied: nobody waits for it, and the thread does not live on for it
        restIfDone()
        throw error
      }
      worker.ref()
      waiting.set(id, { resolve, reject })
    })
}

/** Of ten parts of a processor that two want, the thread gets one. It is not starved: it may hold what others wait for. */
const NICE = 10

function giveWay(): void {
  if (process.platform !== "linux") return
  try {
    setPriority(NICE)
  } catch {
    // a sandbox may forbid it: the work is done at the same priority as all else
  }
}

/**
 * The other side of `askOnThread`: one question at a time, answered by its number; what it throws, the asker gets. On
 * Linux, where threads have priorities of their own, it gives way to those that answer people.
 */
export function answerOnThread(work: ThreadWork): void {
  giveWay()
  parentPort?.on("message", ({ id, question }: Asked) => {
    let reply: Replied<unknown>
    try {
      // the two sides are of one build
      reply = { id, answer: work(question as never) }
    } catch (error) {
      reply = { id, error: String(error) }
    }
    parentPort?.postMessage(reply, COPIED)
  })
}
