import { performance } from "node:perf_hooks"
import { setTimeout as pause } from "node:timers/promises"
import { Arrivals } from "./arrivals.ts"
import { Client } from "./client.ts"
import { Histogram } from "./histogram.ts"
import type { BenchRoom, Contender } from "./contender.ts"
import { syncMessage, UPDATE } from "./messages.ts"

/** How long a server may take to deliver what is left when the typing has ended. */
const PATIENCE_MS = 8000

export interface Crowd {
  readonly contender: Contender
  readonly rooms: readonly BenchRoom[]
  /** in each room; all of them read, and each writes into a clause of its own */
  readonly perRoom: number
  /** by writer within a room */
  readonly letters: readonly (readonly Uint8Array[])[]
  readonly perSecond: number
  /** called at every letter, after it was sent */
  readonly besides?: (client: Client, writer: number, letter: number) => void
}

export interface Typed {
  readonly delivered: number
  readonly undelivered: number
  readonly p50: number
  readonly p99: number
  /** of the server alone */
  readonly cpuMs: number
  readonly databaseCpuMs: number
  readonly rssBytes: number
  readonly seconds: number
  /** how late the generator sent a letter, at most */
  readonly lateMs: number
  /** share of the time that the generator was busy: near 1 it was the limit, and not the server */
  readonly generatorLoad: number
  readonly awarenessFrames: number
}

/** Everybody comes, types at an even rate, and waits until all of it has arrived everywhere. */
export async function typeTogether(crowd: Crowd): Promise<Typed> {
  const { contender, rooms, perRoom, letters } = crowd
  const each = letters[0]?.length ?? 0
  const latencies = new Histogram()
  const arrivals = rooms.map(() => new Arrivals(perRoom, each, perRoom, latencies))
  const clients = rooms.map((room, r) =>
    Array.from(
      { length: perRoom },
      (_, i) =>
        new Client({
          contender,
          room,
          client: i,
          onUpdate: (update, step) => {
            if (step === "live") arrivals[r]?.arrived(i, i, update)
          },
        }),
    ),
  )
  await Promise.all(clients.flat().map((client) => client.ready))
  for (const room of rooms) room.release()
  const frames = clients.map((room) =>
    room.map((client, w) => (letters[w] ?? []).map((update) => client.frame(syncMessage(UPDATE, update)))),
  )
  await pause(300)
  const result = await measure(crowd, clients, arrivals, frames)
  for (const client of clients.flat()) client.close()
  await pause(200)
  return result
}

async function measure(
  crowd: Crowd,
  clients: readonly (readonly Client[])[],
  arrivals: readonly Arrivals[],
  frames: readonly (readonly (readonly Buffer[])[])[],
): Promise<Typed> {
  const { contender, rooms, perRoom } = crowd
  const each = frames[0]?.[0]?.length ?? 0
  const database = () => contender.database?.cpuMs() ?? 0
  const [before, databaseBefore, elu] = [
    await contender.process.usage(),
    database(),
    performance.eventLoopUtilization(),
  ]
  const began = performance.now()
  const lateMs = await type(crowd, clients, arrivals, frames)
  const seconds = (performance.now() - began) / 1000
  const generatorLoad = performance.eventLoopUtilization(elu).utilization
  const expected = rooms.length * perRoom * (perRoom - 1) * each
  const delivered = () => arrivals.reduce((sum, one) => sum + one.delivered, 0)
  const deadline = performance.now() + PATIENCE_MS
  while (delivered() < expected && performance.now() < deadline) await pause(5)
  const after = await contender.process.usage()
  const gone = clients.flat().find((client) => client.socket.closed !== null)
  if (gone) throw new Error(`${contender.name} closed a client with ${gone.socket.closed}`)
  return {
    delivered: delivered(),
    undelivered: expected - delivered(),
    p50: arrivals[0]?.latencies.percentile(50) ?? Number.NaN,
    p99: arrivals[0]?.latencies.percentile(99) ?? Number.NaN,
    cpuMs: after.cpuMs - before.cpuMs,
    databaseCpuMs: database() - databaseBefore,
    rssBytes: after.rssBytes,
    seconds,
    lateMs,
    generatorLoad,
    awarenessFrames: clients.flat().reduce((sum, client) => sum + client.awarenessFrames, 0),
  }
}

/** Spread evenly over time and writers, as people are. */
async function type(
  { rooms, perRoom, perSecond, besides }: Crowd,
  clients: readonly (readonly Client[])[],
  arrivals: readonly Arrivals[],
  frames: readonly (readonly (readonly Buffer[])[])[],
): Promise<number> {
  const writers = rooms.length * perRoom
  const total = writers * (frames[0]?.[0]?.length ?? 0)
  const start = performance.now()
  let lateMs = 0
  for (let n = 0; n < total; ) {
    const now = performance.now()
    const due = Math.min(total, Math.ceil(((now - start) / 1000) * writers * perSecond))
    if (due > n) lateMs = Math.max(lateMs, now - start - (n * 1000) / (writers * perSecond))
    for (; n < due; n++) {
      const [letter, who] = [Math.floor(n / writers), n % writers]
      // rooms in turn, so that the two of one room don't write at the same moment
      const [room, writer] = [who % rooms.length, Math.floor(who / rooms.length)]
      const client = clients[room]?.[writer]
      const frame = frames[room]?.[writer]?.[letter]
      if (!client || !frame) throw new Error("broken invariant: every writer has a frame for every letter")
      arrivals[room]?.sent(writer, letter)
      client.socket.send(frame)
      besides?.(client, writer, letter)
    }
    await pause(1)
  }
  return lateMs
}
