import type { Server } from "node:http"
import { createServer, type Server as NetServer } from "node:net"
import path from "node:path"
import {
  apiDeps,
  createApi,
  createAuthorshipThread,
  createExporter,
  createExportWorker,
  createMetrics,
  createPasswordThread,
  createSettings,
  demoAccounts,
  type Logger,
  type MetricsAddress,
  securityHeaders,
  seedDemo,
  serveMetrics,
  toolsBeside,
  warnOfTellingLog,
} from "@alternat/api"
import { errorPlace, type NodeBus } from "@alternat/room"
import { createAuth } from "@alternat/store"
import { attachSync, createFoldThread, LISTEN_BACKLOG } from "@alternat/sync"
import { createAdaptorServer } from "@hono/node-server"
import { destination, pino } from "pino"
import { openBus, roomLogger } from "../bus.ts"
import { CommandError } from "../command-error.ts"
import { type Config, readConfig } from "../config.ts"
import { type OpenDatabase, openDatabase } from "../database.ts"
import { diskState } from "../disk-state.ts"
import { starterOf, untilStopped } from "../lifecycle.ts"
import { authSecret } from "../secret.ts"
import { programFolder, serveInterface } from "../web-files.ts"

/** `alternat start`: the whole product on one port, until it is told to stop. */
export async function start(_args: readonly string[], env: NodeJS.ProcessEnv): Promise<number> {
  const config = readConfig(env)
  surviveLostOutput()
  const logger = pino({ level: config.logLevel, redact: ["req.headers.cookie"] }, logOutput())
  const starter = starterOf({ ppid: () => process.ppid, isFromNpm: env["npm_lifecycle_event"] !== undefined })
  const bus = openBus(config.redisUrl, logger)
  try {
    return await run(config, { bus, logger, starter })
  } finally {
    await bus?.close()
  }
}

/** A terminal that is gone, or a full disk behind a redirection, is no reason to stop serving. */
function surviveLostOutput(): void {
  for (const stream of [process.stdout, process.stderr]) stream.on("error", () => undefined)
}

const MAX_UNWRITTEN_LOG_BYTES = 1 << 20

function logOutput(): ReturnType<typeof destination> {
  const output = destination({ dest: 2, maxLength: MAX_UNWRITTEN_LOG_BYTES })
  output.on("error", () => undefined)
  return output
}

interface Surroundings {
  readonly bus: NodeBus | null
  readonly logger: Logger
  readonly starter: ReturnType<typeof starterOf>
}

async function run(config: Config, around: Surroundings): Promise<number> {
  const life = untilStopped(around.starter)
  await refuseTakenPort(config)
  const database = await openDatabase(config)
  try {
    if (config.databaseUrl !== null) await warnOfTellingLog(database.urls.owner, around.logger)
    const running = await serve(config, database, around)
    process.stdout.write(`Alternat is ready at ${running.url}\n`)
    const lost = await Promise.race([life.stopped.then(() => null), database.died])
    await running.close()
    if (lost !== null)
      throw new CommandError(`the database server has ended: ${lost}; what was saved is safe, start again`)
    return 0
  } finally {
    await database.close()
    life.release()
  }
}

async function serve(
  config: Config,
  { store, urls }: OpenDatabase,
  { bus, logger }: Surroundings,
): Promise<{ readonly url: string; close(): Promise<void> }> {
  const settings = createSettings({
    publicUrl: config.publicUrl,
    host: config.host,
    demo: config.demo,
    ticketTtlMs: config.ticketTtlMs,
    trustedProxies: config.trustedProxies,
    metricsToken: config.metricsToken,
  })
  const auth = createAuth({
    url: urls.auth,
    secret: await authSecret(config),
    baseUrl: config.publicUrl,
    trustedOrigins: [...settings.trustedOrigins],
    addressHeader: "x-alternat-address",
    onError: (message, error) => logger.error({ error: errorPlace(error) }, message),
  })
  if (config.demo) await seedDemo({ store, auth })
  const metrics = createMetrics()
  const deps = apiDeps({
    store,
    auth,
    settings,
    exporter: createExporter(await toolsBeside(programFolder)),
    authorship: createAuthorshipThread(path.join(programFolder, "authorship-worker.mjs")),
    judgePassword: createPasswordThread(path.join(programFolder, "password-worker.mjs")),
    logger,
    demo: config.demo ? demoAccounts : null,
    metrics: { ...metrics, text: () => metrics.text() + sync.metrics() },
    extraHealth: async () => ({
      ...(bus ? { redis: bus.state } : {}),
      ...(config.databaseUrl === null ? { disk: await diskState(config.dataDir) } : {}),
    }),
  })
  const app = createApi(deps)
  await serveInterface(app, (page) => securityHeaders(settings, page))
  const worker = createExportWorker(deps)
  const server = createAdaptorServer({ fetch: app.fetch }) as Server
  const sync = attachSync(server, {
    log: store.log,
    feed: store.feed,
    tickets: store.tickets,
    bus,
    fold: createFoldThread(path.join(programFolder, "fold-worker.mjs")),
    config: { trustProxy: config.trustedProxies, hosts: settings.hosts },
    logger: roomLogger(logger),
  })
  await listen(server, config)
  const scrapes = config.metricsAddress ? await openMetrics(config.metricsAddress, deps.metrics.text) : null
  return {
    url: config.publicUrl.endsWith(":0") ? addressOf(server) : config.publicUrl,
    close: async () => {
      await scrapes?.close()
      await sync.close()
      await closeServer(server)
      await worker.stop()
      await auth.close()
    },
  }
}

function openMetrics(address: MetricsAddress, text: () => string): ReturnType<typeof serveMetrics> {
  return serveMetrics(address, text).catch((error: NodeJS.ErrnoException) => {
    throw new CommandError(`METRICS_PORT: ${listenProblem(error, address.host, address.port)}`)
  })
}

/** Asked before a database is started for nothing. */
async function refuseTakenPort(config: Config): Promise<void> {
  const probe = createServer()
  await listen(probe, config)
  await new Promise((resolve) => probe.close(resolve))
}

async function listen(server: NetServer, { host, port }: Config): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    server.once("error", (error: NodeJS.ErrnoException) => reject(new CommandError(listenProblem(error, host, port))))
    server.listen({ port, host, backlog: LISTEN_BACKLOG }, () => resolve())
  })
}

function listenProblem(error: NodeJS.ErrnoException, host: string, port: number): string {
  if (error.code === "EADDRINUSE")
    return `port ${port} on ${host} is in use; stop the program that holds it, or set PORT to another`
  if (error.code === "EACCES") return `port ${port} needs more rights than this user has; set PORT to one above 1023`
  if (error.code === "EADDRNOTAVAIL" || error.code === "ENOTFOUND")
    return `${host} is not an address of this machine; set HOST`
  return `cannot listen on ${host}:${port}: ${error.message}`
}

function addressOf(server: Server): string {
  const address = server.address()
  return typeof address === "object" && address ? `http://127.0.0.1:${address.port}` : ""
}

/** Lets running requests end, but no longer than it takes: event streams never end by themselves. */
async function closeServer(server: Server): Promise<void> {
  const closed = new Promise((resolve) => server.close(resolve))
  server.closeIdleConnections()
  setTimeout(() => server.closeAllConnections(), 1000).unref()
  await closed
}
