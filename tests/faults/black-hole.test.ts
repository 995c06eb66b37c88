import { expect, test } from "vitest"
import { Crowd } from "./harness/crowd.ts"
import { setScene } from "./harness/scene.ts"

const scene = setScene({ nodes: 1 })

test("[STORE86] the database's connections carry nothing any more and nobody says so: edits are saved by others, and who has signed out loses the room", async () => {
  const crowd = await Crowd.gather(scene.stage, scene.node.port, 6)
  crowd.start()
  await expect.poll(() => crowd.promised.size, { timeout: 20_000 }).toBeGreaterThan(100)
  scene.cluster.wire.blackHole()
  await expect.poll(() => crowd.people.every((one) => one.unsaved)).toBe(true)
  expect(await crowd.lost()).toEqual([])
  await crowd.settles(90_000)
  await scene.cluster.ask((sql) => sql`delete from auth_session where id = ${scene.stage.userOf(0)}`)
  // numbers 0 and 4 are one person
  await expect.poll(() => scene.node.metric("revocations_total"), { timeout: 60_000 }).toBe(2)
  await crowd.leave()
}, 200_000)
