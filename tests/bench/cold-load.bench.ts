// A long history, opened by the first reader of a server that has just started, and by the second.
import { performance } from "node:perf_hooks"
import { setTimeout as pause } from "node:timers/promises"
import * as Y from "yjs"
import { Client } from "./sync/client.ts"
import type { BenchRoom, Contender } from "./sync/contender.ts"
import { compete, takeTurns } from "./sync/contest.ts"
import { clauseOf, roomUpdate, textOf } from "./sync/letters.ts"
import { readSyncOptions } from "./sync/options.ts"
import type { Figures } from "./sync/table.ts"
import { readTrace, traceUpdates } from "./sync/trace.ts"

const options = readSyncOptions()
const rounds = options.rounds ?? (options.quick ? 2 : 9)
const seed = roomUpdate(1, 0)
const trace = readTrace(options.trace)
const { updates, text } = traceUpdates(seed, trace.patches)

/** Throws when the first sync is over before the whole text has come. */
async function read(contender: Contender, room: BenchRoom, client: number): Promise<{ ms: number; bytes: number }> {
  const parts: Uint8Array[] = []
  const began = performance.now()
  const onUpdate = (update: Uint8Array, step: "first" | "live") => void (step === "first" && parts.push(update.slice()))
  const reader = new Client({ contender, room, client, onUpdate })
  await reader.ready
  const ms = performance.now() - began
  const bytes = reader.socket.bytesIn
  const doc = new Y.Doc()
  for (const part of parts) Y.applyUpdate(doc, part)
  const isWhole = doc.getMap("clauses").size > 0 && textOf(doc, clauseOf(0)).toJSON() === text
  doc.destroy()
  if (!isWhole) throw new Error(`${contender.name}: a first sync of ${bytes} bytes was not the whole document`)
  reader.close()
  return { ms, bytes }
}

async function store(contender: Contender): Promise<BenchRoom> {
  const [room] = await contender.openRooms({ count: 1, clients: 2, seed, history: updates })
  if (!room) throw new Error("broken invariant: one room was asked for")
  if (contender.database === null) return room
  // whoever opens a long log first makes its snapshot
  await read(contender, room, 0)
  room.release()
  await pause(3000)
  return room
}

async function round(contender: Contender, room: BenchRoom): Promise<Figures> {
  if (contender.database !== null) {
    await contender.process.stop()
    await contender.start()
    await pause(500)
  }
  const first = await read(contender, room, 0)
  // until this process has put away what it has checked the first one's document with
  await pause(50)
  const second = await read(contender, room, 1)
  return {
    "first reader, ms": first.ms,
    "second reader, ms": second.ms,
    "bytes on the wire, first reader": first.bytes,
    "bytes on the wire, second reader": second.bytes,
  }
}

await compete(
  {
    scenario: "cold-load",
    about: `${trace.about}: ${trace.patches.length.toLocaleString("en")} edits in ${updates.length.toLocaleString("en")} updates, a text of ${text.length.toLocaleString("en")} letters; the server starts anew before each of ${rounds} rounds, but for @y/websocket-server, which stores nothing and has it in memory.`,
    servers: ["ours", "y-websocket", "hocuspocus"],
    options,
  },
  async (contenders, table) => {
    const rooms = new Map<Contender, BenchRoom>()
    for (const contender of contenders) rooms.set(contender, await store(contender))
    const roomOf = (contender: Contender): BenchRoom => {
      const room = rooms.get(contender)
      if (!room) throw new Error("broken invariant: every server has the room")
      return room
    }
    await takeTurns(contenders, rounds, (contender) => round(contender, roomOf(contender)), table, "")
  },
)
