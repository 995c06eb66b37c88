// An awareness storm: everybody's caret moves with every letter. What does it cost, and do the letters still come?
import { moveCaret } from "./sync/carets.ts"
import type { Client } from "./sync/client.ts"
import type { Contender } from "./sync/contender.ts"
import { compete, takeTurns, warmUp } from "./sync/contest.ts"
import { roomUpdate, writeLetters } from "./sync/letters.ts"
import { readSyncOptions } from "./sync/options.ts"
import type { Figures } from "./sync/table.ts"
import { typeTogether } from "./sync/typing.ts"

const WRITERS = 50
const PER_SECOND = 10
const options = readSyncOptions()
const seconds = options.quick ? 2 : 8
const rounds = options.rounds ?? (options.quick ? 1 : 3)
const seed = roomUpdate(WRITERS)
const letters = writeLetters(seed, WRITERS, PER_SECOND * seconds)

/** The first place was taken before the first letter. */
const follow = (client: Client, writer: number, letter: number): void => moveCaret(client, writer, letter + 1)

async function round(contender: Contender): Promise<Figures> {
  const type = async (besides?: typeof follow) => {
    const rooms = await contender.openRooms({ count: 1, clients: WRITERS, seed })
    return typeTogether({
      contender,
      rooms,
      perRoom: WRITERS,
      letters,
      perSecond: PER_SECOND,
      ...(besides && { besides }),
    })
  }
  const calm = await type()
  const storm = await type(follow)
  return {
    "server's CPU per delivery with carets, µs": (storm.cpuMs * 1000) / storm.delivered,
    "the same without, µs": (calm.cpuMs * 1000) / calm.delivered,
    "p99 of letters with carets, ms": storm.p99,
    "the same without, ms": calm.p99,
    "p99 with to without": storm.p99 / calm.p99,
    "p50 of letters with carets, ms": storm.p50,
    "awareness frames a reader gets a second": storm.awarenessFrames / WRITERS / storm.seconds,
    "not delivered": storm.undelivered + calm.undelivered,
    "clients it closed": storm.closed + calm.closed,
  }
}

await compete(
  {
    scenario: "awareness",
    about: `${WRITERS} writers = readers in one room, ${PER_SECOND} letters a second each with a caret for each letter, ${seconds} s, ${rounds} rounds in turn; all of one delegation, so that ours shows every caret to everybody, too.`,
    servers: ["ours", "y-websocket", "hocuspocus", "hocuspocus-10", "relay"],
    options,
  },
  async (contenders, table) => {
    await warmUp(contenders, 1, round)
    await takeTurns(contenders, rounds, round, table, "")
  },
)
