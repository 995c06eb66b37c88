import { parentPort } from "node:worker_threads"
import { createFolds } from "./authorship-folds.ts"
import type { ThreadAnswer, ThreadQuestion } from "./authorship-thread.ts"

// The thread behind `createAuthorshipThread`: one question at a time, answered by its number.
const answerTo = createFolds()
parentPort?.on("message", ({ id, ...question }: ThreadQuestion) => {
  let reply: ThreadAnswer
  try {
    reply = { id, answer: answerTo(question) }
  } catch (error) {
    reply = { id, error: String(error) }
  }
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- threads have no origin
  parentPort?.postMessage(reply)
})
