// Two of our processes on one PostgreSQL: what it costs a letter to cross, and what the death of one loses.
import { setTimeout as pause } from "node:timers/promises"
import { redisProgram, startTestRedis, WITHOUT_REDIS } from "@alternat/testkit"
import type { Contender } from "./sync/contender.ts"
import { compete, takeTurns } from "./sync/contest.ts"
import { roomUpdate, writeLetters } from "./sync/letters.ts"
import { readSyncOptions } from "./sync/options.ts"
import type { ServerProcess } from "./sync/server-process.ts"
import type { Figures } from "./sync/table.ts"
import { gather, settle, type } from "./sync/typing.ts"

const PEOPLE = 20
const PER_SECOND = 10
const options = readSyncOptions()
const seconds = options.quick ? 2 : 8
const rounds = options.rounds ?? (options.quick ? 1 : 5)
const seed = roomUpdate(PEOPLE)
// every second person writes, and every other one reads: with two nodes, each letter counted has crossed
const letters = writeLetters(seed, PEOPLE, PER_SECOND * seconds)

async function latency(contender: Contender, serverOf: (client: number) => ServerProcess): Promise<Figures> {
  const rooms = await contender.openRooms({ count: 1, clients: PEOPLE, seed })
  const crossesOnly = (reader: number, writer: number) => reader % 2 !== writer % 2
  const crowd = { contender, rooms, perRoom: PEOPLE, letters, perSecond: PER_SECOND, counts: crossesOnly }
  const gathering = await gather(crowd, serverOf)
  await type(gathering)
  const { delivered, expected } = await settle(gathering)
  for (const client of gathering.clients.flat()) client.close()
  await pause(200)
  const { latencies } = gathering
  return {
    "p50, ms": latencies.percentile(50),
    "p99, ms": latencies.percentile(99),
    "not delivered": expected - delivered,
  }
}

const redis = redisProgram === null ? null : await startTestRedis()
if (!redis) console.log(WITHOUT_REDIS)

await compete(
  {
    scenario: "nodes",
    about: `${PEOPLE} writers = readers in one room, ${PER_SECOND} letters a second each, ${seconds} s, ${rounds} rounds in turn; only letters between people of even and of odd number are timed, who sit at one node or at two.`,
    servers: ["ours"],
    options,
  },
  async (contenders, table) => {
    for (const contender of contenders) {
      const second = await contender.another()
      const onRedis = redis ? [await contender.another(redis.url), await contender.another(redis.url)] : []
      const stages = [
        { part: "one node", servers: [contender.process] },
        { part: "two nodes, PostgreSQL alone", servers: [contender.process, second] },
        ...(redis ? [{ part: "two nodes, Redis", servers: onRedis }] : []),
      ]
      const serverOf = (servers: readonly ServerProcess[]) => (client: number) =>
        servers[client % servers.length] ?? contender.process
      for (const { servers } of stages) await latency(contender, serverOf(servers))
      for (let n = 0; n < rounds; n++)
        for (const { part, servers } of stages)
          await takeTurns([contender], 1, (one) => latency(one, serverOf(servers)), table, part)
      for (const server of [second, ...onRedis]) await server.stop()
    }
    await redis?.close()
  },
)
