import { existsSync } from "node:fs"
import { expect, test } from "vitest"
import { isOverTime, processorMs } from "./typesetting-time.ts"

test.each([
  ["a busy machine gave it little", { processorMs: 9_000, wallMs: 100_000 }, false],
  ["it never ends", { processorMs: 60_001, wallMs: 60_100 }, true],
  ["it waits for what never comes", { processorMs: 10, wallMs: 300_001 }, true],
  ["only the clock on the wall can be read, in time", { processorMs: null, wallMs: 59_000 }, false],
  ["only the clock on the wall can be read, too late", { processorMs: null, wallMs: 60_001 }, true],
])("[API88] a document has its time on the processor: %s", (_name, spent, isOver) => {
  expect(isOverTime(spent, 60_000)).toBe(isOver)
})

test.runIf(existsSync("/proc/self/stat"))("[API88] the processor's time of a process is what it says itself", () => {
  const { user, system } = process.cpuUsage()
  const read = processorMs(process.pid)
  const after = process.cpuUsage()
  expect(read).toBeGreaterThanOrEqual(Math.floor((user + system) / 1000) - 20)
  expect(read).toBeLessThanOrEqual((after.user + after.system) / 1000 + 20)
  expect(processorMs(0)).toBeNull()
})
