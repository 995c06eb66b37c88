import { seededRandom } from "@alternat/room/test-support"
import { expect, test } from "vitest"
import { Crowd } from "./harness/crowd.ts"
import { setScene } from "./harness/scene.ts"

/** `ALTERNAT_FAULT_SEED` for another storm, `ALTERNAT_FAULT_SECONDS` for a longer one. */
const SEED = Number(process.env["ALTERNAT_FAULT_SEED"] ?? 17)
const SECONDS = Number(process.env["ALTERNAT_FAULT_SECONDS"] ?? 6)
const scene = setScene({ nodes: 1 })

test(`[ROOM38] lines that stall, halve frames and break at random (seed ${SEED}, ${SECONDS} s): nothing is lost and all screens agree`, async () => {
  const random = seededRandom(SEED)
  const crowd = await Crowd.gather(scene.stage, scene.line.port, 6)
  const openedBefore = scene.line.opened
  scene.line.weather = (bytes) => {
    if (random.chance(0.01)) return { passes: random.below(bytes), delayMs: 0, cut: true }
    return { passes: bytes, delayMs: random.chance(0.1) ? random.below(200) : 0, cut: false }
  }
  crowd.start()
  await new Promise((resolve) => setTimeout(resolve, SECONDS * 1000))
  expect(scene.line.opened - openedBefore, "lines that broke").toBeGreaterThan(5)
  expect(await crowd.lost()).toEqual([])
  scene.line.weather = null
  await crowd.settles(60_000)
  await crowd.leave()
}, 150_000)

test("a line of which only silence is left is given up, and its words go by another", async () => {
  const crowd = await Crowd.gather(scene.stage, scene.line.port, 2, 10)
  crowd.start()
  await expect.poll(() => crowd.promised.size, { timeout: 20_000 }).toBeGreaterThan(50)
  scene.line.blackHole()
  await expect.poll(() => crowd.people.every((one) => one.unsaved)).toBe(true)
  const openedBefore = scene.line.opened
  // a provider takes a socket for dead that it has heard nothing from for half a minute
  await expect.poll(() => scene.line.opened, { timeout: 60_000 }).toBe(openedBefore + 2)
  await crowd.settles(20_000)
  await crowd.leave()
}, 100_000)
