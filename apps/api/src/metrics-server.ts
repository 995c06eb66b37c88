import { createServer } from "node:http"

export interface MetricsAddress {
  readonly host: string
  readonly port: number
}

/** `/metrics` on a port of its own, for whoever may reach that port; nothing else is answered there. */
export async function serveMetrics(address: MetricsAddress, text: () => string): Promise<{ close(): Promise<void> }> {
  const server = createServer((request, response) => {
    if (request.method === "GET" && request.url === "/metrics")
      response.writeHead(200, { "content-type": METRICS_TYPE, "cache-control": "no-store" }).end(text())
    else response.writeHead(404).end()
  })
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject)
    server.listen(address, () => resolve())
  })
  return {
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

export const METRICS_TYPE = "text/plain; version=0.0.4; charset=utf-8"
