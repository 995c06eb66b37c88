import { type ChildProcess, spawn, spawnSync } from "node:child_process"
import { createHmac, randomBytes } from "node:crypto"
import { accessSync, chownSync, constants, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { createServer } from "node:net"
import { dirname, join, resolve } from "node:path"
import { err, ok, type Result } from "@alternat/plan"
import { connect, errorText } from "../connect.ts"
import type { DatabaseUrls } from "../contract/store.ts"
import { ROLES } from "../roles.ts"
import { findBinaries } from "./binaries.ts"
import { claim, runningPort, stopLeftover } from "./leftovers.ts"
import { closeToOthers } from "./private-folder.ts"
import { chooseRunAs, giveTo, type RunAs } from "./run-as.ts"

export interface EmbeddedOptions {
  readonly dataDir: string
  readonly log: (line: string) => void
  /** false only for tests */
  readonly fsync: boolean
  /** where another Alternat holds the directory, use its running server: for a backup while people work */
  readonly share?: boolean
}
export interface EmbeddedPostgres {
  readonly urls: DatabaseUrls
  /** the superuser's, for tests that make databases */
  readonly adminUrl: string
  /** asks the server to finish; further calls wait for the same end */
  stop(): Promise<void>
  /** when the server ends without having been asked, with its last words */
  readonly died: Promise<string>
}
export interface EmbeddedError {
  readonly type: "NoBinaries" | "NotWritable" | "InUse" | "InitFailed" | "StartFailed"
  /** one clear line for the person who started it */
  readonly message: string
}

const fail = (type: EmbeddedError["type"], message: string): Result<never, EmbeddedError> => err({ type, message })
const DATABASE = "alternat"
const OWNER = "alternat_owner"
/** sun_path holds 107 bytes on Linux and 103 on macOS */
const LONGEST_SOCKET_DIR = 80

/**
 * A real PostgreSQL of this process's own in `dataDir/postgres`. Passwords derive from one secret beside it, so no other
 * user of the machine gets in. A server left behind by a killed process is stopped first.
 */
export async function startEmbeddedPostgres(
  options: EmbeddedOptions,
): Promise<Result<EmbeddedPostgres, EmbeddedError>> {
  const dataDir = resolve(options.dataDir)
  const bin = findBinaries()
  if (!bin)
    return fail(
      "NoBinaries",
      `no embedded PostgreSQL for ${process.platform}-${process.arch}; set DATABASE_URL instead`,
    )
  const unwritable = makeWritable(dataDir)
  if (unwritable) return fail("NotWritable", `DATA_DIR ${dataDir} can't be written: ${unwritable}`)
  const cluster = join(dataDir, "postgres")
  const claimed = claim(dataDir)
  if ("heldBy" in claimed) {
    const port = options.share ? runningPort(cluster) : null
    if (port !== null) return ok(addresses(readSecret(dataDir), port, ""))
    return fail("InUse", `DATA_DIR ${dataDir} is used by another Alternat, process ${claimed.heldBy}`)
  }

  const leftover = await stopLeftover(cluster)
  if (leftover) {
    claimed.release()
    return fail("InUse", `a PostgreSQL that can't be stopped is running in ${cluster}, process ${leftover.stillRuns}`)
  }
  const secret = readSecret(dataDir)
  const runAs = chooseRunAs()
  closeToOthers(dataDir, { passable: runAs.needsPath, except: "postgres" })
  const initError = existsSync(join(cluster, "PG_VERSION")) ? null : initialise(bin, cluster, dataDir, secret, runAs)
  if (initError) {
    claimed.release()
    return fail("InitFailed", `the database could not be made in ${cluster}: ${initError}`)
  }
  if (runAs.owner) giveTo(cluster, runAs.owner)
  const started = await startOnFreePort(bin, cluster, runAs, options)
  if (!started.ok) {
    claimed.release()
    return fail("StartFailed", `the database did not start: ${started.error}`)
  }
  const server = started.value
  const stop = once(async () => {
    await server.stop()
    claimed.release()
  })
  const reached = addresses(secret, server.port, server.query)
  try {
    await makeDatabase(reached.adminUrl, secret)
  } catch (error) {
    await stop()
    return fail("StartFailed", `the database did not answer: ${errorText(error)}`)
  }
  return ok({ ...reached, stop, died: server.died })
}

/** Who may use the server, as addresses. Stopping it is not among what they give. */
function addresses(secret: string, port: number, query: string): EmbeddedPostgres {
  const url = (user: string, database = DATABASE) =>
    `postgres://${user}:${password(secret, user)}@127.0.0.1:${port}/${database}${query}`
  return {
    urls: { owner: url(OWNER), app: url(ROLES[0]), sync: url(ROLES[1]), auth: url(ROLES[2]) },
    adminUrl: url("postgres", "postgres"),
    stop: async () => undefined,
    died: new Promise(() => undefined),
  }
}

function makeWritable(dir: string): string | null {
  try {
    makeDirectory(dir)
    accessSync(dir, constants.W_OK)
    // root passes every access check; a read-only file system shows only when one writes
    writeFileSync(join(dir, ".writable"), "")
    rmSync(join(dir, ".writable"))
    return null
  } catch (error) {
    return (error as NodeJS.ErrnoException).code ?? errorText(error)
  }
}

/** Not mkdir's own recursion: that never returns where a parent exists and refuses with ENOENT, as /proc does. */
function makeDirectory(dir: string): void {
  if (existsSync(dir)) return
  if (dirname(dir) !== dir) makeDirectory(dirname(dir))
  mkdirSync(dir, { mode: 0o700 })
}

function readSecret(dataDir: string): string {
  const file = join(dataDir, "postgres-secret")
  if (!existsSync(file)) writeFileSync(file, randomBytes(32).toString("hex"), { mode: 0o600 })
  return readFileSync(file, "utf8").trim()
}

const password = (secret: string, user: string): string => createHmac("sha256", secret).update(user).digest("hex")

function initialise(bin: string, cluster: string, dataDir: string, secret: string, runAs: RunAs): string | null {
  // a half-made cluster has no PG_VERSION yet: start over
  rmSync(cluster, { recursive: true, force: true })
  mkdirSync(cluster, { mode: 0o700 })
  const passwordFile = join(dataDir, "postgres-initdb")
  writeFileSync(passwordFile, password(secret, "postgres"), { mode: 0o600 })
  if (runAs.owner) for (const path of [cluster, passwordFile]) chownSync(path, runAs.owner.uid, runAs.owner.gid)
  const args = ["-D", cluster, "-U", "postgres", "--auth=scram-sha-256", `--pwfile=${passwordFile}`]
  const locale = ["--encoding=UTF8", "--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C"]
  const [program = "", ...rest] = [...runAs.prefix, join(bin, "initdb"), ...args, ...locale]
  const made = spawnSync(program, rest, { encoding: "utf8", cwd: "/" })
  rmSync(passwordFile, { force: true })
  if (made.status === 0) return null
  rmSync(cluster, { recursive: true, force: true })
  return lastLine(made.stderr || made.stdout || made.error?.message || "initdb failed")
}

interface Server {
  readonly port: number
  /** the query of its addresses: the Unix socket, where its path fits */
  readonly query: string
  readonly died: Promise<string>
  stop(): Promise<void>
}

/** A port that was free a moment ago may be taken now: three tries. */
async function startOnFreePort(
  bin: string,
  cluster: string,
  runAs: RunAs,
  options: EmbeddedOptions,
): Promise<Result<Server, string>> {
  for (let attempt = 1; ; attempt++) {
    const started = await start(bin, cluster, await freePort(), runAs, options)
    if (started.ok || attempt === 3 || !/could not bind|already in use/i.test(started.error)) return started
  }
}

/**
 * What people write stands in statements, their parameters and the details of errors, and a log is read by others. An
 * error of a statement is told to whoever asked, and to nobody else: its very words may hold a value.
 */
const SAYS_NO_VALUES = [
  "log_error_verbosity=terse",
  "log_parameter_max_length=0",
  "log_parameter_max_length_on_error=0",
  "log_min_error_statement=panic",
  "log_min_messages=log",
  "log_statement=none",
  "log_min_duration_statement=-1",
  "log_min_duration_sample=-1",
  "debug_print_parse=off",
  "debug_print_plan=off",
  "debug_print_rewritten=off",
]

async function start(
  bin: string,
  cluster: string,
  port: number,
  runAs: RunAs,
  options: EmbeddedOptions,
): Promise<Result<Server, string>> {
  const withSocket = process.platform !== "win32" && cluster.length <= LONGEST_SOCKET_DIR
  const settings = [
    "listen_addresses=127.0.0.1",
    `unix_socket_directories=${withSocket ? cluster : ""}`,
    "max_connections=100",
    "shared_buffers=64MB",
    "logging_collector=off",
    "log_destination=stderr",
    ...SAYS_NO_VALUES,
    ...(options.fsync ? [] : ["fsync=off", "synchronous_commit=off", "full_page_writes=off"]),
  ].flatMap((setting) => ["-c", setting])
  const [program = "", ...args] = [
    ...runAs.prefix,
    join(bin, "postgres"),
    "-D",
    cluster,
    "-p",
    String(port),
    ...settings,
  ]
  // A group of its own: Ctrl-C at the terminal must reach us first, we still have writes to flush.
  const child = spawn(program, args, {
    cwd: "/",
    detached: process.platform !== "win32",
    stdio: ["ignore", "ignore", "pipe"],
    // English messages, and nothing of ours in its environment
    ...(process.platform === "win32"
      ? {}
      : { env: { PATH: "/usr/local/bin:/usr/bin:/bin:/usr/sbin:/sbin", LC_ALL: "C" } }),
  })
  let words = ""
  const ended = new Promise<string>((done) => {
    child.once("error", (error) => done(errorText(error)))
    child.once("exit", () => done(lastLine(words) || "it ended without a word"))
  })
  const ready = new Promise<true>((done) => {
    child.stderr.setEncoding("utf8").on("data", (text: string) => {
      words = (words + text).slice(-4_000)
      for (const line of text.split("\n")) if (line.trim()) options.log(line)
      if (words.includes("ready to accept connections")) done(true)
    })
  })
  const outcome = await Promise.race([ready, ended])
  if (outcome !== true) return err(outcome)
  let asked = false
  const died = new Promise<string>((done) => void ended.then((last) => (asked ? undefined : done(last))))
  const stop = async () => {
    asked = true
    await finish(child, ended)
  }
  return ok({ port, query: withSocket ? `?host=${encodeURIComponent(cluster)}` : "", died, stop })
}

/** Fast shutdown: clients are disconnected, everything is written; after ten seconds, harder. */
async function finish(child: ChildProcess, ended: Promise<string>): Promise<void> {
  child.kill("SIGINT")
  const harder = setTimeout(() => child.kill("SIGQUIT"), 10_000)
  await ended
  clearTimeout(harder)
}

/** The owner of the tables and the three roles under it; on every start, so that a half-made database is completed. */
async function makeDatabase(adminUrl: string, secret: string): Promise<void> {
  const sql = connect(adminUrl, { role: null, max: 1 })
  try {
    const roles = await sql<{ name: string }[]>`select rolname as name from pg_roles`
    for (const role of [OWNER, ...ROLES].filter((role) => !roles.some(({ name }) => name === role)))
      await sql.unsafe(
        `create role ${role} login nosuperuser nocreatedb nocreaterole nobypassrls password '${password(secret, role)}'`,
      )
    const [made] = await sql`select 1 from pg_database where datname = ${DATABASE}`
    if (!made) await sql.unsafe(`create database ${DATABASE} owner ${OWNER}`)
  } finally {
    await sql.end({ timeout: 5 })
  }
}

const freePort = (): Promise<number> =>
  new Promise((done, failed) => {
    const probe = createServer()
      .once("error", failed)
      .listen(0, "127.0.0.1", () => {
        const address = probe.address()
        probe.close(() => done(typeof address === "object" && address ? address.port : 0))
      })
  })

const lastLine = (text: string): string =>
  text
    .trim()
    .split("\n")
    .filter((line) => /FATAL|error|could not|HINT/i.test(line))
    .at(-1) ??
  text.trim().split("\n").at(-1) ??
  ""

function once(fn: () => Promise<void>): () => Promise<void> {
  let running: Promise<void> | null = null
  return () => (running ??= fn())
}
