import { readFileSync, rmSync, writeFileSync } from "node:fs"
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
 * A server that outlived the process that started it (SIGKILL): it is asked to stop, so that the next start is a plain
 * one. False: it belongs to somebody else, or would not go.
 */
export async function stopLeftover(clusterDir: string): Promise<boolean> {
  const pid = Number(readLines(join(clusterDir, "postmaster.pid"))[0])
  if (!(pid > 1) || !isAlive(pid) || !isPostgres(pid)) return true
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

const isPostgres = (pid: number): boolean =>
  process.platform !== "linux" || readProc(pid, "cmdline").includes("postgres")

function readProc(pid: number, name: string): string {
  try {
    return readFileSync(`/proc/${pid}/${name}`, "utf8")
  } catch {
    // no /proc on this system, or the process has ended
    return ""
  }
}
