// A sync server that holds little: what takes minutes of load at the real bounds happens here at once.
import { createServer } from "node:http"
import { createStore, urlsFor } from "@alternat/store"
import { attachSync } from "@alternat/sync"

const [url = "", port = "0", maxPendingBytes = "0"] = process.argv.slice(2)
const store = createStore({ urls: urlsFor(url) })
const server = createServer((request, response) => {
  response.writeHead(request.url === "/readyz" || request.url === "/metrics" ? 200 : 404)
  response.end(request.url === "/metrics" ? sync.metrics() : "")
})
const sync = attachSync(server, {
  log: store.log,
  feed: store.feed,
  tickets: store.tickets,
  config: { limits: { maxPendingBytes: Number(maxPendingBytes) } },
})
server.listen(Number(port), "127.0.0.1")
