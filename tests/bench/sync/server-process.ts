import { type ChildProcess, fork } from "node:child_process"
import { readdirSync, readFileSync } from "node:fs"
import { fileURLToPath } from "node:url"

export interface ServerProcess {
  readonly url: string
  /** milliseconds of processor time of the server alone, and of its database, where the system tells */
  cpu(): Promise<{ readonly server: number; readonly database: number }>
  stop(): Promise<void>
}

/** Starts one of the two servers as a child process. */
export async function startServer(file: "ours" | "peer"): Promise<ServerProcess> {
  const child = fork(fileURLToPath(new URL(`./${file}.ts`, import.meta.url)), { execArgv: ["--import", "tsx"] })
  const { url } = (await answer(child)) as { url: string }
  return {
    url,
    cpu: async () => {
      const waiting = answer(child)
      child.send("cpu")
      const { cpu } = (await waiting) as { cpu: NodeJS.CpuUsage }
      return { server: (cpu.user + cpu.system) / 1000, database: cpuOfChildren(child.pid ?? 0) }
    },
    stop: () =>
      new Promise((resolve) => {
        child.once("exit", () => resolve())
        child.send("stop")
      }),
  }
}

const answer = (child: ChildProcess): Promise<unknown> =>
  new Promise((resolve, reject) => {
    const ended = (code: number | null) => reject(new Error(`the server ended with ${code}`))
    child.once("exit", ended)
    child.once("message", (message) => {
      child.off("exit", ended)
      resolve(message)
    })
  })

/** Processor time of everything below a process, as Linux counts it (in hundredths of a second). */
function cpuOfChildren(pid: number): number {
  if (process.platform !== "linux") return Number.NaN
  const parents = new Map<number, { parent: number; ms: number }>()
  for (const name of readdirSync("/proc").filter((name) => /^\d+$/.test(name))) {
    try {
      const stat = readFileSync(`/proc/${name}/stat`, "utf8")
      const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ")
      parents.set(Number(name), { parent: Number(fields[1]), ms: (Number(fields[11]) + Number(fields[12])) * 10 })
    } catch {
      // it ended while we looked
    }
  }
  const isBelow = (one: number): boolean => {
    const parent = parents.get(one)?.parent ?? 0
    return parent === pid || (parent > 1 && isBelow(parent))
  }
  return [...parents].reduce((sum, [one, { ms }]) => (isBelow(one) ? sum + ms : sum), 0)
}
