import { spawnSync } from "node:child_process"
import { readdirSync, readFileSync, readlinkSync, realpathSync, rmSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { setTimeout as sleep } from "node:timers/promises"

/** Two processes must not share a data directory: the first one's name stands in `alternat.pid`. */
export function claim(dataDir: string): { readonly release: () => void } | { readonly heldBy: number } {
  const file = join(dataDir, "alternat.pid")
  const [pid, startedAt] = readLines(file)
  const holder = Number(pid)
  if (holder > 0 && holder !== process.pid && isAlive(holder) && startTime(holder) === startedAt)
    return { heldBy: holder }
  writeFileSync(file, `${process.pid}\n${startTime(process.pid)}\n`)
  return { release: () => rmSync(file, { force: true }) }
}

/** The port of the server that runs in this cluster and takes connections; null: none does. */
export function runningPort(clusterDir: string): number | null {
  const lines = readLines(join(clusterDir, "postmaster.pid"))
  const port = Number(lines[3])
  return isAlive(Number(lines[0])) && lines[7]?.trim() === "ready" && port > 0 ? port : null
}

/**
 * A server that outlived the process that started it (SIGKILL) is asked to stop, so that the next start is a plain one.
 * What else stands in `postmaster.pid` is taken away where PostgreSQL would refuse because of it: garbage, or the number
 * of a process that is no PostgreSQL of this cluster, and which is left alone. Gives the process that would not go.
 */
export async function stopLeftover(clusterDir: string): Promise<{ readonly stillRuns: number } | null> {
  const file = join(clusterDir, "postmaster.pid")
  // as PostgreSQL reads it, and in the range of process ids: it would take other numbers for a live process
  const [digits = ""] = /^\d{1,10}$/.exec(readLines(file)[0]?.trim() ?? "") ?? []
  const written = Number(digits)
  const isNamed = written > 1 && written < 2 ** 31
  const server = isNamed && isServerOf(written, clusterDir) ? written : findServer(clusterDir)
  if (server !== null && !(await stopServer(server))) return { stillRuns: server }
  // PostgreSQL itself takes away the file of a server that has ended, after a look for what it may have left in memory
  if (!isNamed || (server === null && isAlive(written))) rmSync(file, { force: true, recursive: true })
  return null
}

/** Asked, then told. False: it would not go, or it belongs to somebody else. */
async function stopServer(pid: number): Promise<boolean> {
  for (const [signal, patienceMs] of [
    ["SIGINT", 8_000],
    ["SIGQUIT", 4_000],
  ] as const) {
    try {
      process.kill(pid, signal)
    } catch {
      // gone meanwhile, or not ours to stop
      return !isAlive(pid)
    }
    for (let waited = 0; waited < patienceMs; waited += 20) {
      if (!isAlive(pid)) return true
      await sleep(20)
    }
  }
  return false
}

/** Its program is `postgres`, and it works in this very directory, as every PostgreSQL does. */
function isServerOf(pid: number, clusterDir: string): boolean {
  if (!isAlive(pid)) return false
  const command = commandOf(pid)
  if (!/postgres/.test(command)) return false
  const folder = workingFolder(pid)
  return folder === null ? command.includes(clusterDir) : folder === real(clusterDir)
}

/** The server of this cluster where its file does not name it: of its processes the one that the others come from. */
function findServer(clusterDir: string): number | null {
  if (process.platform !== "linux") return null
  const pids = readdirSync("/proc").map(Number)
  const ofCluster = new Set(pids.filter((pid) => pid > 1 && pid !== process.pid && isServerOf(pid, clusterDir)))
  for (const pid of ofCluster) if (!ofCluster.has(parentOf(pid))) return pid
  return null
}

const parentOf = (pid: number): number => Number(/^PPid:\s+(\d+)/m.exec(readProc(pid, "status"))?.[1])

function workingFolder(pid: number): string | null {
  try {
    return readlinkSync(`/proc/${pid}/cwd`)
  } catch {
    // no /proc on this system, or another user's process
    return null
  }
}

function real(folder: string): string {
  try {
    return realpathSync(folder)
  } catch {
    return folder // there is none yet: nothing works in it
  }
}

function commandOf(pid: number): string {
  if (process.platform === "linux") return readProc(pid, "cmdline").replaceAll("\0", " ")
  if (process.platform === "win32") return "postgres"
  return spawnSync("ps", ["-o", "command=", "-p", String(pid)], { encoding: "utf8" }).stdout ?? ""
}

function readLines(file: string): readonly string[] {
  try {
    return readFileSync(file, "utf8").split("\n")
  } catch {
    // no such file: nothing was left behind
    return []
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM"
  }
  // a dead child that nobody has waited for yet is no server
  return !/^State:\s+Z/m.test(readProc(pid, "status"))
}

/** Field 22 of /proc/pid/stat: tells a process from a later one with the same number. Empty where there is no /proc. */
const startTime = (pid: number): string => readProc(pid, "stat").split(") ").at(-1)?.split(" ")[19] ?? ""

function readProc(pid: number, name: string): string {
  try {
    return readFileSync(`/proc/${pid}/${name}`, "utf8")
  } catch {
    // no /proc on this system, or the process has ended
    return ""
  }
}
