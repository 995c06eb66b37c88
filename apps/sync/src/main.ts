import { createHash, timingSafeEqual } from "node:crypto"
import { createServer, type ServerResponse } from "node:http"
import { hostRule } from "@alternat/room"
import { createStore, urlsFor } from "@alternat/store"
import { attachSync, LISTEN_BACKLOG } from "./attach-sync.ts"
import { configOfProcess } from "./config.ts"
import { createFoldThread } from "./fold-thread.ts"
import { jsonLogger } from "./json-logger.ts"
import { createRedisBus } from "./redis-bus.ts"

/** A sync server on its own; the API runs elsewhere on the same PostgreSQL. */
const config = configOfProcess()
if (!config.ok) {
  for (const problem of config.error) process.stderr.write(`${problem}\n`)
  process.exit(1)
}
// a full disk behind a redirection is no reason to stop serving
process.stderr.on("error", () => undefined)
const {
  DATABASE_URL,
  REDIS_URL,
  PORT,
  HOST,
  PUBLIC_URL,
  TRUST_PROXY,
  METRICS_TOKEN,
  METRICS_PORT,
  METRICS_HOST,
  LOG_LEVEL,
} = config.value
const logger = jsonLogger(LOG_LEVEL)
const store = createStore({ urls: urlsFor(DATABASE_URL) })
const bus = REDIS_URL === undefined ? null : createRedisBus(REDIS_URL, { logger })

/** The form of the API's own. Redis is reported, and never a reason not to be ready. */
async function readiness(): Promise<{ status: number; body: string }> {
  const database = await store.ping().then(
    ({ migrated }) => (migrated ? "ready" : "not migrated"),
    () => "away",
  )
  const status = database === "ready" ? "ready" : "not_ready"
  const parts = bus ? { redis: bus.state } : {}
  return { status: status === "ready" ? 200 : 503, body: JSON.stringify({ status, database, parts }) }
}

/** Off unless a token is set; compared in the same time whatever differs. */
function isBearer(authorization = ""): boolean {
  if (METRICS_TOKEN === undefined) return false
  const digest = (text: string) => createHash("sha256").update(text).digest()
  return timingSafeEqual(digest(authorization), digest(`Bearer ${METRICS_TOKEN}`))
}
const endMetrics = (response: ServerResponse): void =>
  void response.writeHead(200, { "content-type": "text/plain; version=0.0.4; charset=utf-8" }).end(sync.metrics())

const server = createServer((request, response) => {
  const end = (status: number, body = "", type = "text/plain; charset=utf-8"): void =>
    void response.writeHead(status, { "content-type": type }).end(body)
  if (request.url === "/healthz") end(200, "ok")
  else if (request.url === "/readyz") void readiness().then(({ status, body }) => end(status, body, "application/json"))
  else if (request.url === "/metrics" && isBearer(request.headers.authorization)) endMetrics(response)
  else end(404)
})
const sync = attachSync(server, {
  log: store.log,
  feed: store.feed,
  tickets: store.tickets,
  bus,
  // the build lays it beside this program
  fold: createFoldThread(new URL("./fold-worker.mjs", import.meta.url)),
  config: {
    trustProxy: TRUST_PROXY,
    hosts: hostRule({
      host: HOST,
      publicUrl: PUBLIC_URL ?? `http://${HOST.includes(":") ? `[${HOST}]` : HOST}:${PORT}`,
    }),
  },
  logger,
})
server.listen({ port: PORT, host: HOST, backlog: LISTEN_BACKLOG }, () =>
  logger.info("sync server is ready", { host: HOST, port: PORT }),
)

const scrapes =
  METRICS_PORT === undefined
    ? null
    : createServer((request, response) => {
        if (request.url === "/metrics") endMetrics(response)
        else response.writeHead(404).end()
      }).listen({ port: METRICS_PORT, host: METRICS_HOST })

const stop = async (): Promise<void> => {
  scrapes?.close()
  await sync.close()
  await bus?.close()
  server.close()
  await store.close()
}
for (const signal of ["SIGTERM", "SIGINT"] as const) process.once(signal, () => void stop())
