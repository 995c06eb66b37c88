// Everybody comes at once, as after a restart or a break in the network: until all are in sync.
import { performance } from "node:perf_hooks"
import { setTimeout as pause } from "node:timers/promises"
import { HISTORY_CLIENT } from "./sync/arrivals.ts"
import { Client } from "./sync/client.ts"
import type { Contender } from "./sync/contender.ts"
import { compete, takeTurns, warmUp } from "./sync/contest.ts"
import { roomUpdate, writeHistory } from "./sync/letters.ts"
import { readSyncOptions } from "./sync/options.ts"
import type { Figures } from "./sync/table.ts"

const ROOMS = 100
const PER_ROOM = 10
const EDITS = 100
const options = readSyncOptions()
const rounds = options.rounds ?? (options.quick ? 2 : 5)
/** until those who have made the rooms have stored them, Hocuspocus last of all, and storing is in nobody's time */
const AT_REST_MS = 3000
const WARM_UP_ROUNDS = options.quick ? 1 : 5
const seed = roomUpdate(PER_ROOM)
const history = writeHistory(seed, EDITS, HISTORY_CLIENT)

async function round(contender: Contender): Promise<Figures> {
  const rooms = await contender.openRooms({ count: ROOMS, clients: PER_ROOM, seed, history })
  await pause(AT_REST_MS)
  const database = () => contender.database?.cpuMs() ?? 0
  const [before, databaseBefore, began] = [await contender.process.usage(), database(), performance.now()]
  const clients = Array.from({ length: PER_ROOM }, (_, client) =>
    rooms.map((room) => new Client({ contender, room, client })),
  ).flat()
  await Promise.all(clients.map((client) => client.ready))
  const ended = performance.now()
  const after = await contender.process.usage()
  const least = Math.min(...clients.map((client) => client.firstBytes))
  if (least < seed.length && contender.name !== "relay")
    throw new Error(`${contender.name} gave a first sync of ${least} bytes`)
  for (const room of rooms) room.release()
  for (const client of clients) client.close()
  await pause(1000)
  return {
    "until all are in sync, ms": ended - began,
    "server's CPU, ms": after.cpuMs - before.cpuMs,
    "PostgreSQL's CPU, ms": database() - databaseBefore,
    "RSS of the server, MB": after.rssBytes / 2 ** 20,
  }
}

await compete(
  {
    scenario: "storm",
    about: `${(ROOMS * PER_ROOM).toLocaleString("en")} clients come to ${ROOMS} rooms of ${(seed.length / 1024).toFixed(0)} KB and ${EDITS} edits at once, ${rounds} rounds in turn after ${WARM_UP_ROUNDS} that are not counted. Ours looks up ${(ROOMS * PER_ROOM).toLocaleString("en")} tickets and reads the rooms from storage; the peers ask nobody and have them in memory; the relay has nothing to give.`,
    servers: ["ours", "y-websocket", "hocuspocus", "hocuspocus-10", "relay"],
    options,
  },
  async (contenders, table) => {
    await warmUp(contenders, WARM_UP_ROUNDS, round)
    await takeTurns(contenders, rounds, round, table, "")
  },
)
