import { spawn } from "node:child_process"
import { mkdtempSync, readFileSync, rmSync, statSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { setTimeout as pause } from "node:timers/promises"
import { createStore, type DatabaseUrls, migrate, type Store, startEmbeddedPostgres } from "@alternat/store"
import { openSql } from "./open-sql.ts"
import { cpuOfChildren } from "./processor-time.ts"

export interface BenchDatabase {
  readonly store: Store
  readonly urls: DatabaseUrls
  /** milliseconds of processor time of all its processes that live */
  cpuMs(): number
  /** stops it as a fall of the machine would, and starts it again on the same port; gives the way to go on when it is down */
  crash(): Promise<() => Promise<void>>
  close(): Promise<void>
}

/** A PostgreSQL as an installation runs it, fsync on, in a folder that goes with it. */
export async function openDatabase(): Promise<BenchDatabase> {
  const dataDir = mkdtempSync(join(tmpdir(), "alternat-bench-"))
  const remove = () => rmSync(dataDir, { recursive: true, force: true })
  const started = await startEmbeddedPostgres({ dataDir, fsync: true, log: () => undefined })
  if (!started.ok) {
    remove()
    throw new Error(started.error.message)
  }
  const { urls, stop } = started.value
  const migrated = await migrate(urls)
  if (!migrated.ok) {
    await stop()
    remove()
    throw new Error(migrated.error.message)
  }
  const store = createStore({ urls })
  const cluster = join(dataDir, "postgres")
  return {
    store,
    urls,
    cpuMs: () => cpuOfChildren(postmasterOf(cluster)),
    crash: () => crash(cluster, urls.owner),
    close: async () => {
      await store.close()
      // after a crash it is no longer the one that was started here
      await quit(postmasterOf(cluster), "SIGINT")
      await stop()
      remove()
    },
  }
}

/** PostgreSQL won't run as root; where it was started so, root's files were kept and root mapped to nobody. */
const AS_NOBODY = ["unshare", "--user", "--map-user=65534", "--map-group=65534", "setpriv", "--pdeathsig", "INT"]

const postmasterOf = (cluster: string): number =>
  Number(readFileSync(join(cluster, "postmaster.pid"), "utf8").split("\n", 1)[0])

async function crash(cluster: string, address: string): Promise<() => Promise<void>> {
  const pid = postmasterOf(cluster)
  const [program = "", ...args] = readFileSync(`/proc/${pid}/cmdline`, "utf8").split("\0").slice(0, -1)
  const { uid, gid } = statSync(cluster)
  await quit(pid, "SIGQUIT")
  return async () => {
    const env = { PATH: "/usr/local/bin:/usr/bin:/bin", LC_ALL: "C" }
    const as = uid === 0 ? AS_NOBODY : []
    const [file = "", ...rest] = [...as, program, ...args]
    const who = process.getuid?.() === 0 ? { uid, gid } : {}
    spawn(file, rest, { cwd: "/", detached: true, stdio: "ignore", env, ...who }).unref()
    await answers(address)
  }
}

async function quit(pid: number, signal: "SIGINT" | "SIGQUIT"): Promise<void> {
  process.kill(pid, signal)
  while (isAlive(pid)) await pause(10)
}

function isAlive(pid: number): boolean {
  try {
    // a zombie takes signals, too
    return !/^State:\tZ/m.test(readFileSync(`/proc/${pid}/status`, "utf8"))
  } catch {
    return false
  }
}

async function answers(address: string): Promise<void> {
  for (;;) {
    const sql = openSql(address)
    try {
      await sql`select 1`
      return
    } catch {
      // it is still starting
      await pause(50)
    } finally {
      await sql.end({ timeout: 1 })
    }
  }
}
