// One writer comes back with much to say: as fast as the socket takes it, until one reader has all of it.
import { performance } from "node:perf_hooks"
import { setTimeout as pause } from "node:timers/promises"
import { Arrivals } from "./sync/arrivals.ts"
import { Client } from "./sync/client.ts"
import type { Contender } from "./sync/contender.ts"
import { compete, takeTurns, warmUp } from "./sync/contest.ts"
import { Histogram } from "./sync/histogram.ts"
import { roomUpdate, writeLetters } from "./sync/letters.ts"
import { syncMessage, UPDATE } from "./sync/messages.ts"
import { readSyncOptions } from "./sync/options.ts"
import type { Figures } from "./sync/table.ts"

const EDITS = 20_000
const options = readSyncOptions()
const rounds = options.rounds ?? (options.quick ? 2 : 7)
const seed = roomUpdate(1)
const [letters = []] = writeLetters(seed, 1, EDITS)

async function round(contender: Contender): Promise<Figures> {
  const [room] = await contender.openRooms({ count: 1, clients: 2, seed })
  if (!room) throw new Error("broken invariant: one room was asked for")
  const arrivals = new Arrivals(1, EDITS, 2, new Histogram())
  let isThere: (at: number) => void = () => undefined
  const all = new Promise<number>((resolve) => (isThere = resolve))
  const writer = new Client({ contender, room, client: 0 })
  const reader = new Client({
    contender,
    room,
    client: 1,
    onUpdate: (update) => {
      arrivals.arrived(1, -1, update)
      if (arrivals.has(1, 0) === EDITS) isThere(performance.now())
    },
  })
  await Promise.all([writer.ready, reader.ready])
  room.release()
  const frames = letters.map((update) => writer.frame(syncMessage(UPDATE, update)))
  await pause(300)
  const [before, began] = [await contender.process.usage(), performance.now()]
  for (const frame of frames) if (!writer.socket.send(frame)) await writer.socket.drained()
  const ended = await all
  const after = await contender.process.usage()
  for (const client of [writer, reader]) client.close()
  await pause(500)
  return {
    "until the reader has all, ms": ended - began,
    "server's CPU, ms": after.cpuMs - before.cpuMs,
    "frames the reader got": reader.socket.framesIn,
  }
}

await compete(
  {
    scenario: "replay",
    about: `${EDITS.toLocaleString("en")} edits of one writer to one reader, each a frame of its own, ${rounds} rounds in turn.`,
    servers: ["ours", "y-websocket", "hocuspocus", "hocuspocus-10", "relay"],
    options,
  },
  async (contenders, table) => {
    await warmUp(contenders, 1, round)
    await takeTurns(contenders, rounds, round, table, "")
  },
)
