import { type ChildProcess, execFileSync, fork } from "node:child_process"
import { readFileSync } from "node:fs"
import { fileURLToPath } from "node:url"
import type { Usage } from "./servers/serve.ts"

export interface ServerProcess {
  readonly port: number
  usage(): Promise<Usage>
  /** the same after a full collection of garbage */
  collect(): Promise<Usage>
  stop(): Promise<void>
  kill(): Promise<void>
}

export interface ServerFile {
  readonly file: "ours" | "y-websocket" | "hocuspocus" | "relay"
  readonly args: readonly string[]
  /** of the Node to run it on; absent: this one */
  readonly node?: string
}

/** the options with which `npm start` starts Node: ours is measured as it is installed */
const AS_INSTALLED = startOptions()

/** Starts a server as a child process and waits until it listens. */
export async function startProcess({ file, args, node }: ServerFile): Promise<ServerProcess> {
  const folder = file === "ours" ? "ours" : "peers"
  const program = fileURLToPath(new URL(`../../dist/servers/${folder}/${file}.mjs`, import.meta.url))
  const child = fork(program, [...args], {
    execArgv: ["--expose-gc", ...(file === "ours" ? AS_INSTALLED : [])],
    ...(node ? { execPath: node } : {}),
  })
  const ask = (message: string): Promise<unknown> => {
    const answer = nextMessage(child)
    child.send(message)
    return answer
  }
  const end = (how: () => void): Promise<void> =>
    new Promise((resolve) => {
      if (child.exitCode !== null || child.signalCode !== null) return resolve()
      child.once("exit", () => resolve())
      how()
    })
  const { port } = (await nextMessage(child)) as { port: number }
  return {
    port,
    usage: () => ask("usage") as Promise<Usage>,
    collect: () => ask("collect") as Promise<Usage>,
    stop: () => end(() => child.send("stop")),
    kill: () => end(() => child.kill("SIGKILL")),
  }
}

const nextMessage = (child: ChildProcess): Promise<unknown> =>
  new Promise((resolve, reject) => {
    const ended = (code: number | null) => reject(new Error(`the server ended with ${code}`))
    child.once("exit", ended)
    child.once("message", (message) => {
      child.off("exit", ended)
      resolve(message)
    })
  })

/** The path of a Node of this major version, which npm fetches where it has to; null: it can't be had here. */
export function findNode(major: number): string | null {
  try {
    const print = 'node -p "process.execPath"'
    return execFileSync("npx", ["--yes", `--package=node@${major}`, "-c", print], { encoding: "utf8" }).trim()
  } catch {
    return null
  }
}

function startOptions(): readonly string[] {
  const manifest = fileURLToPath(new URL("../../../package.json", import.meta.url))
  const { scripts } = JSON.parse(readFileSync(manifest, "utf8")) as { scripts: { start: string } }
  return scripts.start.split(" ").filter((word) => word.startsWith("--"))
}
