// What the commit of one letter costs by itself, with nobody connected: beneath it no delivery can go that is durable first.
import { setTimeout as pause } from "node:timers/promises"
import { createStore, type DatabaseUrls, parseRoomName } from "@alternat/store"
import { openSql } from "./harness/open-sql.ts"
import { openDatabase } from "./harness/postgres.ts"
import { percentile, type Row, readOptions, report } from "./harness/report.ts"
import { HISTORY_CLIENT } from "./sync/arrivals.ts"
import { roomUpdate, writeHistory } from "./sync/letters.ts"
import { OurRooms } from "./sync/our-rooms.ts"

const options = readOptions()
const rounds = options.quick ? 1 : 5
const each = options.quick ? 100 : 400
/** as far apart as the letters of fifty people who type five a second */
const PACE_MS = 4

const database = await openDatabase()
const rooms = await OurRooms.open(database)
const seed = roomUpdate(1)
const [room] = await rooms.create({ count: 1, clients: 1, seed })
const doc = room && parseRoomName(room.name)?.doc
if (!doc) throw new Error("broken invariant: a room was wanted")
const [letter] = writeHistory(seed, 1, HISTORY_CLIENT)
if (!letter) throw new Error("broken invariant: a letter was wanted")

const request = { doc, rulesRev: 1, updates: [{ author: "bench-0", bytes: letter }], newClients: [] }
const commitsTo = (urls: DatabaseUrls) => {
  const store = createStore({ urls })
  return { close: () => store.close(), run: () => store.log.append([request]) }
}
const hastyAddress = new URL(database.urls.sync)
hastyAddress.searchParams.set("synchronous_commit", "off")
const durable = commitsTo(database.urls)
const hasty = commitsTo({ ...database.urls, sync: hastyAddress.href })
const sql = openSql(database.urls.sync)
const questions: Readonly<Record<string, () => Promise<unknown>>> = {
  "a question about nothing": () => sql`select 1`,
  "a letter, not waiting for the disk": hasty.run,
  "a letter": durable.run,
}

const rows = new Map<string, number[]>()
const note = (figure: string, value: number) => rows.set(figure, [...(rows.get(figure) ?? []), value])
for (let round = 0; round <= rounds; round++)
  for (const paceMs of [PACE_MS, 0])
    for (const [name, ask] of Object.entries(questions)) {
      const times: number[] = []
      const before = database.cpuMs()
      for (let n = 0; n < each; n++) {
        if (paceMs > 0) await pause(paceMs)
        const began = performance.now()
        await ask()
        times.push(performance.now() - began)
      }
      // the first round is for learning
      if (round === 0) continue
      const when = paceMs > 0 ? `every ${paceMs} ms` : "at once"
      note(`${name}, ${when}: p50`, percentile(times, 50))
      note(`${name}, ${when}: p99`, percentile(times, 99))
      note(`${name}, ${when}: PostgreSQL's CPU`, (database.cpuMs() - before) / each)
    }

await Promise.all([sql.end(), durable.close(), hasty.close(), rooms.close()])
await database.close()
report(
  "commit",
  `one letter a commit, ${each} of them, ${rounds} rounds; PostgreSQL with fsync; no peer`,
  [...rows].map(([figure, ours]): Row => ({ figure, unit: "ms", ours, peer: null })),
  options,
)
