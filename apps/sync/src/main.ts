import { createServer } from "node:http"
import { createStore, urlsFor } from "@alternat/store"
import { attachSync } from "./attach-sync.ts"
import { configOfProcess } from "./config.ts"
import { createFoldThread } from "./fold-thread.ts"
import { jsonLogger } from "./json-logger.ts"

/** A sync server on its own; the API runs elsewhere on the same PostgreSQL. */
const config = configOfProcess()
if (!config.ok) {
  for (const problem of config.error) process.stderr.write(`${problem}\n`)
  process.exit(1)
}
const { DATABASE_URL, PORT, HOST, TRUST_PROXY, LOG_LEVEL } = config.value
const logger = jsonLogger(LOG_LEVEL)
const store = createStore({ urls: urlsFor(DATABASE_URL) })
const ready = (): Promise<number> =>
  store.ping().then(
    ({ migrated }) => (migrated ? 200 : 503),
    () => 503,
  )

const server = createServer((request, response) => {
  const end = (status: number, body = ""): void => void response.writeHead(status).end(body)
  if (request.url === "/healthz") end(200, "ok")
  else if (request.url === "/readyz") void ready().then(end)
  else if (request.url === "/metrics") end(200, sync.metrics())
  else end(404)
})
const sync = attachSync(server, {
  log: store.log,
  feed: store.feed,
  tickets: store.tickets,
  // the build lays it beside this program
  fold: createFoldThread(new URL("./fold-worker.mjs", import.meta.url)),
  config: { trustProxy: TRUST_PROXY },
  logger,
})
server.listen(PORT, HOST, () => logger.info("sync server is ready", { host: HOST, port: PORT }))

const stop = async (): Promise<void> => {
  await sync.close()
  server.close()
  await store.close()
}
for (const signal of ["SIGTERM", "SIGINT"] as const) process.once(signal, () => void stop())
