import { type ChildProcess, spawn } from "node:child_process"
import { cpSync, mkdtempSync, rmSync } from "node:fs"
import { createServer } from "node:net"
import os from "node:os"
import path from "node:path"
import { fileURLToPath } from "node:url"
import { inject } from "vitest"

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "../../..")
/** the build next to these tests, or another one */
export const programFile = process.env["ALTERNAT_PROGRAM"] ?? path.join(root, "apps/alternat/dist/main.mjs")

export interface RunningServer {
  readonly url: string
  readonly dataDir: string
  /** all that it printed */
  output(): string
  /** Ctrl-C, and waits */
  stop(): Promise<number | null>
  /** no warning, no shutdown: what a power cut does to the process */
  kill(): Promise<void>
}

/** The built product as a user starts it, in a process of its own, with its own embedded database. */
export async function startServer(options: {
  readonly dataDir: string
  readonly port: number
  readonly env?: Record<string, string>
}): Promise<RunningServer> {
  const child = spawn(process.execPath, [programFile, "start"], {
    cwd: root,
    env: { ...process.env, PORT: String(options.port), DATA_DIR: options.dataDir, LOG_LEVEL: "warn", ...options.env },
    stdio: ["ignore", "pipe", "pipe"],
  })
  let output = ""
  child.stdout?.on("data", (chunk: Buffer) => (output += chunk.toString()))
  child.stderr?.on("data", (chunk: Buffer) => (output += chunk.toString()))
  const ended = new Promise<number | null>((resolve) => child.on("exit", (code) => resolve(code)))
  await readyLine(child, () => output)
  return {
    url: `http://127.0.0.1:${options.port}`,
    dataDir: options.dataDir,
    output: () => output,
    stop: () => (child.kill("SIGINT"), ended),
    kill: async () => {
      child.kill("SIGKILL")
      await ended
    },
  }
}

async function readyLine(child: ChildProcess, output: () => string): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error(`the server was not ready within 80 s:\n${output()}`)), 80_000)
    const look = () => {
      if (!/Alternat is ready at http/.test(output())) return
      clearTimeout(timer)
      resolve()
    }
    child.stdout?.on("data", look)
    child.on("exit", (code) => {
      clearTimeout(timer)
      reject(new Error(`the server ended with ${code}:\n${output()}`))
    })
  })
}

export async function freePort(): Promise<number> {
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

export interface TemporaryFolder {
  readonly path: string
  /** for a server, inside of it */
  readonly dataDir: string
  remove(): void
}

/** Empty: a server that gets its `dataDir` starts for the first time. */
export function temporaryFolder(): TemporaryFolder {
  const folder = mkdtempSync(path.join(os.tmpdir(), "alternat-journey-"))
  return {
    path: folder,
    dataDir: path.join(folder, "data"),
    remove: () => rmSync(folder, { recursive: true, force: true, maxRetries: 5 }),
  }
}

/** With what a first start with the demo leaves, made once a run: most journeys are not about first starts. */
export function demoFolder(): TemporaryFolder {
  const folder = temporaryFolder()
  cpSync(inject("demoDataDir"), folder.dataDir, { recursive: true })
  return folder
}

/** Runs a command of the program to its end. */
export async function runProgram(
  args: readonly string[],
  env: Record<string, string> = {},
): Promise<{ code: number | null; stdout: string; stderr: string }> {
  const child = spawn(process.execPath, [programFile, ...args], {
    cwd: root,
    env: { ...process.env, ...env },
    stdio: ["ignore", "pipe", "pipe"],
  })
  let stdout = ""
  let stderr = ""
  child.stdout.on("data", (chunk: Buffer) => (stdout += chunk.toString()))
  child.stderr.on("data", (chunk: Buffer) => (stderr += chunk.toString()))
  const code = await new Promise<number | null>((resolve) => child.on("exit", resolve))
  return { code, stdout, stderr }
}
