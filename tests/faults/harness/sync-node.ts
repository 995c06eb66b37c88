import { type ChildProcess, spawn } from "node:child_process"
import { readFileSync } from "node:fs"
import path from "node:path"
import { fileURLToPath } from "node:url"
import { freePort } from "../../journeys/harness/server.ts"

const program = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "../../../apps/alternat/dist/sync.mjs")

const METRICS_TOKEN = "a token for the tests"

/** The built sync server in a process of its own. */
export class SyncNode {
  #output = ""
  #lastError = ""
  readonly #ended: Promise<number | null>

  private constructor(
    readonly port: number,
    readonly child: ChildProcess,
  ) {
    child.stderr?.on("data", (bytes: Buffer) => (this.#output += bytes.toString()))
    this.#ended = new Promise((resolve) => child.on("exit", (code) => resolve(code)))
  }

  static async start(databaseUrl: string, env: Readonly<Record<string, string>> = {}): Promise<SyncNode> {
    const port = await freePort()
    const settings = {
      HOST: "127.0.0.1",
      PORT: String(port),
      DATABASE_URL: databaseUrl,
      LOG_LEVEL: "warn",
      METRICS_TOKEN,
    }
    return SyncNode.#run(port, [program], { ...process.env, ...settings, ...env })
  }

  /** The same server with a room's queue of so many bytes instead of megabytes. */
  static async startSmall(databaseUrl: string, maxPendingBytes: number): Promise<SyncNode> {
    const port = await freePort()
    const source = fileURLToPath(new URL("./small-node.ts", import.meta.url))
    return SyncNode.#run(port, ["--import", "tsx", source, databaseUrl, String(port), String(maxPendingBytes)])
  }

  static async #run(port: number, command: readonly string[], env = process.env): Promise<SyncNode> {
    const child = spawn(process.execPath, command, { env, stdio: ["ignore", "ignore", "pipe"] })
    const node = new SyncNode(port, child)
    const deadline = performance.now() + 60_000
    while ((await node.readiness()) !== 200) {
      if (!node.alive || performance.now() > deadline) {
        await node.kill()
        throw new Error(`the node did not start:\n${node.output}`)
      }
      await new Promise((resolve) => setTimeout(resolve, 25))
    }
    return node
  }

  get output(): string {
    return this.#output
  }

  /** how it fares, for the message of a check that fails */
  get state(): string {
    const { exitCode, signalCode } = this.child
    return `exit ${exitCode} ${signalCode}; ${this.#lastError}\n${this.#output.slice(-4000)}`
  }

  get alive(): boolean {
    return this.child.exitCode === null && this.child.signalCode === null
  }

  /** status of `/readyz`; 0: no answer within five seconds */
  async readiness(): Promise<number> {
    try {
      return (await this.#get("/readyz")).status
    } catch (error) {
      this.#lastError = String(error instanceof Error ? (error.cause ?? error) : error)
      return 0
    }
  }

  /** One value of `/metrics`, by the end of its name. */
  async metric(name: string): Promise<number> {
    const text = await (await this.#get("/metrics")).text()
    return Number(new RegExp(`^alternat_sync_${name} (\\S+)$`, "m").exec(text)?.[1])
  }

  #get(where: string): Promise<Response> {
    return fetch(`http://127.0.0.1:${this.port}${where}`, {
      headers: { connection: "close", authorization: `Bearer ${METRICS_TOKEN}` },
      signal: AbortSignal.timeout(5000),
    })
  }

  /** resident megabytes, as Linux counts them */
  get memory(): number {
    const status = readFileSync(`/proc/${this.child.pid}/status`, "utf8")
    return Number(/^VmRSS:\s+(\d+)/m.exec(status)?.[1]) / 1024
  }

  async kill(): Promise<void> {
    this.child.kill("SIGKILL")
    await this.#ended
  }

  /** as a deployment does it; gives the exit code */
  async stop(): Promise<number | null> {
    this.child.kill("SIGTERM")
    return this.#ended
  }
}
