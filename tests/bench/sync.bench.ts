// Fan-out on one room: every writer reads all others. Ours judges every update and commits it to disk before anyone
// sees it; the peer keeps everything in memory and lets everybody do everything.
import { setTimeout as pause } from "node:timers/promises"
import { CAST } from "@alternat/testkit"
import { percentile, readOptions, report } from "./harness/report.ts"
import { clauseOf, WRITERS } from "./sync/room.ts"
import { type ServerProcess, startServer } from "./sync/server-process.ts"
import { Deliveries, Writer } from "./sync/writer.ts"

const PER_SECOND = 10
const options = readOptions()
const seconds = options.quick ? 3 : 10
const rounds = options.quick ? 2 : 3

interface Round {
  readonly cpu: number
  readonly cpuWithDatabase: number
  readonly p50: number
  readonly p99: number
  readonly delivered: number
}

async function run(server: ServerProcess): Promise<Round> {
  const deliveries = new Deliveries()
  const writers = Array.from({ length: WRITERS }, (_, i) => {
    const { userId } = i % 2 === 0 ? CAST.drafterUs : CAST.drafterRu
    return new Writer(`${server.url}?ticket=${userId}`, clauseOf(i), deliveries)
  })
  await Promise.all(writers.map((writer) => writer.ready()))
  await pause(300)
  const before = await server.cpu()
  await Promise.all(writers.map(type))
  await pause(500)
  const after = await server.cpu()
  const refused = writers.find((writer) => writer.closed !== null)
  for (const writer of writers) writer.close()
  const { latencies } = deliveries
  const expected = WRITERS * (WRITERS - 1) * PER_SECOND * seconds
  if (refused || latencies.length !== expected)
    throw new Error(`${latencies.length} of ${expected} deliveries came; closed: ${refused?.closed}`)
  const cpu = after.server - before.server
  return {
    cpu: (cpu * 1000) / latencies.length,
    cpuWithDatabase: ((cpu + after.database - before.database) * 1000) / latencies.length,
    p50: percentile(latencies, 50),
    p99: percentile(latencies, 99),
    delivered: latencies.length,
  }
}

async function type(writer: Writer, index: number): Promise<void> {
  // spread over the tenth of a second, as people are
  const start = performance.now() + (index * 1000) / PER_SECOND / WRITERS
  for (let n = 0; n < PER_SECOND * seconds; n++) {
    await pause(Math.max(0, start + (n * 1000) / PER_SECOND - performance.now()))
    writer.type()
  }
}

const [ours, peer] = [await startServer("ours"), await startServer("peer")]
const figures: { ours: Round[]; peer: Round[] } = { ours: [], peer: [] }
for (let round = 0; round < rounds; round++) {
  figures.ours.push(await run(ours))
  figures.peer.push(await run(peer))
}
await Promise.all([ours.stop(), peer.stop()])

const row = (figure: string, unit: string, key: keyof Round) => ({
  figure,
  unit,
  ours: figures.ours.map((one) => one[key]),
  peer: figures.peer.map((one) => one[key]),
  against: "@y/websocket-server",
})
report(
  "sync",
  `${WRITERS} writers = readers × ${PER_SECOND}/s × ${seconds} s, one room, ${rounds} rounds in turn; ours durable and judged, the peer in memory`,
  [
    row("server's CPU per delivered update", "µs", "cpu"),
    row("the same with PostgreSQL's", "µs", "cpuWithDatabase"),
    row("latency p50", "ms", "p50"),
    row("latency p99", "ms", "p99"),
    row("delivered", "", "delivered"),
  ],
  options,
)
