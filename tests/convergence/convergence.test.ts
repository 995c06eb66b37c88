import { readdirSync, readFileSync } from "node:fs"
import path from "node:path"
import { effort } from "@alternat/document/test-support"
import { createTestWire, type WireStep, wireStep } from "@alternat/room/test-support"
import fc from "fast-check"
import { describe, expect, test } from "vitest"

const { runs, timeoutMs } = effort({ short: 60, long: 5000 })
const kept = path.join(import.meta.dirname, "../regressions")

async function play(steps: readonly WireStep[]): Promise<void> {
  const wire = createTestWire()
  try {
    for (const step of steps) await wire.step(step)
    expect(await wire.settle()).toEqual([])
  } finally {
    await wire.close()
  }
}

describe("convergence", () => {
  const failures = readdirSync(kept).filter((name) => name.startsWith("wire-") && name.endsWith(".json"))
  for (const name of failures)
    test(`[ROOM38] what once went wrong goes right: ${name}`, async () => {
      await play(JSON.parse(readFileSync(path.join(kept, name), "utf8")) as WireStep[])
    })

  test(
    "[ROOM47] whatever people, lines, nodes and the log do, all read one text, and it is what the log holds",
    () => fc.assert(fc.asyncProperty(fc.array(wireStep, { minLength: 1, maxLength: 150, size: "max" }), play), runs),
    timeoutMs,
  )
})
