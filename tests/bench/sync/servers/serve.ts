// What every server under test does beside serving: tells what it has used, and ends.
import type { AddressInfo, Server } from "node:net"
import { getHeapStatistics } from "node:v8"

export interface Usage {
  /** user and system time of the process with all its threads, in milliseconds */
  readonly cpuMs: number
  readonly rssBytes: number
  /** RSS without the pages of the heap that are free: V8 keeps them for what comes, by rules of its own */
  readonly heldBytes: number
  /** of its objects, without what lies outside of the heap */
  readonly heapBytes: number
}

/** Listens on a free port, tells it, and answers the benchmark until it is told to stop. */
export function serve(server: Pick<Server, "listen" | "address">, stop: () => Promise<void>): void {
  process.on("message", (message) => {
    if (message === "usage") process.send?.(usage())
    else if (message === "collect") {
      // twice: what the first run finalises, the second one frees
      globalThis.gc?.()
      globalThis.gc?.()
      process.send?.(usage())
    } else void stop().then(() => process.exit(0))
  })
  // the benchmark is gone: nobody will say stop
  process.on("disconnect", () => process.exit(0))
  // of a thousand that come at once none is turned away by the system, to try again a second later
  server.listen({ port: 0, host: "127.0.0.1", backlog: 4096 }, () =>
    process.send?.({ port: (server.address() as AddressInfo).port }),
  )
}

function usage(): Usage {
  const { user, system } = process.cpuUsage()
  const { total_physical_size: pages, used_heap_size: heapBytes } = getHeapStatistics()
  const rssBytes = process.memoryUsage.rss()
  return { cpuMs: (user + system) / 1000, rssBytes, heldBytes: rssBytes - pages + heapBytes, heapBytes }
}
