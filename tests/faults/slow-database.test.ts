import { afterAll, beforeAll, expect, test } from "vitest"
import { WebSocket } from "ws"
import { temporaryFolder } from "../journeys/harness/server.ts"
import { Cluster } from "./harness/cluster.ts"
import { Crowd } from "./harness/crowd.ts"
import { Stage } from "./harness/stage.ts"
import { SyncNode } from "./harness/sync-node.ts"

const folder = temporaryFolder()
let cluster: Cluster
let stage: Stage
const nodes: SyncNode[] = []

beforeAll(async () => {
  cluster = await Cluster.start(folder.path)
  stage = await Stage.set(cluster)
  await cluster.ask((sql) =>
    sql.unsafe(`create function slowly() returns trigger language plpgsql as $$
                begin perform pg_sleep(1.5); return new; end $$;
                create trigger slowly before insert on doc_update for each row execute function slowly();
                alter table doc_update disable trigger slowly`),
  )
})
afterAll(async () => {
  for (const node of nodes) await node.kill()
  await stage?.close()
  await cluster?.close()
  folder.remove()
})

const slow = (is: boolean): Promise<unknown> =>
  cluster.ask((sql) => sql.unsafe(`alter table doc_update ${is ? "enable" : "disable"} trigger slowly`))

async function start(node: Promise<SyncNode>): Promise<SyncNode> {
  nodes.push(await node)
  return node
}

test("each commit takes a second and a half: people go on writing, what is called saved is saved, nobody is sent away", async () => {
  const node = await start(SyncNode.start(cluster.url))
  const crowd = await Crowd.gather(stage, node.port, 6)
  const leaving: number[] = []
  for (const one of crowd.people)
    one.session.subscribe(() => one.session.state.connection === "online" || leaving.push(one.number))
  await slow(true)
  crowd.start()
  for (let commits = 0; commits < 3; commits++) {
    const before = crowd.promised.size
    await expect.poll(() => crowd.promised.size, { timeout: 20_000 }).toBeGreaterThan(before + 50)
    expect(await crowd.lost()).toEqual([])
  }
  expect(leaving).toEqual([])
  await slow(false)
  await crowd.settles()
  await crowd.leave()
}, 90_000)

test("[ROOM18] what waits for a slow disk is bounded: past the bound sockets close 1013, and people offer again what they have", async () => {
  const node = await start(SyncNode.startSmall(cluster.url, 4096))
  const crowd = await Crowd.gather(stage, node.port, 6, 10)
  const { room, ticket } = await stage.ticket(stage.userOf(0))
  const watcher = new WebSocket(`ws://127.0.0.1:${node.port}/sync/${room}?ticket=${ticket}`)
  const sentAway = new Promise((resolve) => watcher.on("close", (code, reason) => resolve([code, reason.toString()])))
  await expect.poll(() => node.metric("sockets")).toBe(7)
  await slow(true)
  crowd.start(10)
  expect(await sentAway).toEqual([1013, "storage is behind"])
  expect(await crowd.lost()).toEqual([])
  crowd.pause()
  await slow(false)
  await crowd.settles()
  await crowd.leave()
}, 90_000)
