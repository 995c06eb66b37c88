import { describe, expect, test } from "vitest"
import * as Y from "yjs"
import { memoryLog } from "./memory-log.ts"
import { CLOSE } from "./protocol.ts"
import { openHub, replay, setUpHub, textUpdate } from "./test-support/one-hub.ts"
import { bearer, pause, until, WireClient } from "./test-support/wire-client.ts"

describe("the log moves by itself", () => {
  test("[ROOM10] an act's update reaches everybody, and edits go on under the new rules", async () => {
    const { log, client } = setUpHub()
    const [ann, ben] = [client("ann"), client("ben")]
    await until(() => ann.synced && ben.synced)
    ann.text("a").insert(0, "x")
    await until(() => ben.text("a").toJSON() === "x")
    log.act("doc", { update: textUpdate("by the server", "b").bytes, rules: { closedClauses: new Set(["b"]) } })
    await until(() => [ann, ben].every((c) => c.text("b").toJSON() === "by the server"))
    ben.text("a").insert(1, "y")
    await until(() => ann.text("a").toJSON() === "xy")
    ben.text("b").insert(0, "no")
    await until(() => ben.closed?.code === CLOSE.rejected)
  })

  test("[ROOM11] two nodes on one log converge, whoever writes and in whatever order news arrives", async () => {
    const log = memoryLog()
    log.create({ doc: "doc" })
    const nodes = [1, 2].map(() => openHub({ log, feed: log }))
    const clients = nodes.flatMap((hub, n) => [1, 2].map((i) => new WireClient(hub, `u${n}${i}`).connect()))
    await until(() => clients.every((c) => c.synced))
    for (let i = 0; i < 80; i++) {
      const c = clients[i % 4]
      c?.text("a").insert(c.text("a").length >> 1, `${i},`)
      if (i % 7 === 0) await pause(1)
    }
    await until(() => clients.every((c) => c.acked === 21))
    await until(() => new Set(clients.map((c) => c.text("a").toJSON())).size === 1)
    expect(await replay(log)).toBe(clients[0]?.text("a").toJSON())
    expect(clients.every((c) => c.closed === null)).toBe(true)
  })

  test("[ROOM49] news that comes while a room is being read is not missed: an edit of another node, an act, a new epoch", async () => {
    const { log, hub } = setUpHub()
    const load = log.load.bind(log)
    let meanwhile = (): void => undefined
    log.load = async (doc) => {
      const stored = await load(doc)
      meanwhile()
      // the news of it is here before the answer, which does not know it yet
      await pause(5)
      return stored
    }
    meanwhile = () => log.act("doc", { update: textUpdate("an act").bytes })
    const ann = new WireClient(hub, "ann").connect()
    await until(() => ann.text("a").toJSON() === "an act")
    log.create({ doc: "other" })
    meanwhile = () => log.raiseEpoch("other")
    const ben = new WireClient(hub, "ben", { bearer: bearer("ben", { doc: "other" }), epoch: 1 }).connect()
    await until(() => ben.closed !== null)
    expect(ben.closed?.code).toBe(CLOSE.wrongEpoch)
  })

  test("[ROOM12] a room that lags behind a compaction sends what its clients lack", async () => {
    const { log, client } = setUpHub()
    const ann = client("ann")
    await until(() => ann.synced)
    const elsewhere = textUpdate("compacted", "b")
    await log.append([
      { doc: "doc", rulesRev: 1, updates: [{ author: "ben", bytes: elsewhere.bytes }], newClients: [] },
    ])
    const readAfter = log.readAfter.bind(log)
    log.readAfter = async (doc, seq) => (await readAfter(doc, seq)).filter((entry) => entry.seq > 1)
    await log.compact("doc", {
      seq: 1,
      state: elsewhere.bytes,
      stateVector: Y.encodeStateVector(elsewhere.doc),
    })
    await until(() => ann.text("b").toJSON() === "compacted")
  })

  test("[ROOM13] a new epoch closes the room with 4409 and the epoch's number; the old name is refused", async () => {
    const { log, client } = setUpHub()
    const ann = client("ann", { epoch: 1 })
    await until(() => ann.synced)
    log.raiseEpoch("doc")
    await until(() => ann.closed !== null)
    expect(ann.closed?.code).toBe(CLOSE.wrongEpoch)
    await until(() => ann.notices.some((notice) => notice.type === "epoch" && notice.epoch === 2))
    const stale = client("ben", { epoch: 1 })
    await until(() => stale.closed?.code === CLOSE.wrongEpoch)
    const fresh = client("ben", { epoch: 2 })
    await until(() => fresh.synced)
  })
})
