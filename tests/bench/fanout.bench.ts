// Fan-out on one room: everybody writes, and reads all others. Ours judges every update and commits it to disk before
// anyone sees it; the peers send on first.

import type { Contender } from "./sync/contender.ts"
import { compete, takeTurns, warmUp } from "./sync/contest.ts"
import { roomUpdate, writeLetters } from "./sync/letters.ts"
import { readSyncOptions } from "./sync/options.ts"
import type { Figures } from "./sync/table.ts"
import { type Typed, typeTogether } from "./sync/typing.ts"

const CELLS = ["50x5", "50x20", "50x60", "50x150", "200x5"]
const options = readSyncOptions()
const cells = options.cell ? [options.cell] : options.quick ? ["50x20", "50x150"] : CELLS
/** past it a relay that writes each update to each socket only measures the client */
const RELAY_UP_TO = 50 * 49 * 60
const seconds = options.quick ? 2 : 8
const rounds = options.rounds ?? (options.quick ? 1 : 3)

const figures = (typed: Typed): Figures => ({
  "server's CPU per delivery, µs": (typed.cpuMs * 1000) / typed.delivered,
  "PostgreSQL's CPU per delivery, µs": (typed.databaseCpuMs * 1000) / typed.delivered,
  "p50, ms": typed.p50,
  "p99, ms": typed.p99,
  "deliveries a second": Math.round(typed.delivered / typed.seconds),
  "not delivered 8 s after the end": typed.undelivered,
  "clients it closed": typed.closed,
  "RSS of the server, MB": typed.rssBytes / 2 ** 20,
  "generator busy, of 1": typed.generatorLoad,
  "generator late at most, ms": typed.lateMs,
})

await compete(
  {
    scenario: "fanout",
    about: `Writers = readers in one room, letters a second each, ${seconds} s, ${rounds} rounds in turn. Ours: guard and tickets on, durable before it is sent on.`,
    servers: ["ours", "y-websocket", "hocuspocus", "hocuspocus-10", "relay"],
    options,
  },
  async (contenders, table) => {
    for (const cell of cells) {
      const [writers = 0, perSecond = 0] = cell.split("x").map(Number)
      const isLight = writers * (writers - 1) * perSecond <= RELAY_UP_TO
      const here = contenders.filter(({ name }) => isLight || name !== "relay")
      const seed = roomUpdate(writers)
      const letters = writeLetters(seed, writers, perSecond * seconds)
      const round = async (contender: Contender): Promise<Figures> => {
        const rooms = await contender.openRooms({ count: 1, clients: writers, seed })
        return figures(await typeTogether({ contender, rooms, perRoom: writers, letters, perSecond }))
      }
      await warmUp(here, 1, round)
      await takeTurns(here, rounds, round, table, `${writers} writers × ${perSecond}/s`)
    }
  },
)
