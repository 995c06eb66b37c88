import { expect, test } from "vitest"
import { within } from "./within.ts"

const pause = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms))

function keepBusy(ms: number): void {
  const until = performance.now() + ms
  while (performance.now() < until);
}

test("[STORE88] an answer that came while this process was busy is taken, however late it is read", async () => {
  const answer = within(100, () => pause(20).then(() => "here"))
  keepBusy(400)
  expect(await answer).toBe("here")
})

test("[STORE86] a question that nobody answers ends", async () => {
  await expect(within(50, () => new Promise(() => undefined))).rejects.toThrow("the database does not answer")
})
