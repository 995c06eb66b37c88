import { spawn } from "node:child_process"
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { afterAll, expect, test } from "vitest"
import { connect } from "../connect.ts"
import { startEmbeddedPostgres } from "./embedded-postgres.ts"

const root = mkdtempSync(join(tmpdir(), "alternat-embedded-"))
const dataDir = join(root, "data")
afterAll(() => rmSync(root, { recursive: true, force: true }))

const start = (dir = dataDir) => startEmbeddedPostgres({ dataDir: dir, fsync: true, log: () => undefined })

test("[STORE90] it starts, keeps what was written, and stops cleanly, twice if asked twice", async () => {
  const first = await start()
  if (!first.ok) throw new Error(first.error.message)
  const sql = connect(first.value.urls.owner, { role: null, max: 1 })
  const [settings] = await sql`select current_setting('fsync') as fsync, current_user as name`
  expect(settings).toEqual({ fsync: "on", name: "alternat_owner" })
  await sql`create table kept (n integer)`
  await sql`insert into kept values (7)`
  await sql.end()
  await Promise.all([first.value.stop(), first.value.stop()])

  const second = await start()
  if (!second.ok) throw new Error(second.error.message)
  const again = connect(second.value.urls.owner, { role: null, max: 1 })
  expect([...(await again`select n from kept`)]).toEqual([{ n: 7 }])
  await again.end()
  await second.value.stop()
})

test("[STORE91] nobody gets in without the secret, and the secret is the owner's alone", async () => {
  const started = await start()
  if (!started.ok) throw new Error(started.error.message)
  const url = new URL(started.value.adminUrl)
  url.password = ""
  for (const address of [url.href, url.href.replace(/\?.*/, "")]) {
    const stranger = connect(address, { role: null, max: 1 })
    await expect(stranger`select 1`).rejects.toThrow()
    await stranger.end()
  }
  expect(statSync(join(dataDir, "postgres-secret")).mode & 0o77).toBe(0)
  await started.value.stop()
})

test("[STORE92] a second process on the same directory is refused and told why, or shares the server; the first goes on", async () => {
  const started = await start()
  if (!started.ok) throw new Error(started.error.message)
  const holder = process.platform === "linux" ? `${process.ppid}` : ""
  const stat = holder ? (readFileSync(`/proc/${holder}/stat`, "utf8").split(") ").at(-1)?.split(" ")[19] ?? "") : ""
  const mine = readFileSync(join(dataDir, "alternat.pid"))
  writeFileSync(join(dataDir, "alternat.pid"), `${process.ppid}\n${stat}\n`)
  const second = await start()
  expect(second).toMatchObject({ ok: false, error: { type: "InUse" } })
  if (!second.ok) expect(second.error.message).toContain(`process ${process.ppid}`)
  const shared = await startEmbeddedPostgres({ dataDir, fsync: true, share: true, log: () => undefined })
  if (!shared.ok) throw new Error(shared.error.message)
  const guest = connect(shared.value.urls.owner, { role: null, max: 1 })
  expect(await guest`select 1`).toHaveLength(1)
  await guest.end()
  await shared.value.stop()
  writeFileSync(join(dataDir, "alternat.pid"), mine)
  const sql = connect(started.value.urls.owner, { role: null, max: 1 })
  expect(await sql`select 1`).toHaveLength(1)
  await sql.end()
  await started.value.stop()
})

test("[STORE93] after a SIGKILL of its process the next start has everything that was committed", async () => {
  const script = `
    import { startEmbeddedPostgres } from ${JSON.stringify(join(import.meta.dirname, "embedded-postgres.ts"))}
    import { connect } from ${JSON.stringify(join(import.meta.dirname, "..", "connect.ts"))}
    const started = await startEmbeddedPostgres({ dataDir: ${JSON.stringify(dataDir)}, fsync: true, log: () => undefined })
    if (!started.ok) throw new Error(started.error.message)
    const sql = connect(started.value.urls.owner, { role: null, max: 1 })
    await sql\`create table if not exists survived (n integer)\`
    for (let n = 1; ; n++) { await sql\`insert into survived values (\${n})\`; process.stdout.write(n + "\\n") }`
  const child = spawn(process.execPath, ["--import", "tsx", "--input-type=module", "-e", script], {
    stdio: ["ignore", "pipe", "inherit"],
  })
  let acknowledged = 0
  await new Promise<void>((done) => {
    child.stdout.setEncoding("utf8").on("data", (text: string) => {
      acknowledged = Math.max(acknowledged, ...text.trim().split("\n").map(Number))
      if (acknowledged >= 50) child.kill("SIGKILL")
    })
    child.once("close", () => done())
  })
  const started = await start()
  if (!started.ok) throw new Error(started.error.message)
  const sql = connect(started.value.urls.owner, { role: null, max: 1 })
  const [row] = await sql<{ last: number }[]>`select max(n)::int as last from survived`
  expect(row?.last).toBeGreaterThanOrEqual(acknowledged)
  await sql.end()
  await started.value.stop()
})

const pidFile = join(dataDir, "postgres", "postmaster.pid")

test.each([
  ["empty", ""],
  ["garbage", "\u0000\u0001 not a number\nnor this\n"],
  ["a number that PostgreSQL reads otherwise", "1e3"],
  ["a number beyond its own", "4294967297\n"],
  ["a number beyond all", "99999999999999999999"],
  ["a number alone", `${process.pid}`],
  ["this process", `${process.pid}\n${join(dataDir, "postgres")}\n1700000000\n54321\n/tmp\n127.0.0.1\n  1 1\nready\n`],
  ["the init process", `1\n${join(dataDir, "postgres")}\n1700000000\n54321\n/tmp\n127.0.0.1\n  1 1\nready\n`],
])("[STORE125] a postmaster.pid that holds %s stops no start, and nobody is stopped for it", async (_name, text) => {
  const bystander = spawn("sleep", ["600"], { stdio: "ignore" })
  try {
    for (const content of [text, text.replace(/^\d+/, `${bystander.pid}`)]) {
      writeFileSync(pidFile, content)
      const started = await start()
      if (!started.ok) throw new Error(started.error.message)
      await started.value.stop()
    }
    expect([bystander.exitCode, bystander.signalCode]).toEqual([null, null])
  } finally {
    bystander.kill()
  }
})

test("[STORE125] nor does a folder of that name", async () => {
  mkdirSync(pidFile)
  const started = await start()
  if (!started.ok) throw new Error(started.error.message)
  await started.value.stop()
})

test.runIf(process.platform === "linux")(
  "[STORE126] a server left running is found and stopped, though its pid file is garbage",
  async () => {
    const script = `
    import { startEmbeddedPostgres } from ${JSON.stringify(join(import.meta.dirname, "embedded-postgres.ts"))}
    const started = await startEmbeddedPostgres({ dataDir: ${JSON.stringify(dataDir)}, fsync: true, log: () => undefined })
    if (!started.ok) throw new Error(started.error.message)
    process.stdout.write("ready")
    setInterval(() => undefined, 1000)`
    const child = spawn(process.execPath, ["--import", "tsx", "--input-type=module", "-e", script], {
      stdio: ["ignore", "pipe", "inherit"],
    })
    await new Promise((done) => child.stdout.once("data", done))
    const left = Number(readFileSync(pidFile, "utf8").split("\n", 1)[0])
    // stopped for good, so that it can't follow its process by itself
    process.kill(left, "SIGSTOP")
    child.kill("SIGKILL")
    await new Promise((done) => child.once("close", done))
    writeFileSync(pidFile, "garbage")
    const starting = start()
    setTimeout(() => process.kill(left, "SIGCONT"), 200)
    const started = await starting
    if (!started.ok) throw new Error(started.error.message)
    expect(Number(readFileSync(pidFile, "utf8").split("\n", 1)[0])).not.toBe(left)
    await started.value.stop()
  },
)

test("[STORE127] its log holds no value of a statement that failed", async () => {
  const lines: string[] = []
  const started = await startEmbeddedPostgres({ dataDir, fsync: true, log: (line) => lines.push(line) })
  if (!started.ok) throw new Error(started.error.message)
  const sql = connect(started.value.urls.owner, { role: null, max: 1 })
  const secret = "red-line-0d7f"
  await sql`create table told (word text primary key, n integer)`
  await sql`insert into told values (${secret}, 1)`
  for (const failing of [
    () => sql`insert into told values (${secret}, 2)`,
    () => sql`select ${secret}::text::integer`,
    () => sql`select ${secret}::text::uuid`,
    () => sql`select ${`{"a": "${secret}`}::text::jsonb`,
    () => sql`select ${`${secret}\u0000`}::text`,
    () => sql`select ${`{"a": "${secret} \\ud800"}`}::text::jsonb ->> 'a'`,
    () => sql.unsafe(`select '${secret}' frum nowhere`),
    () => sql.unsafe(`do $$ begin raise warning '${secret}'; raise exception '${secret}'; end $$`),
  ])
    await expect(failing()).rejects.toThrow()
  await sql.end()
  await started.value.stop()
  expect(lines.length).toBeGreaterThan(0)
  expect(lines.filter((line) => line.includes(secret))).toEqual([])
})

test.runIf(process.platform !== "win32")(
  "[STORE128] what stood open in the data directory is closed to others",
  async () => {
    mkdirSync(join(dataDir, "files"), { recursive: true })
    writeFileSync(join(dataDir, "files", "export.pdf"), "")
    writeFileSync(join(dataDir, "postgres.log"), "")
    for (const path of ["", "files", "files/export.pdf", "postgres.log"]) chmodSync(join(dataDir, path), 0o755)
    const started = await start()
    if (!started.ok) throw new Error(started.error.message)
    for (const path of ["files", "files/export.pdf", "postgres.log", "postgres-secret", "postgres"])
      expect(statSync(join(dataDir, path)).mode & 0o77, path).toBe(0)
    expect(statSync(dataDir).mode & 0o66).toBe(0)
    await started.value.stop()
  },
)

test("[STORE94] a directory that can't be written is one clear line", async () => {
  const file = join(root, "a-file")
  writeFileSync(file, "")
  for (const dir of [join(file, "data"), "/proc/alternat"]) {
    const result = await start(dir)
    expect(result).toMatchObject({ ok: false, error: { type: "NotWritable" } })
    if (!result.ok) expect(result.error.message).toMatch(new RegExp(`^DATA_DIR ${dir} can't be written: [A-Z]+$`))
  }
})
