// Our server as an installation runs it: guard on, tickets looked up, every update in PostgreSQL before it is sent on.
import { createServer } from "node:http"
import { createStore, type DatabaseUrls } from "@alternat/store"
import { attachSync, createFoldThread, createRedisBus } from "@alternat/sync"
import { serve } from "./serve.ts"

const urls = JSON.parse(process.argv[2] ?? "") as DatabaseUrls
const store = createStore({ urls })
const server = createServer()
const redisUrl = process.argv[3]
const bus = redisUrl === undefined ? null : createRedisBus(redisUrl)
const sync = attachSync(server, {
  log: store.log,
  feed: store.feed,
  tickets: store.tickets,
  bus,
  // the benchmark builds it beside this program
  fold: createFoldThread(new URL("./fold-worker.mjs", import.meta.url)),
})
serve(server, async () => {
  await sync.close()
  await bus?.close()
  await store.close()
})
