import { afterAll, beforeAll, expect, test } from "vitest"
import { temporaryFolder } from "../journeys/harness/server.ts"
import { Cluster } from "./harness/cluster.ts"
import { Crowd } from "./harness/crowd.ts"
import { Stage } from "./harness/stage.ts"
import { SyncNode } from "./harness/sync-node.ts"

const folder = temporaryFolder()
let cluster: Cluster
let stage: Stage
let node: SyncNode

beforeAll(async () => {
  cluster = await Cluster.start(folder.path)
  stage = await Stage.set(cluster)
  node = await SyncNode.start(cluster.url)
})
afterAll(async () => {
  await node?.kill()
  await stage?.close()
  await cluster?.close()
  folder.remove()
})

test("[STORE86] the database's connections carry nothing any more and nobody says so: edits are saved by others, and who has signed out loses the room", async () => {
  const crowd = await Crowd.gather(stage, node.port, 6)
  crowd.start()
  await expect.poll(() => crowd.promised.size, { timeout: 20_000 }).toBeGreaterThan(100)
  cluster.wire.blackHole()
  await expect.poll(() => crowd.people.every((one) => one.unsaved)).toBe(true)
  expect(await crowd.lost()).toEqual([])
  await crowd.settles(90_000)
  await cluster.ask((sql) => sql`delete from auth_session where id = ${stage.userOf(0)}`)
  // numbers 0 and 4 are one person
  await expect.poll(() => node.metric("revocations_total"), { timeout: 60_000 }).toBe(2)
  await crowd.leave()
}, 200_000)
