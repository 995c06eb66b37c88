import { expect, test } from "vitest"
import { WebSocket } from "ws"
import { Crowd } from "./harness/crowd.ts"
import { setScene } from "./harness/scene.ts"
import { SyncNode } from "./harness/sync-node.ts"

/** `ALTERNAT_FAULT_ROUNDS=50` for the long form. */
const ROUNDS = Number(process.env["ALTERNAT_FAULT_ROUNDS"] ?? 4)
const scene = setScene({ nodes: 2 })

/** One node after the other ends while people type, as `how` says, and a new one takes its place. */
async function replaceNodes(crowd: Crowd, rounds: number, how: (victim: SyncNode) => Promise<unknown>): Promise<void> {
  for (let round = 0; round < rounds; round++) {
    const before = crowd.promised.size
    await expect.poll(() => crowd.promised.size, { timeout: 20_000 }).toBeGreaterThan(before + 60)
    const [victim, other] = scene.nodes
    if (!victim || !other) throw new Error("broken invariant: there are two nodes")
    scene.line.targets = [other.port]
    await how(victim)
    expect(await crowd.lost()).toEqual([])
    scene.nodes = [other, await scene.add(SyncNode.start(scene.cluster.url))]
    scene.line.targets = scene.nodes.map((node) => node.port)
  }
}

test(
  `[LOG1] of two nodes one is killed, ${ROUNDS} times in a row: what was shown or called saved is in the log, and people go on at the other`,
  async () => {
    const crowd = await Crowd.gather(scene.stage, scene.line.port, 6)
    crowd.start()
    await replaceNodes(crowd, ROUNDS, (victim) => victim.kill())
    await crowd.settles()
    await crowd.leave()
  },
  60_000 + ROUNDS * 20_000,
)

test("[ROOM28] both nodes are restarted in turn while people type: 1012, nobody new is let in, nothing is lost, exit code 0", async () => {
  const crowd = await Crowd.gather(scene.stage, scene.line.port, 6, 10)
  crowd.start()
  const farewells: number[] = []
  await replaceNodes(crowd, 2, async (victim) => {
    const { room, ticket } = await scene.stage.ticket(scene.stage.userOf(0))
    const address = `ws://127.0.0.1:${victim.port}/sync/${room}?ticket=${ticket}`
    const open = new WebSocket(address)
    const closed = new Promise<number>((resolve) => open.on("close", resolve))
    await new Promise((resolve) => open.on("open", resolve))
    await expect.poll(() => victim.metric("sockets")).toBeGreaterThan(0)
    const ended = victim.stop()
    farewells.push(await closed)
    const late = new WebSocket(address)
    const entered = await new Promise((resolve) => {
      late.on("error", () => resolve("refused"))
      late.on("close", (code) => resolve(code))
      late.on("open", () => undefined)
    })
    expect(["refused", 1012]).toContain(entered)
    expect(await ended).toBe(0)
  })
  expect(farewells).toEqual([1012, 1012])
  await crowd.settles()
  await crowd.leave()
}, 90_000)
