import { getPriority } from "node:os"
import { setTimeout as pause } from "node:timers/promises"
import { bundleForThread } from "@alternat/testkit"
import { beforeAll, expect, test } from "vitest"
import { askOnThread } from "./one-thread.ts"
import type { work } from "./work.test-support.ts"

let file: URL
beforeAll(async () => {
  file = await bundleForThread(new URL("./work.test-support.ts", import.meta.url))
})
const ask = (idleMs = 5000) => askOnThread<typeof work>(file, { name: "counting", idleMs })

test("[THREAD1] each question gets its own answer, and one that fails, fails alone", async () => {
  const double = ask()
  const answers = await Promise.allSettled([double(1), double(13), double(3)])
  expect(answers.map((one) => (one.status === "fulfilled" ? one.value.doubled : String(one.reason)))).toEqual([
    2,
    "Error: Error: not that one",
    6,
  ])
  await expect(double((() => 1) as never)).rejects.toThrow("could not be cloned")
  expect((await double(4)).doubled).toBe(8)
})

test("[THREAD2] a thread that dies fails what it was asked, and the next question starts a new one", async () => {
  const double = ask()
  const { threadId } = await double(1)
  const dying = Promise.allSettled([double(-1), double(2)])
  expect((await dying).map(({ status }) => status)).toEqual(["rejected", "rejected"])
  expect((await double(2)).threadId).toBeGreaterThan(threadId)
  const broken = askOnThread<typeof work>(new URL("./no-such-file.mjs", import.meta.url), { name: "x", idleMs: 5000 })
  await expect(broken(1)).rejects.toThrow()
  await expect(broken(1)).rejects.toThrow()
})

test("[THREAD3] whoever asks while the idle thread is ending is answered", async () => {
  const idleMs = 20
  const double = ask(idleMs)
  const threads = new Set<number>()
  for (let round = 0; round < 12; round++) {
    const { doubled, threadId } = await double(round)
    expect(doubled).toBe(round * 2)
    threads.add(threadId)
    // just before, at and just after the moment it is let go
    await pause(idleMs - 2 + (round % 6))
  }
  expect(threads.size).toBeGreaterThan(1)
})

test("[THREAD3] the thread ends too when the last that was asked could not be copied", async () => {
  const double = ask(20)
  const { threadId } = await double(1)
  await expect(double((() => 1) as never)).rejects.toThrow("could not be cloned")
  await pause(100)
  expect((await double(1)).threadId).toBeGreaterThan(threadId)
})

test.runIf(process.platform === "linux")(
  "[THREAD4] it gives way to the thread that asked, which stays what it was",
  async () => {
    const before = getPriority()
    const { nice } = await ask()(1)
    expect(nice).toBeGreaterThan(before)
    expect(getPriority()).toBe(before)
  },
)
