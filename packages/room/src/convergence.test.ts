import { describe, expect, test } from "vitest"
import * as Y from "yjs"
import { createHub } from "./hub.ts"
import type { Hub } from "./hub-face.ts"
import { memoryLog } from "./memory-log.ts"
import { seededRandom } from "./test-support/seeded-random.ts"
import { makeShadowJudge } from "./test-support/shadow-judge.ts"
import { pause, until, WireClient } from "./test-support/wire-client.ts"

const STEPS = 400
const CLIENTS = 5
const ROOTS = ["a", "b", "c"]

/** Clients on two nodes, with frames that wait, connections that break, a log that goes away, acts, compactions. */
async function run(seed: number): Promise<void> {
  const random = seededRandom(seed)
  const log = memoryLog()
  log.create({ doc: "doc" })
  const makeHub = (): Hub =>
    createHub({
      log,
      feed: log,
      tickets: { ended: async () => new Set() },
      makeJudge: makeShadowJudge,
      limits: {
        compactAfter: 40,
        compactEveryMs: 0,
        retryMinMs: 2,
        retryMaxMs: 5,
        idleRoomMs: 1,
        revocationSweepMs: 5,
      },
    })
  const hubs = [makeHub(), makeHub()]
  const clients = Array.from({ length: CLIENTS }, (_, i) => {
    const hub = hubs[i % 2]
    if (!hub) throw new Error("no hub")
    return new WireClient(hub, `u${i}`, { flowing: false }).connect()
  })
  const act = (): void => {
    const server = new Y.Doc()
    server.getText("acts").insert(0, "!")
    log.act("doc", { update: Y.encodeStateAsUpdate(server) })
  }

  for (let step = 0; step < STEPS; step++) {
    const client = clients[random.below(CLIENTS)]
    if (!client) continue
    const text = client.text(ROOTS[random.below(ROOTS.length)] ?? "a")
    const dice = random.below(100)
    if (dice < 25) text.insert(random.below(text.length + 1), String.fromCharCode(97 + random.below(26)))
    else if (dice < 35 && text.length > 0) text.delete(random.below(text.length), 1)
    else if (dice < 60) client.moveOut()
    else if (dice < 85) client.moveIn()
    else if (dice < 88) client.drop()
    else if (dice < 92 && !client.connected) client.connect()
    else if (dice < 94) log.away = !log.away && random.chance(0.5)
    else if (dice < 95) act()
    if (random.chance(0.15)) await pause(0)
  }

  log.away = false
  const settle = (): boolean => {
    for (const client of clients) {
      if (!client.connected) client.connect()
      while (client.outbox.length > 0) client.moveOut()
      while (client.inbox.length > 0) client.moveIn()
    }
    const vectors = clients.map((client) => Buffer.from(Y.encodeStateAsUpdate(client.doc)).length)
    return clients.every((client) => client.synced && client.acked >= 1) && new Set(vectors).size === 1 && quiet()
  }
  const quiet = (): boolean => hubs.every((hub) => hub.stats().pendingUpdates === 0 && !hub.stats().storageAway)
  await until(() => settle() && same(clients), `seed ${seed} to settle`, 5000)

  const entries = await log.readAfter("doc", 0)
  expect(entries.map((entry) => entry.seq)).toEqual(entries.map((_, i) => i + 1))
  const replayed = new Y.Doc()
  for (const entry of entries) Y.applyUpdate(replayed, entry.bytes)
  for (const root of [...ROOTS, "acts"]) {
    const texts = new Set([...clients.map((client) => client.text(root).toJSON()), replayed.getText(root).toJSON()])
    expect([...texts]).toHaveLength(1)
  }
  expect(hubs.map((hub) => hub.stats().refusals)).toEqual([0, 0])
  await Promise.all(hubs.map((hub) => hub.close()))
}

const same = (clients: readonly WireClient[]): boolean =>
  [...ROOTS, "acts"].every((root) => new Set(clients.map((client) => client.text(root).toJSON())).size === 1)

describe("convergence", () => {
  for (const seed of [1, 2, 3, 4, 5, 6, 7, 8, 20091105, 17062010]) {
    test(
      `[ROOM38] whatever the network and the storage do, all clients and the log end with one text, seed ${seed}`,
      () => run(seed),
      20_000,
    )
  }
})
