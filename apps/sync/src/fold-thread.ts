import { Worker } from "node:worker_threads"
import type { Fold, Folded } from "@alternat/room"

export interface FoldQuestion {
  readonly id: number
  readonly parts: readonly Uint8Array[]
}
export type FoldAnswer =
  | { readonly id: number; readonly folded: Folded | null }
  | { readonly id: number; readonly error: string }

interface Waiting {
  readonly resolve: (folded: Folded | null) => void
  readonly reject: (error: Error) => void
}

/** The thread ends when it has had nothing to do for so long, and gives its memory back. */
const IDLE_MS = 30_000

/**
 * Folds long logs on a thread of its own, so that no keystroke waits for it. The thread is started when there is
 * something to fold, and started anew if it has died; what it was asked then fails, and is asked again when the log is
 * that much longer. `file` is the built `fold-worker`.
 */
export function createFoldThread(file: URL | string): Fold {
  const waiting = new Map<number, Waiting>()
  let worker: Worker | null = null
  let lastId = 0
  let idle: NodeJS.Timeout | null = null

  const ended = (error: Error): void => {
    worker = null
    for (const { reject } of waiting.values()) reject(error)
    waiting.clear()
  }
  const answered = (answer: FoldAnswer): void => {
    const asked = waiting.get(answer.id)
    waiting.delete(answer.id)
    if ("error" in answer) asked?.reject(new Error(answer.error))
    else asked?.resolve(answer.folded)
    if (waiting.size > 0) return
    worker?.unref()
    idle = setTimeout(() => void worker?.terminate(), IDLE_MS).unref()
  }
  const start = (): Worker => {
    const started = new Worker(file)
    started.on("message", answered)
    started.on(
      "error",
      (error) => worker === started && ended(error instanceof Error ? error : new Error(String(error))),
    )
    started.on("exit", (code) => worker === started && ended(new Error(`the folding thread ended with ${code}`)))
    return started
  }

  return (parts) =>
    new Promise((resolve, reject) => {
      if (idle) clearTimeout(idle)
      const id = ++lastId
      waiting.set(id, { resolve, reject })
      worker ??= start()
      worker.ref()
      // oxlint-disable-next-line unicorn/require-post-message-target-origin -- threads have no origin
      worker.postMessage({ id, parts } satisfies FoldQuestion)
    })
}
