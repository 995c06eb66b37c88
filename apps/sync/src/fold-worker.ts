import { parentPort } from "node:worker_threads"
import { foldUpdates } from "@alternat/room"
import type { FoldAnswer, FoldQuestion } from "./fold-thread.ts"

// The thread behind `createFoldThread`: one question at a time, answered by its number.
parentPort?.on("message", ({ id, parts }: FoldQuestion) => {
  let answer: FoldAnswer
  try {
    answer = { id, folded: foldUpdates(parts) }
  } catch (error) {
    answer = { id, error: String(error) }
  }
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- threads have no origin
  parentPort?.postMessage(answer)
})
