import { beforeAll, expect, test } from "vitest"
import { WebSocket } from "ws"
import { Crowd } from "./harness/crowd.ts"
import { setScene } from "./harness/scene.ts"
import { SyncNode } from "./harness/sync-node.ts"

const scene = setScene({ nodes: 0 })

beforeAll(() =>
  scene.cluster.ask((sql) =>
    sql.unsafe(`create function slowly() returns trigger language plpgsql as $$
                begin perform pg_sleep(1.5); return new; end $$;
                create trigger slowly before insert on doc_update for each row execute function slowly();
                alter table doc_update disable trigger slowly`),
  ),
)

const slow = (is: boolean): Promise<unknown> =>
  scene.cluster.ask((sql) => sql.unsafe(`alter table doc_update ${is ? "enable" : "disable"} trigger slowly`))

test("each commit takes a second and a half: people go on writing, what is called saved is saved, nobody is sent away", async () => {
  const node = await scene.add(SyncNode.start(scene.cluster.url))
  const crowd = await Crowd.gather(scene.stage, node.port, 6)
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

test("[ROOM18] what waits for a slow disk is bounded: past the bound whoever fills it is sent away for a moment, and offers again what he has", async () => {
  const node = await scene.add(SyncNode.startSmall(scene.cluster.url, 4096))
  const crowd = await Crowd.gather(scene.stage, node.port, 6, 10)
  const { room, ticket } = await scene.stage.ticket(scene.stage.userOf(0))
  const watcher = new WebSocket(`ws://127.0.0.1:${node.port}/sync/${room}?ticket=${ticket}`)
  const leaving = new Set<number>()
  await expect.poll(() => node.metric("sockets")).toBe(7)
  for (const one of crowd.people)
    one.session.subscribe(() => one.session.state.connection === "online" || leaving.add(one.number))
  await slow(true)
  crowd.start(10)
  await expect.poll(() => leaving.size, { timeout: 30_000 }).toBeGreaterThan(0)
  expect(watcher.readyState).toBe(watcher.OPEN)
  expect(await crowd.lost()).toEqual([])
  crowd.pause()
  await slow(false)
  await crowd.settles()
  await crowd.leave()
}, 90_000)
