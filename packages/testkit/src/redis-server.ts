import { type ChildProcess, spawn } from "node:child_process"
import { accessSync, constants, mkdtempSync, rmSync } from "node:fs"
import { connect, createServer } from "node:net"
import { tmpdir } from "node:os"
import path from "node:path"
import { setTimeout as sleep } from "node:timers/promises"

export interface TestRedis {
  readonly url: string
  readonly port: number
  /** after `stop` or `kill`, at the same address */
  start(): Promise<void>
  stop(): Promise<void>
  /** no warning, no farewell */
  kill(): Promise<void>
  /** Its sockets stay open and nothing is answered. */
  freeze(): void
  thaw(): void
  close(): Promise<void>
}

/** The machine's own server; null: there is none, and `WITHOUT_REDIS` says so. */
export const redisProgram = findProgram(["redis-server", "valkey-server"])
export const WITHOUT_REDIS = "redis-server is not installed"

/** Goes when the tests' process goes, whatever that has died of. */
const setpriv = process.platform === "linux" ? findProgram(["setpriv"]) : null
const DIE_WITH_US = setpriv === null ? [] : [setpriv, "--pdeathsig", "KILL", "--"]

/** A Redis of its own that keeps nothing, on a free port of loopback. `args` as on its command line. */
export async function startTestRedis(args: readonly string[] = []): Promise<TestRedis> {
  const folder = mkdtempSync(path.join(tmpdir(), "alternat-redis-"))
  const port = await freePort()
  let child: ChildProcess | null = null
  const start = async (): Promise<void> => {
    const common = ["--save", "", "--appendonly", "no", "--port", String(port), "--bind", "127.0.0.1", "--dir", folder]
    const [program = "", ...rest] = [...DIE_WITH_US, redisProgram ?? "redis-server", ...common, ...args]
    child = spawn(program, rest, { stdio: "ignore" })
    await untilItListens(child, port)
  }
  const end = async (signal: NodeJS.Signals): Promise<void> => {
    const ending = child
    child = null
    if (!ending || ending.exitCode !== null) return
    const ended = new Promise((resolve) => ending.once("exit", resolve))
    ending.kill("SIGCONT")
    ending.kill(signal)
    await ended
  }
  await start()
  return {
    url: `redis://127.0.0.1:${port}`,
    port,
    start,
    stop: () => end("SIGTERM"),
    kill: () => end("SIGKILL"),
    freeze: () => void child?.kill("SIGSTOP"),
    thaw: () => void child?.kill("SIGCONT"),
    close: async () => {
      await end("SIGKILL")
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

async function untilItListens(child: ChildProcess, port: number): Promise<void> {
  const deadline = Date.now() + 10_000
  while (!(await listens(port))) {
    if (child.exitCode !== null) throw new Error(`redis-server ended with ${child.exitCode}`)
    if (Date.now() > deadline) throw new Error("redis-server does not listen")
    await sleep(10)
  }
}

const listens = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = connect(port, "127.0.0.1")
    socket.once("connect", () => resolve((socket.destroy(), true)))
    socket.once("error", () => resolve(false))
  })

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer()
    server.once("error", reject)
    server.listen(0, "127.0.0.1", () => {
      const address = server.address()
      server.close(() =>
        address && typeof address === "object" ? resolve(address.port) : reject(new Error("no port")),
      )
    })
  })
}

function findProgram(names: readonly string[]): string | null {
  const folders = (process.env["PATH"] ?? "").split(path.delimiter)
  const files = names.flatMap((name) => folders.map((folder) => path.join(folder, name)))
  return files.find(isExecutable) ?? null
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK)
    return true
  } catch {
    return false // not there, or not ours to run
  }
}
