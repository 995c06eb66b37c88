// What a reader has seen and is gone after the server was killed, or its database fell: the promise is none.
import { setTimeout as pause } from "node:timers/promises"
import * as Y from "yjs"
import { FIRST_CLIENT } from "./sync/arrivals.ts"
import { Client } from "./sync/client.ts"
import type { BenchRoom, Contender } from "./sync/contender.ts"
import { compete, takeTurns } from "./sync/contest.ts"
import { roomUpdate, writeLetters } from "./sync/letters.ts"
import { readSyncOptions } from "./sync/options.ts"
import type { Figures } from "./sync/table.ts"
import { type Gathering, gather, type } from "./sync/typing.ts"

const WRITERS = 10
const PER_SECOND = 20
const options = readSyncOptions()
const kills = options.rounds ?? (options.quick ? 3 : 50)
const falls = options.rounds ?? (options.quick ? 1 : 10)
const peerRounds = Math.min(5, falls)
const seed = roomUpdate(WRITERS)
const letters = writeLetters(seed, WRITERS, PER_SECOND * 5)

/** By writer, how many letters have reached at least one other person. */
const deliveredOf = ({ arrivals: [arrivals] }: Gathering): readonly number[] =>
  Array.from({ length: WRITERS }, (_, writer) =>
    Math.max(...Array.from({ length: WRITERS }, (_, reader) => arrivals?.has(reader, writer) ?? 0)),
  )

/** By writer, how many a newcomer gets; asks until the server answers. */
async function keptOf(contender: Contender, room: BenchRoom): Promise<readonly number[]> {
  for (;;) {
    const parts: Uint8Array[] = []
    const onUpdate = (update: Uint8Array) => void parts.push(update.slice())
    const reader = new Client({ contender, room, client: WRITERS, onUpdate })
    try {
      await reader.ready
    } catch {
      // not up again yet
      await pause(50)
      continue
    }
    reader.close()
    const doc = new Y.Doc()
    for (const part of parts) Y.applyUpdate(doc, part)
    const kept = Array.from({ length: WRITERS }, (_, writer) => Y.getState(doc.store, FIRST_CLIENT + writer))
    doc.destroy()
    return kept
  }
}

/** `disturb` ends when whatever was brought down is up again. */
async function round(contender: Contender, n: number, disturb: () => Promise<void>): Promise<Figures> {
  const rooms = await contender.openRooms({ count: 1, clients: WRITERS + 1, seed })
  const [room] = rooms
  if (!room) throw new Error("broken invariant: one room was asked for")
  const gathering = await gather({ contender, rooms, perRoom: WRITERS, letters, perSecond: PER_SECOND })
  let isOver = false
  const typing = type(gathering, { stopped: () => isOver })
  // another moment each time: in a commit, between two, with more or fewer letters under way
  await pause(600 + ((n * 137) % 900))
  await disturb()
  isOver = true
  await typing
  const delivered = deliveredOf(gathering)
  const kept = await keptOf(contender, room)
  for (const client of gathering.clients.flat()) client.close()
  const lost = delivered.reduce((sum, count, writer) => sum + Math.max(0, count - (kept[writer] ?? 0)), 0)
  return { "letters delivered": delivered.reduce((sum, count) => sum + count, 0), "of them lost": lost }
}

const kill = (contender: Contender, n: number): Promise<Figures> =>
  round(contender, n, async () => {
    await contender.process.kill()
    await contender.start()
  })

const fall = (contender: Contender, n: number): Promise<Figures> =>
  round(contender, n, async () => {
    const goOn = await contender.database?.crash()
    await pause(300)
    await goOn?.()
  })

const summed = async (rounds: number, one: (n: number) => Promise<Figures>): Promise<Figures> => {
  const sum: Record<string, number> = { rounds }
  for (let n = 0; n < rounds; n++)
    for (const [figure, value] of Object.entries(await one(n))) sum[figure] = (sum[figure] ?? 0) + value
  return sum
}

await compete(
  {
    scenario: "durability",
    about: `${WRITERS} writers = readers, ${WRITERS * PER_SECOND} letters a second in all. A letter is lost when another client has received it and a newcomer afterwards does not get it. Sums over all rounds.`,
    servers: ["ours", "y-websocket", "hocuspocus"],
    options,
  },
  async (contenders, table) => {
    const roundsOf = ({ name }: Contender, most: number) => (name === "ours" ? most : Math.min(most, peerRounds))
    await takeTurns(
      contenders,
      1,
      (one) => summed(roundsOf(one, kills), (n) => kill(one, n)),
      table,
      "SIGKILL of the server",
    )
    const stored = contenders.filter(({ database }) => database !== null)
    await takeTurns(
      stored,
      1,
      (one) => summed(roundsOf(one, falls), (n) => fall(one, n)),
      table,
      "immediate stop of PostgreSQL",
    )
  },
)
