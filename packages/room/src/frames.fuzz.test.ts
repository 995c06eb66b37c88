import { describe, expect, test } from "vitest"
import * as Y from "yjs"
import { createHub } from "./hub.ts"
import { memoryLog } from "./memory-log.ts"
import { DEFAULT_LIMITS } from "./limits.ts"
import { decodeMessage, encodeAwareness, encodeStep1, encodeStep2, encodeUpdate } from "./protocol.ts"
import { seededRandom } from "./test-support/seeded-random.ts"
import { smallDocument } from "./test-support/small-document.ts"
import { pause, until, WireClient } from "./test-support/wire-client.ts"

const ROUNDS = 1500

function goodFrames(): Uint8Array[] {
  const doc = new Y.Doc()
  Y.applyUpdate(doc, smallDocument({ c1: "One." }))
  const updates: Uint8Array[] = []
  doc.on("update", (update: Uint8Array) => updates.push(update))
  doc.getMap("terms").set("binding", true)
  doc.getText("x").insert(0, "abc")
  return [
    encodeStep1(Y.encodeStateVector(doc)),
    encodeStep2(Y.encodeStateAsUpdate(doc)),
    ...updates.map(encodeUpdate),
    encodeAwareness([{ clientId: doc.clientID, clock: 3, state: { user: { name: "ann" }, cursor: null } }]),
    Uint8Array.from([3]),
    Uint8Array.from([2, 0, 1, 65]),
  ]
}

describe("hostile bytes", () => {
  test("[ROOM39] mutated and random frames are refused or harmless: no throw, nothing in the log but what the guard took, others unharmed", async () => {
    const random = seededRandom(4711)
    const log = memoryLog()
    const initial = smallDocument({ c1: "One." })
    log.create({ doc: "doc", updates: [{ author: "server", bytes: initial }] })
    log.act("doc", { rules: { frozen: true } })
    const hub = createHub({ log, feed: log, tickets: { ended: async () => new Set() } })
    const witness = new WireClient(hub, "witness").connect()
    await until(() => witness.synced)
    const seeds = goodFrames()
    for (let round = 0; round < ROUNDS; round++) {
      const client = new WireClient(hub, `fuzz${round % 7}`, {}).connect()
      for (let i = 0; i < 4 && client.connected; i++) client.send(mutated(seeds, random))
      if (round % 50 === 0) await pause(1)
      client.drop()
    }
    await until(() => hub.stats().pendingUpdates === 0, "the queue to empty", 10_000)
    expect((await log.load("doc"))?.headSeq).toBe(1)
    expect(witness.closed).toBeNull()
    expect(hub.stats().sockets).toBe(1)
    await hub.close()
  }, 60_000)

  test("[ROOM40] lengths that lie are held against the frame before anything is read by them", () => {
    const lying = Uint8Array.from([0, 2, 0xff, 0xff, 0xff, 0xff, 0x07, 1, 2])
    expect(decodeMessage(lying, DEFAULT_LIMITS)).toEqual({ ok: false, error: { type: "malformed", what: "length" } })
    // the same bytes in the middle of a larger buffer: what lies behind them is not theirs
    const pool = new Uint8Array(1000).fill(65)
    pool.set([0, 2, 100, 1, 2], 10)
    expect(decodeMessage(pool.subarray(10, 15), DEFAULT_LIMITS).ok).toBe(false)
    const manyEntries = Uint8Array.from([1, 5, 0xff, 0xff, 0xff, 0xff, 0x07])
    expect(decodeMessage(manyEntries, DEFAULT_LIMITS)).toEqual({ ok: false, error: { type: "tooLarge" } })
  })
})

function mutated(seeds: readonly Uint8Array[], random: ReturnType<typeof seededRandom>): Uint8Array {
  if (random.chance(0.1)) return Uint8Array.from({ length: random.below(60) }, () => random.below(256))
  const frame = (seeds[random.below(seeds.length)] ?? new Uint8Array()).slice()
  for (let i = random.below(4); i >= 0; i--) {
    const at = random.below(frame.length)
    if (random.chance(0.5)) frame[at] = random.below(256)
    else frame[at] = (frame[at] ?? 0) ^ (1 << random.below(8))
  }
  return random.chance(0.2) ? frame.slice(0, random.below(frame.length)) : frame
}
