import { performance } from "node:perf_hooks"
import { setTimeout as pause } from "node:timers/promises"
import { Arrivals } from "./arrivals.ts"
import { placeCarets } from "./carets.ts"
import { Client, type ClientOptions } from "./client.ts"
import type { BenchRoom, Contender } from "./contender.ts"
import { Histogram } from "./histogram.ts"
import { syncMessage, UPDATE } from "./messages.ts"
import type { ServerProcess } from "./server-process.ts"

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
  /** whose letters at whom are timed; absent: everybody's at everybody else */
  readonly counts?: (reader: number, writer: number) => boolean
  /** letters of each that are sent before anything is measured; they are not in the figures */
  readonly warmUp?: number
  /** called at every letter, after it was sent */
  readonly besides?: (client: Client, writer: number, letter: number) => void
}

export interface Typed {
  readonly delivered: number
  readonly undelivered: number
  /** clients whose sockets the server has closed: it was overrun, and what they would have got late is in no figure */
  readonly closed: number
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

/** The crowd in its rooms, all in sync, and what each will send. */
export interface Gathering {
  readonly crowd: Crowd
  readonly clients: readonly (readonly Client[])[]
  readonly arrivals: readonly Arrivals[]
  readonly frames: readonly (readonly (readonly Buffer[])[])[]
  readonly latencies: Histogram
}

/** Everybody comes, types at an even rate, and waits until all of it has arrived everywhere. */
export async function typeTogether(crowd: Crowd): Promise<Typed> {
  const gathering = await gather(crowd)
  const result = await measure(gathering)
  for (const client of gathering.clients.flat()) client.close()
  await pause(200)
  return result
}

/** `servers`: who of a room is at which process; absent: all at the contender's one. */
export async function gather(crowd: Crowd, servers?: (client: number) => ServerProcess): Promise<Gathering> {
  const { contender, rooms, perRoom, letters } = crowd
  const latencies = new Histogram()
  const arrivals = rooms.map(() => new Arrivals(perRoom, letters[0]?.length ?? 0, perRoom, latencies, crowd.counts))
  const clients = rooms.map((room, r) =>
    Array.from({ length: perRoom }, (_, i) => {
      const onUpdate: ClientOptions["onUpdate"] = (update, step) => {
        if (step === "live") arrivals[r]?.arrived(i, i, update)
      }
      const process = servers?.(i) ?? contender.process
      return new Client({ contender: { dialect: contender.dialect, process }, room, client: i, onUpdate })
    }),
  )
  await Promise.all(clients.flat().map((client) => client.ready))
  for (const room of rooms) room.release()
  const frames = clients.map((room) =>
    room.map((client, w) => (letters[w] ?? []).map((update) => client.frame(syncMessage(UPDATE, update)))),
  )
  await placeCarets(clients)
  return { crowd, clients, arrivals, frames, latencies }
}

async function measure(gathering: Gathering): Promise<Typed> {
  const { contender, warmUp = 0 } = gathering.crowd
  const { clients, latencies } = gathering
  if (warmUp > 0) await type(gathering, { to: warmUp })
  const warm = await settle(gathering, warmUp)
  latencies.clear()
  const database = () => contender.database?.cpuMs() ?? 0
  const awarenessFrames = () => clients.flat().reduce((sum, client) => sum + client.awarenessFrames, 0)
  const framesBefore = awarenessFrames()
  const before = await contender.process.usage()
  const databaseBefore = database()
  const [began, elu] = [performance.now(), performance.eventLoopUtilization()]
  const lateMs = await type(gathering, { from: warmUp })
  const seconds = (performance.now() - began) / 1000
  const generatorLoad = performance.eventLoopUtilization(elu).utilization
  const all = await settle(gathering)
  const [delivered, expected] = [all.delivered - warm.delivered, all.expected - warm.expected]
  const after = await contender.process.usage()
  const closed = clients.flat().filter((client) => client.socket.closed !== null)
  if (contender.name === "ours" && closed.length > 0)
    throw new Error(`ours closed a client with ${closed[0]?.socket.closed}`)
  return {
    delivered,
    undelivered: expected - delivered,
    closed: closed.length,
    p50: latencies.percentile(50),
    p99: latencies.percentile(99),
    cpuMs: after.cpuMs - before.cpuMs,
    databaseCpuMs: database() - databaseBefore,
    rssBytes: after.rssBytes,
    seconds,
    lateMs,
    generatorLoad,
    awarenessFrames: awarenessFrames() - framesBefore,
  }
}

/** Waits for what is under way, but not for ever: a server that is overrun may take minutes. */
export async function settle(
  { crowd, arrivals, frames }: Gathering,
  letters = frames[0]?.[0]?.length ?? 0,
): Promise<{ delivered: number; expected: number }> {
  const { rooms, perRoom } = crowd
  const expected = rooms.length * perRoom * (perRoom - 1) * letters
  const delivered = () => arrivals.reduce((sum, one) => sum + one.delivered, 0)
  const deadline = performance.now() + PATIENCE_MS
  while (delivered() < expected && performance.now() < deadline) await pause(5)
  return { delivered: delivered(), expected }
}

export interface Part {
  /** of each writer's letters, the first and the one after the last */
  readonly from?: number
  readonly to?: number
  /** ends it early */
  readonly stopped?: () => boolean
}

/** Spread evenly over time and writers, as people are. Gives how late a letter was at most. */
export async function type(gathering: Gathering, part: Part = {}): Promise<number> {
  const { from = 0, to = gathering.frames[0]?.[0]?.length ?? 0, stopped = () => false } = part
  const { rooms, perRoom, perSecond } = gathering.crowd
  const writers = rooms.length * perRoom
  const total = writers * (to - from)
  const start = performance.now()
  let lateMs = 0
  for (let n = 0; n < total && !stopped(); ) {
    const now = performance.now()
    const due = Math.min(total, Math.ceil(((now - start) / 1000) * writers * perSecond))
    if (due > n) lateMs = Math.max(lateMs, now - start - (n * 1000) / (writers * perSecond))
    for (; n < due; n++) {
      const [letter, who] = [from + Math.floor(n / writers), n % writers]
      // rooms in turn, so that those of one room don't write at the same moment
      sendLetter(gathering, { room: who % rooms.length, writer: Math.floor(who / rooms.length), letter })
    }
    await pause(1)
  }
  return lateMs
}

function sendLetter(
  { crowd, clients, arrivals, frames }: Gathering,
  { room, writer, letter }: { room: number; writer: number; letter: number },
): void {
  const client = clients[room]?.[writer]
  const frame = frames[room]?.[writer]?.[letter]
  if (!client || !frame) throw new Error("broken invariant: every writer has a frame for every letter")
  arrivals[room]?.sent(writer, letter)
  client.socket.send(frame)
  crowd.besides?.(client, writer, letter)
}
