import { afterAll, beforeAll, expect, test } from "vitest"
import { temporaryFolder } from "../journeys/harness/server.ts"
import { Cluster } from "./harness/cluster.ts"
import { Crowd } from "./harness/crowd.ts"
import { Stage } from "./harness/stage.ts"
import { SyncNode } from "./harness/sync-node.ts"

/** `ALTERNAT_FAULT_ROUNDS=50` for the long form. */
const ROUNDS = Number(process.env["ALTERNAT_FAULT_ROUNDS"] ?? 3)
const folder = temporaryFolder()
let cluster: Cluster
let stage: Stage

beforeAll(async () => {
  cluster = await Cluster.start(folder.path)
  stage = await Stage.set(cluster)
})
afterAll(async () => {
  await stage?.close()
  await cluster?.close()
  folder.remove()
})

/**
 * Everybody who could say it again is gone before the log is read: what is in it then is what was on disk when it was
 * shown to others or called saved.
 */
test(
  `[LOG1] PostgreSQL is stopped at once under load, ${ROUNDS} times, and node and clients go with it: nothing that was shown or called saved is missing`,
  async () => {
    let promisedBefore = 0
    for (let round = 0; round < ROUNDS; round++) {
      const node = await SyncNode.start(cluster.url)
      const crowd = await Crowd.gather(stage, node.port, 4, round * 4)
      crowd.start(10)
      await expect.poll(() => crowd.promised.size, { timeout: 20_000 }).toBeGreaterThan(promisedBefore + 150)
      const stopped = cluster.stopImmediately()
      const promises = await Promise.all([stopped, node.kill()]).then(() => crowd.promised)
      await crowd.leave()
      await cluster.startAgain()
      const logged = new Set(await stage.wordsInLog())
      expect([...promises].filter((word) => !logged.has(word))).toEqual([])
      promisedBefore = logged.size
    }
  },
  60_000 + ROUNDS * 20_000,
)
