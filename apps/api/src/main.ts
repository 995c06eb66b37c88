import type { Server } from "node:http"
import path from "node:path"
import { fileURLToPath, pathToFileURL } from "node:url"
import { errorPlace } from "@alternat/room"
import { createAuth, createStore, migrate, urlsFor } from "@alternat/store"
import { createAdaptorServer } from "@hono/node-server"
import { destination, pino } from "pino"
import { createAuthorshipThread } from "./authorship/authorship-thread.ts"
import { type ApiProcessConfig, ConfigError, environment, readConfig } from "./config.ts"
import { apiDeps, createApi } from "./create-api.ts"
import { demoAccounts } from "./demo/accounts.ts"
import { createExporter } from "./exports/create-exporter.ts"
import { createExportWorker } from "./exports/export-worker.ts"
import { toolsBeside } from "./exports/tools-beside.ts"
import { serveMetrics } from "./metrics-server.ts"
import { createPasswordThread } from "./passwords/password-thread.ts"
import { warnOfTellingLog } from "./telling-log.ts"

const MAX_UNWRITTEN_LOG_BYTES = 1 << 20

/** The API alone, one of any number on one PostgreSQL. Resolves when it has been told to stop and has. */
export async function serveApi(config: ApiProcessConfig, signal: AbortSignal): Promise<void> {
  const output = destination({ dest: 1, maxLength: MAX_UNWRITTEN_LOG_BYTES })
  // a full disk behind a redirection is no reason to stop serving
  output.on("error", () => undefined)
  const logger = pino({ level: config.logLevel }, output)
  const urls = urlsFor(config.databaseUrl)
  const migrated = await migrate(urls)
  if (!migrated.ok) throw new ConfigError(`DATABASE_URL: ${migrated.error.message}`)
  const { settings } = config
  await warnOfTellingLog(urls.owner, logger)
  const store = createStore({ urls })
  const auth = createAuth({
    url: urls.auth,
    secret: config.authSecret,
    baseUrl: settings.publicUrl,
    trustedOrigins: settings.trustedOrigins,
    addressHeader: "x-alternat-address",
    onError: (message, error) => logger.error({ error: errorPlace(error) }, message),
  })
  const demo = settings.demo ? demoAccounts : null
  const exporter = createExporter(await toolsBeside(path.dirname(fileURLToPath(import.meta.url))))
  const authorship = createAuthorshipThread(new URL("./authorship-worker.mjs", import.meta.url))
  const judgePassword = createPasswordThread(new URL("./password-worker.mjs", import.meta.url))
  const deps = apiDeps({ store, auth, settings, exporter, authorship, judgePassword, logger, demo })
  const worker = createExportWorker(deps)
  const server = createAdaptorServer({ fetch: createApi(deps).fetch }) as Server
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject)
    server.listen(config.port, config.host, resolve)
  })
  const scrapes = config.metricsAddress ? await serveMetrics(config.metricsAddress, deps.metrics.text) : null
  logger.info({ port: config.port }, "the API is listening")
  await new Promise<void>((resolve) => signal.addEventListener("abort", () => resolve(), { once: true }))
  const closed = new Promise((resolve) => server.close(resolve))
  server.closeAllConnections()
  await Promise.all([closed, worker.stop(), scrapes?.close()])
  await auth.close()
  await store.close()
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const stop = new AbortController()
  for (const name of ["SIGINT", "SIGTERM"] as const) process.once(name, () => stop.abort())
  try {
    await serveApi(readConfig(environment()), stop.signal)
  } catch (error) {
    process.stderr.write(`api: ${error instanceof Error ? error.message : String(error)}\n`)
    process.exitCode = 1
  }
}
