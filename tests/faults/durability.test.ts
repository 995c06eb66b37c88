import { expect, test } from "vitest"
import { Crowd } from "./harness/crowd.ts"
import { setScene } from "./harness/scene.ts"
import { SyncNode } from "./harness/sync-node.ts"

/** `ALTERNAT_FAULT_ROUNDS=50` for the long form. */
const ROUNDS = Number(process.env["ALTERNAT_FAULT_ROUNDS"] ?? 3)
const scene = setScene({ nodes: 0 })

/**
 * Everybody who could say it again is gone before the log is read: what is in it then is what was on disk when it was
 * shown to others or called saved.
 */
test(
  `[LOG1] PostgreSQL is stopped at once under load, ${ROUNDS} times, and node and clients go with it: nothing that was shown or called saved is missing`,
  async () => {
    let promisedBefore = 0
    for (let round = 0; round < ROUNDS; round++) {
      const node = await scene.add(SyncNode.start(scene.cluster.url))
      const crowd = await Crowd.gather(scene.stage, node.port, 4, round * 4)
      crowd.start(10)
      await expect.poll(() => crowd.promised.size, { timeout: 20_000 }).toBeGreaterThan(promisedBefore + 150)
      const stopped = scene.cluster.stopImmediately()
      const promises = await Promise.all([stopped, node.kill()]).then(() => crowd.promised)
      await crowd.leave()
      await scene.cluster.startAgain()
      const logged = new Set(await scene.stage.wordsInLog())
      expect([...promises].filter((word) => !logged.has(word))).toEqual([])
      promisedBefore = logged.size
    }
  },
  60_000 + ROUNDS * 20_000,
)
