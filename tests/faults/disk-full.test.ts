import { afterAll, beforeAll, expect, test } from "vitest"
import { Crowd } from "./harness/crowd.ts"
import { setScene } from "./harness/scene.ts"
import { SmallDisk } from "./harness/small-disk.ts"
import { SyncNode } from "./harness/sync-node.ts"

const disk = SmallDisk.mount(32)
// before the scene's own: what is registered first ends last, and a disk in use can't be taken away
afterAll(() => disk?.unmount())
const scene = setScene({ nodes: 0 })
let node: SyncNode

beforeAll(async () => {
  await disk?.take(scene.cluster)
  node = await scene.add(SyncNode.start(scene.cluster.url))
})

/** Where no disk can be mounted, PostgreSQL is made to say the same: SQLSTATE 53100 at each append. */
async function fill(): Promise<void> {
  if (disk) return disk.fill()
  await scene.cluster.ask((sql) =>
    sql.unsafe(`create function no_space() returns trigger language plpgsql as $$
                begin raise exception 'could not extend file: No space left on device' using errcode = '53100'; end $$;
                create trigger no_space before insert on doc_update execute function no_space()`),
  )
}
async function makeRoom(): Promise<void> {
  if (disk) disk.makeRoom()
  else await scene.cluster.ask((sql) => sql`drop trigger no_space on doc_update`)
}

test(`[ROOM16] ${disk ? "the disk of the database is full" : "the database says that its disk is full (no disk of our own may be mounted here)"}: metrics and log say so, reading goes on, nothing is lost, and space heals it`, async () => {
  const crowd = await Crowd.gather(scene.stage, node.port, 6)
  crowd.start(20)
  await expect.poll(() => crowd.promised.size, { timeout: 20_000 }).toBeGreaterThan(100)
  await fill()
  await expect.poll(() => node.metric("storage_away"), { timeout: 30_000 }).toBe(1)
  expect(node.output).toMatch(/append failed.*No space left on device/)
  expect(await crowd.lost()).toEqual([])
  await expect.poll(() => crowd.people.filter((one) => !one.unsaved).map((one) => one.number)).toEqual([])

  // who comes now reads what was saved
  const reader = await Crowd.gather(scene.stage, node.port, 1, 6)
  expect(reader.people[0]?.words.length).toBeGreaterThan(100)
  expect(node.alive).toBe(true)

  await makeRoom()
  await crowd.settles(60_000)
  expect(await node.metric("storage_away")).toBe(0)
  await reader.leave()
  await crowd.leave()
}, 120_000)
