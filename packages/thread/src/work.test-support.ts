import { getPriority } from "node:os"
import { threadId } from "node:worker_threads"
import { answerOnThread } from "./one-thread.ts"

/** Says on which thread it was done, and how far that gives way to others. */
export function work(value: number): { readonly doubled: number; readonly threadId: number; readonly nice: number } {
  if (value === 13) throw new Error("not that one")
  if (value < 0) process.exit(3)
  return { doubled: value * 2, threadId, nice: getPriority() }
}

answerOnThread(work)
