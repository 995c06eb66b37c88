// Many quiet rooms: what an edit costs where no two share a room, what an open room holds in memory, and what is left of
// rooms that have closed.
import { setTimeout as pause } from "node:timers/promises"
import { HISTORY_CLIENT } from "./sync/arrivals.ts"
import { Client } from "./sync/client.ts"
import type { BenchRoom, Contender } from "./sync/contender.ts"
import { compete, takeTurns, warmUp } from "./sync/contest.ts"
import { roomUpdate, writeHistory, writeLetters } from "./sync/letters.ts"
import { syncMessage, UPDATE } from "./sync/messages.ts"
import { readSyncOptions } from "./sync/options.ts"
import type { Usage } from "./sync/servers/serve.ts"
import type { Figures } from "./sync/table.ts"
import { typeTogether } from "./sync/typing.ts"

const ROOMS = 500
const EDITS = 2000
/** longer than our rooms stay after their last client, and Hocuspocus' store waits */
const IDLE_MS = 26_000
const options = readSyncOptions()
const seconds = options.quick ? 4 : 10
const rounds = options.rounds ?? (options.quick ? 1 : 3)
const WARM_UP_ROUNDS = options.quick ? 1 : 4
const heldRooms = options.quick ? 100 : ROOMS
const closedRooms = options.quick ? 500 : 5000
const seed = roomUpdate(2)
const letters = writeLetters(seed, 2, seconds + 1)
const history = writeHistory(seed, EDITS, HISTORY_CLIENT)
/** processor time in a second, beneath which nothing is being done */
const AT_REST_MS = 30
const wants = (part: string): boolean => options.cell === null || options.cell === part

async function typeSlowly(contender: Contender): Promise<Figures> {
  const rooms = await contender.openRooms({ count: ROOMS, clients: 2, seed })
  const typed = await typeTogether({ contender, rooms, perRoom: 2, letters, perSecond: 1, warmUp: 1 })
  return {
    "server's CPU per delivery, µs": (typed.cpuMs * 1000) / typed.delivered,
    "PostgreSQL's CPU per delivery, µs": (typed.databaseCpuMs * 1000) / typed.delivered,
    "p50, ms": typed.p50,
    "p99, ms": typed.p99,
    "not delivered": typed.undelivered,
    "clients it closed": typed.closed,
  }
}

const come = async (contender: Contender, rooms: readonly BenchRoom[], client: number): Promise<readonly Client[]> => {
  const clients = rooms.map((room) => new Client({ contender, room, client }))
  await Promise.all(clients.map((one) => one.ready))
  return clients
}
const leave = (clients: readonly Client[]): void => {
  for (const client of clients) client.close()
}

/** Where there is a storage the rooms come from it, into a process that has not made them. */
async function holdRooms(contender: Contender): Promise<Figures> {
  const isStored = contender.database !== null
  if (!isStored) await restart(contender)
  const empty = isStored ? null : await afterWarmUp(contender)
  const rooms = await contender.openRooms({ count: heldRooms, clients: 2, seed, history })
  if (isStored) {
    // whoever opens a long log first makes its snapshot
    const first = await come(contender, rooms, 0)
    for (const room of rooms) room.release()
    leave(first)
    await pause(3000)
    await comesToRest(contender)
    await restart(contender)
  }
  const base = empty ?? (await afterWarmUp(contender))
  const clients = [...(await come(contender, rooms, 0)), ...(await come(contender, rooms, 1))]
  for (const room of rooms) room.release()
  await pause(6000)
  const quiet = await contender.process.collect()
  const [letter] = letters[0] ?? []
  if (!letter) throw new Error("broken invariant: letters were written")
  for (const client of clients.slice(0, heldRooms)) client.socket.send(client.frame(syncMessage(UPDATE, letter)))
  await pause(3000)
  const written = await contender.process.collect()
  leave(clients)
  await pause(500)
  const perRoom = (usage: Usage): number => (usage.heldBytes - base.heldBytes) / 1024 / heldRooms
  return {
    "memory of an open room, KB": perRoom(quiet),
    "the same when one has written, KB": perRoom(written),
    "RSS with no room open, MB": base.rssBytes / 2 ** 20,
    "RSS with all open, MB": quiet.rssBytes / 2 ** 20,
    "RSS when one has written in each, MB": written.rssBytes / 2 ** 20,
  }
}

/** Five hundred snapshots take their time on a slow machine, and a room without one holds its log. */
async function comesToRest({ process }: Contender): Promise<void> {
  for (let before = Number.NEGATIVE_INFINITY; ; await pause(1000)) {
    const { cpuMs } = await process.usage()
    if (cpuMs - before < AT_REST_MS) return
    before = cpuMs
  }
}

async function restart(contender: Contender): Promise<void> {
  await contender.process.stop()
  await contender.start()
}

/** What a process holds that has served, and serves nobody now. */
async function afterWarmUp(contender: Contender): Promise<Usage> {
  const rooms = await contender.openRooms({ count: 20, clients: 2, seed })
  const clients = await come(contender, rooms, 0)
  for (const room of rooms) room.release()
  leave(clients)
  await pause(1000)
  return contender.process.collect()
}

/** Waves of rooms that open, get an edit and close. */
async function closeRooms(contender: Contender): Promise<Figures> {
  await restart(contender)
  // what the first rooms leave is what any work leaves
  for (let done = 0; done < 1000; done += 250) await wave(contender, 250)
  await pause(IDLE_MS)
  const base = await contender.process.collect()
  const left = await afterWaves(contender)
  const again = await afterWaves(contender)
  const rooms = `${closedRooms.toLocaleString("en")} rooms that have closed`
  return {
    [`left by ${rooms}, MB`]: (left.rssBytes - base.rssBytes) / 2 ** 20,
    "of it on the heap, MB": (left.heapBytes - base.heapBytes) / 2 ** 20,
    "left by as many again, MB": (again.rssBytes - left.rssBytes) / 2 ** 20,
  }
}

async function afterWaves(contender: Contender): Promise<Usage> {
  for (let done = 0; done < closedRooms; done += 250) await wave(contender, 250)
  await pause(IDLE_MS)
  return contender.process.collect()
}

async function wave(contender: Contender, count: number): Promise<void> {
  const rooms = await contender.openRooms({ count, clients: 1, seed })
  const clients = await come(contender, rooms, 0)
  for (const room of rooms) room.release()
  const [letter] = letters[0] ?? []
  for (const client of clients) if (letter) client.socket.send(client.frame(syncMessage(UPDATE, letter)))
  await pause(500)
  leave(clients)
}

await compete(
  {
    scenario: "documents",
    about: `${ROOMS} rooms × 2 clients × 1 letter a second, ${seconds} s, ${rounds} rounds in turn after ${WARM_UP_ROUNDS} that are not counted; then memory of ${heldRooms} rooms with ${EDITS.toLocaleString("en")} edits each, after a full collection of garbage in all servers alike; then ${closedRooms.toLocaleString("en")} rooms opened, written in and closed.`,
    servers: ["ours", "y-websocket", "hocuspocus", "relay"],
    options,
  },
  async (contenders, table) => {
    if (wants("typing")) {
      await warmUp(contenders, WARM_UP_ROUNDS, typeSlowly)
      await takeTurns(contenders, rounds, typeSlowly, table, "typing")
    }
    if (wants("memory")) await takeTurns(contenders, options.quick ? 1 : 2, holdRooms, table, "memory")
    const ours = contenders.filter(({ name }) => name === "ours")
    if (wants("closing")) await takeTurns(ours, 1, closeRooms, table, "closing")
  },
)
