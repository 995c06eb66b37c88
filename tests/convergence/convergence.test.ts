import { readdirSync, readFileSync, writeFileSync } from "node:fs"
import path from "node:path"
import { effort } from "@alternat/document/test-support"
import { createTestWire, type WireStep, wireStep } from "@alternat/room/test-support"
import fc from "fast-check"
import { describe, expect, inject, test } from "vitest"

const { runs, timeoutMs } = effort({ short: 60, long: 5000 })
const kept = path.join(import.meta.dirname, "../regressions")

async function play(steps: readonly WireStep[]): Promise<void> {
  const wire = createTestWire()
  try {
    await wire.rest()
    for (const step of steps) await wire.step(step)
    expect(await wire.settle()).toEqual([])
  } finally {
    await wire.close()
  }
}

/** `npm run fuzz` leaves what it has found, shrunk, among the cases that are played first for ever. */
function keep({ failed, counterexample, seed }: fc.RunDetails<[readonly WireStep[]]>): void {
  if (failed && counterexample && inject("fuzz") !== null)
    writeFileSync(path.join(kept, `wire-${seed}.json`), `${JSON.stringify(counterexample[0], null, 2)}\n`)
}

describe("convergence", () => {
  for (const name of readdirSync(kept).filter((name) => name.startsWith("wire-")))
    test(
      `[ROOM47] what once went wrong goes right: ${name}`,
      () => play(JSON.parse(readFileSync(path.join(kept, name), "utf8")) as WireStep[]),
      timeoutMs,
    )

  test(
    `[ROOM47] whatever people, lines, nodes and the log do, all read one text, and it is what the log holds, seed ${runs.seed}`,
    async () => {
      const steps = fc.array(wireStep, { minLength: 1, maxLength: 150, size: "max" })
      const details = await fc.check(fc.asyncProperty(steps, play), runs)
      keep(details)
      if (details.failed) throw new Error(await fc.asyncDefaultReportMessage(details))
    },
    timeoutMs,
  )
})
