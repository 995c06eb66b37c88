import { type ChildProcess, spawn } from "node:child_process"
import path from "node:path"
import { fileURLToPath } from "node:url"
import { type EmbeddedPostgres, startEmbeddedPostgres } from "@alternat/store"
import postgres from "postgres"
import { freePort } from "./server.ts"

/** The same build, taken apart: an outside PostgreSQL, and programs that share it. */
const dist = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "../../../apps/alternat/dist")

export const SECRET = "a secret of thirty-two characters or more"

export async function startOutsidePostgres(dataDir: string): Promise<EmbeddedPostgres> {
  const started = await startEmbeddedPostgres({ dataDir, log: () => {}, fsync: false })
  if (!started.ok) throw new Error(started.error.message)
  const database = started.value
  // what an administrator does once for an outside database whose user may not make roles
  const url = new URL(database.adminUrl)
  const socket = url.searchParams.get("host")
  const admin = postgres({
    host: socket ?? url.hostname,
    port: Number(url.port),
    user: url.username,
    password: decodeURIComponent(url.password),
    database: "postgres",
  })
  await admin`grant alternat_app, alternat_sync, alternat_auth to alternat_owner`
  await admin.end()
  return database
}

export interface RunningPart {
  readonly port: number
  readonly url: string
  output(): string
  /** asks it to end, and waits for its exit code */
  stop(): Promise<number | null>
  /** no warning, no shutdown */
  kill(): Promise<void>
}

/** `api.mjs` or `sync.mjs`, when it says that it is ready. */
export async function startPart(program: "api" | "sync", env: Record<string, string>): Promise<RunningPart> {
  const port = await freePort()
  const { child, output, ended } = run(program, { PORT: String(port), ...env })
  const url = `http://127.0.0.1:${port}`
  const isReady = () =>
    fetch(`${url}/readyz`).then(
      (reply) => reply.status === 200,
      () => false,
    )
  const deadline = Date.now() + 30_000
  while (!(await isReady())) {
    if (child.exitCode !== null || Date.now() > deadline) throw new Error(`${program} is not ready:\n${output()}`)
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
  const end = (signal: NodeJS.Signals) => (child.kill(signal), ended)
  return { port, url, output, stop: () => end("SIGTERM"), kill: async () => void (await end("SIGKILL")) }
}

/** One that is expected to end by itself. */
export async function runPart(program: "api" | "sync", env: Record<string, string>) {
  const { output, ended } = run(program, env)
  return { code: await ended, output: output() }
}

function run(program: string, env: Record<string, string>) {
  const child: ChildProcess = spawn(process.execPath, [path.join(dist, `${program}.mjs`)], {
    env: { ...process.env, HOST: "127.0.0.1", LOG_LEVEL: "warn", ...env },
    stdio: ["ignore", "pipe", "pipe"],
  })
  let output = ""
  for (const stream of [child.stdout, child.stderr]) stream?.on("data", (chunk: Buffer) => (output += chunk.toString()))
  const ended = new Promise<number | null>((resolve) => child.on("exit", (code) => resolve(code)))
  return { child, ended, output: () => output }
}
