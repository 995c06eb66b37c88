import { expect, test } from "vitest"
import { Crowd } from "./harness/crowd.ts"
import { setScene } from "./harness/scene.ts"

/** `ALTERNAT_FAULT_SECONDS=30` for the long form. */
const SECONDS = Number(process.env["ALTERNAT_FAULT_SECONDS"] ?? 6)
const scene = setScene({ nodes: 2 })

const passes = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms))

/** While the database is away: nothing is called saved, nothing is relayed, and everybody knows. */
async function nothingMoves(crowd: Crowd, whileAway: () => Promise<void>): Promise<void> {
  // what the database had answered before may still be on its way
  await passes(1000)
  const promised = [...crowd.promised].toSorted()
  const typed = crowd.typed
  await whileAway()
  expect([...crowd.promised].toSorted()).toEqual(promised)
  expect(crowd.typed).toBeGreaterThan(typed + 50)
  expect(crowd.people.filter((one) => !one.unsaved)).toEqual([])
  for (const node of scene.nodes) expect(node.alive, node.state).toBe(true)
}

test(`[ROOM16] [STORE85] PostgreSQL stands still for ${SECONDS} s under load: not ready, nothing relayed, "not saved"; then all of it is saved`, async () => {
  const crowd = await Crowd.gather(scene.stage, scene.line.port, 6)
  crowd.start()
  await expect.poll(() => crowd.promised.size, { timeout: 20_000 }).toBeGreaterThan(100)
  const memory = scene.nodes.map((node) => node.memory)
  scene.cluster.freeze()
  try {
    await nothingMoves(crowd, async () => {
      await passes(SECONDS * 1000 - 1000)
      for (const node of scene.nodes) expect(await node.readiness(), node.state).toBe(503)
    })
  } finally {
    scene.cluster.thaw()
  }
  await crowd.settles(60_000)
  for (const [i, node] of scene.nodes.entries()) expect(node.memory).toBeLessThan((memory[i] ?? 0) + 80)
  await crowd.leave()
}, 150_000)

test(`[ROOM16] PostgreSQL is gone for ${SECONDS} s under load: metrics and readiness say so, and the nodes hear each other again after it`, async () => {
  const crowd = await Crowd.gather(scene.stage, scene.line.port, 6, 10)
  crowd.start()
  await expect.poll(() => crowd.promised.size, { timeout: 20_000 }).toBeGreaterThan(100)
  await scene.cluster.stopImmediately()
  await nothingMoves(crowd, async () => {
    await passes(SECONDS * 1000 - 1000)
    for (const node of scene.nodes) {
      expect(await node.readiness(), node.state).toBe(503)
      expect(await node.metric("storage_away")).toBe(1)
      expect(await node.metric("pending_updates")).toBeGreaterThan(0)
    }
  })
  await scene.cluster.startAgain()
  await crowd.settles(60_000)
  for (const node of scene.nodes) {
    await expect.poll(() => node.readiness()).toBe(200)
    expect(await node.metric("storage_away")).toBe(0)
    expect(node.output).toContain("storage does not answer")
  }
  // one word at one node, and everybody at both sees it: the news of the log flow again
  for (const one of crowd.people) one.type()
  await crowd.settles()
  await crowd.leave()
}, 150_000)
