import { Worker } from "node:worker_threads"
import type { AskFolds, FoldAnswer, FoldQuestion } from "./authorship-folds.ts"

export interface ThreadQuestion extends FoldQuestion {
  readonly id: number
}
export type ThreadAnswer =
  | { readonly id: number; readonly answer: FoldAnswer }
  | { readonly id: number; readonly error: string }

interface Waiting {
  readonly resolve: (answer: FoldAnswer) => void
  readonly reject: (error: Error) => void
}

/** The thread ends, and its folds with it, when nobody has asked for so long. */
const IDLE_MS = 5 * 60_000

/**
 * Keeps the folds on a thread of its own: even the one update that a plan begins with takes longer to fold than a
 * keystroke may wait. It is started by the first question and anew after it died. `file` is the built `authorship-worker`.
 */
export function createAuthorshipThread(file: URL | string): AskFolds {
  const waiting = new Map<number, Waiting>()
  let worker: Worker | null = null
  let lastId = 0
  let idle: NodeJS.Timeout | null = null

  const ended = (error: Error): void => {
    worker = null
    for (const { reject } of waiting.values()) reject(error)
    waiting.clear()
  }
  const answered = (reply: ThreadAnswer): void => {
    const asked = waiting.get(reply.id)
    waiting.delete(reply.id)
    if ("error" in reply) asked?.reject(new Error(reply.error))
    else asked?.resolve(reply.answer)
    if (waiting.size > 0) return
    worker?.unref()
    idle = setTimeout(() => void worker?.terminate(), IDLE_MS).unref()
  }
  const start = (): Worker => {
    const started = new Worker(file)
    const isOurs = () => worker === started
    started.on("message", answered)
    started.on("error", (error) => isOurs() && ended(error instanceof Error ? error : new Error(String(error))))
    started.on("exit", (code) => isOurs() && ended(new Error(`the authorship thread ended with ${code}`)))
    return started
  }

  return (question) =>
    new Promise((resolve, reject) => {
      if (idle) clearTimeout(idle)
      const id = ++lastId
      waiting.set(id, { resolve, reject })
      worker ??= start()
      worker.ref()
      // oxlint-disable-next-line unicorn/require-post-message-target-origin -- threads have no origin
      worker.postMessage({ ...question, id } satisfies ThreadQuestion)
    })
}
