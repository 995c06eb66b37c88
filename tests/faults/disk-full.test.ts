import { spawn } from "node:child_process"
import { closeSync, mkdirSync, openSync, readFileSync, statSync, symlinkSync } from "node:fs"
import path from "node:path"
import { afterAll, beforeAll, expect, test } from "vitest"
import { freePort, programFile, startServer, temporaryFolder } from "../journeys/harness/server.ts"
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
  // PostgreSQL's code of a full disk: its words may quote a person's
  expect(node.output).toMatch(/append failed.*53100/)
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

test.runIf(disk !== null)(
  "[API76] with no room for its log and its output the product goes on, and logs again once there is some",
  async () => {
    const small = SmallDisk.mount(1)
    const folder = temporaryFolder()
    if (!small) throw new Error("broken invariant: another disk was mounted before")
    try {
      small.fill()
      const [log, output] = ["postgres.log", "output.log"].map((name) => path.join(small.path, name))
      mkdirSync(path.join(folder.path, "data"))
      symlinkSync(log ?? "", path.join(folder.path, "data/postgres.log"))
      const [port, file] = [await freePort(), openSync(output ?? "", "w")]
      const child = spawn(process.execPath, [programFile, "start"], {
        env: { ...process.env, PORT: String(port), DATA_DIR: path.join(folder.path, "data"), LOG_LEVEL: "debug" },
        stdio: ["ignore", file, file],
      })
      closeSync(file)
      const ended = new Promise((resolve) => child.once("exit", resolve))
      const readiness = () =>
        fetch(`http://127.0.0.1:${port}/readyz`).then(
          async (reply) => ({ status: reply.status, ...((await reply.json()) as { parts: { disk?: string } }).parts }),
          () => null,
        )
      await expect.poll(async () => (await readiness())?.status, { timeout: 80_000 }).toBe(200)
      for (let i = 0; i < 50; i++) expect((await readiness())?.status).toBe(200)
      expect([child.exitCode, statSync(log ?? "").size]).toEqual([null, 0])
      small.makeRoom()
      child.kill("SIGTERM")
      await ended
      expect(readFileSync(log ?? "", "utf8")).toMatch(/^\(\d+ lines could not be written here\)\n/)
    } finally {
      small.unmount()
      folder.remove()
    }
  },
  150_000,
)

test.runIf(disk !== null)(
  "[API75] low room on the disk of the database stands in the body of /readyz, whose status it leaves",
  async () => {
    const small = SmallDisk.mount(300)
    if (!small) throw new Error("broken invariant: another disk was mounted before")
    try {
      const server = await startServer({ dataDir: path.join(small.path, "data"), port: await freePort() })
      const reply = await fetch(`${server.url}/readyz`)
      expect([reply.status, await reply.json()]).toMatchObject([200, { status: "ready", parts: { disk: "low" } }])
      await server.stop()
    } finally {
      small.unmount()
    }
  },
  150_000,
)
