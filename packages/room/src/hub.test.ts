import { afterEach, describe, expect, test, vi } from "vitest"
import * as Y from "yjs"
import { createHub } from "./hub.ts"
import type { Hub, HubOptions } from "./hub-face.ts"
import { memoryLog } from "./memory-log.ts"
import { CLOSE, encodeAwareness, encodeUpdate, KIND } from "./protocol.ts"
import { makeShadowJudge } from "./test-support/shadow-judge.ts"
import { bearer, pause, until, WireClient, type WireOptions } from "./test-support/wire-client.ts"
import type { AppendRequest } from "./update-log.ts"

const hubs: Hub[] = []
afterEach(async () => {
  await Promise.all(hubs.splice(0).map((hub) => hub.close()))
})

function setUp(options: Partial<HubOptions> = {}) {
  const log = memoryLog()
  log.create({ doc: "doc" })
  const hub = createHub({
    log,
    feed: log,
    tickets: { ended: async () => new Set() },
    makeJudge: makeShadowJudge,
    ...options,
  })
  hubs.push(hub)
  return { log, hub, client: (user: string, more: WireOptions = {}) => new WireClient(hub, user, more).connect() }
}

const textUpdate = (text: string, root = "a"): { bytes: Uint8Array; doc: Y.Doc } => {
  const doc = new Y.Doc()
  doc.getText(root).insert(0, text)
  return { bytes: Y.encodeStateAsUpdate(doc), doc }
}
const replay = async (log: ReturnType<typeof memoryLog>, root = "a"): Promise<string> => {
  const doc = new Y.Doc()
  for (const entry of await log.readAfter("doc", 0)) Y.applyUpdate(doc, entry.bytes)
  return doc.getText(root).toJSON()
}

describe("edits", () => {
  test("[ROOM1] nobody is sent, and nobody acknowledged, what is not in the log yet ([LOG1])", async () => {
    const { log, client } = setUp()
    const append = log.append.bind(log)
    let release: () => void = () => undefined
    const gate = new Promise<void>((resolve) => {
      release = resolve
    })
    log.append = async (requests) => {
      await gate
      return append(requests)
    }
    const [ann, ben] = [client("ann"), client("ben")]
    await until(() => ann.synced && ben.synced)
    ann.text("a").insert(0, "hello")
    const late = client("cy")
    await until(() => late.synced)
    await pause(30)
    expect(ben.text("a").toJSON()).toBe("")
    expect(late.text("a").toJSON()).toBe("")
    expect(ann.acked).toBeLessThan(2)
    release()
    await until(() => ben.text("a").toJSON() === "hello" && late.text("a").toJSON() === "hello")
    await until(() => ann.acked === 2)
  })

  test("[ROOM2] replaying the log alone gives the live text, without gaps, each row with its author ([LOG2] [LOG3] [LOG4])", async () => {
    const { log, client } = setUp()
    const clients = ["ann", "ben", "cy"].map((user) => client(user))
    await until(() => clients.every((c) => c.synced))
    for (let i = 0; i < 60; i++) clients[i % 3]?.text("a").insert(0, `${i} `)
    await until(
      () => new Set(clients.map((c) => c.text("a").toJSON())).size === 1 && clients.every((c) => c.acked >= 21),
    )
    const entries = await log.readAfter("doc", 0)
    expect(entries.map((entry) => entry.seq)).toEqual(entries.map((_, i) => i + 1))
    expect(await replay(log)).toBe(clients[0]?.text("a").toJSON())
    const authors = await log.clientAuthors("doc")
    for (const c of clients) expect(authors.get(c.doc.clientID)).toBe(c.bearer.userId)
    for (const entry of entries)
      for (const id of Y.parseUpdateMeta(entry.bytes).to.keys()) expect(authors.get(id)).toBe(entry.author)
  })

  test("[ROOM3] one commit takes what all rooms have gathered while the last was under way", async () => {
    const { log, client } = setUp()
    log.create({ doc: "other" })
    const sizes: number[] = []
    const append = log.append.bind(log)
    log.append = async (requests: readonly AppendRequest[]) => {
      sizes.push(requests.length)
      await pause(20)
      return append(requests)
    }
    const ann = client("ann")
    const ben = client("ben", { bearer: bearer("ben", { doc: "other" }) })
    await until(() => ann.synced && ben.synced)
    for (let i = 0; i < 10; i++) {
      ann.text("a").insert(0, "x")
      ben.text("a").insert(0, "y")
      await pause(1)
    }
    await until(() => ann.acked === 11 && ben.acked === 11)
    expect(sizes.length).toBeLessThan(10)
    expect(Math.max(...sizes)).toBe(2)
  })

  test("[ROOM4] updates judged by older rules are judged again before they are appended ([LOG5])", async () => {
    const { log, hub, client } = setUp()
    const [ann, ben] = [client("ann"), client("ben")]
    await until(() => ann.synced && ben.synced)
    ann.text("a").insert(0, "one ")
    await until(() => ann.acked === 2)
    const append = log.append.bind(log)
    log.append = async (requests) => {
      log.append = append
      // the act commits between the judgement and the append
      log.act("doc", { rules: { closedClauses: new Set(["a"]) } })
      return append(requests)
    }
    ann.text("a").insert(0, "late ")
    ben.text("b").insert(0, "open")
    await until(() => ann.closed !== null)
    expect(ann.closed?.code).toBe(CLOSE.rejected)
    const rejection = { type: "rejected", reason: "clause_closed", clauseId: "a" }
    await until(() => ann.notices.some((notice) => notice.type === "rejected"))
    expect(ann.notices.at(-1)).toEqual(rejection)
    await until(() => ben.acked === 2)
    expect(await replay(log)).toBe("one ")
    expect(await replay(log, "b")).toBe("open")
    expect(hub.stats().rejudgements).toBeGreaterThan(0)
  })

  test("[ROOM5] a client id that another node bound to another user meanwhile is refused ([LOG4])", async () => {
    const { log, client } = setUp()
    const [ann, ben] = [client("ann"), client("ben")]
    await until(() => ann.synced && ben.synced)
    ben.text("b").insert(0, "x")
    await until(() => ben.acked === 2)
    const rev = (await log.rules("doc"))?.rev ?? 0
    await log.append([
      { doc: "doc", rulesRev: rev, updates: [], newClients: [{ clientId: ann.doc.clientID, author: "mallory" }] },
    ])
    ann.text("a").insert(0, "x")
    await until(() => ann.closed !== null)
    await until(() => ann.notices.some((n) => n.type === "rejected" && n.reason === "foreign_client"))
    expect(await replay(log)).toBe("")
  })

  test("[ROOM6] after a refusal every later frame of that socket is discarded, and earlier ones stay", async () => {
    const { log, client } = setUp()
    const [ann, ben] = [client("ann"), client("ben")]
    await until(() => ann.synced && ben.synced)
    log.act("doc", { rules: { closedClauses: new Set(["shut"]) } })
    ann.text("a").insert(0, "good")
    ann.text("shut").insert(0, "bad")
    ann.text("a").insert(0, "lost ")
    await until(() => ann.closed?.code === CLOSE.rejected)
    await until(() => ben.text("a").toJSON() === "good")
    await pause(30)
    expect(await replay(log)).toBe("good")
    expect(ben.closed).toBeNull()
  })

  test("[ROOM7] before a refusal the node catches up: what another node has permitted or written meanwhile counts", async () => {
    const { log, hub, client } = setUp()
    const ann = client("ann")
    await until(() => ann.synced)
    ann.text("a").insert(0, "x")
    await until(() => ann.acked === 2)
    // another node's client writes; this node is not told
    const elsewhere = textUpdate("from elsewhere ", "b")
    const subscribers = log.append.bind(log)
    const rev = (await log.rules("doc"))?.rev ?? 0
    await subscribers([
      {
        doc: "doc",
        rulesRev: rev,
        updates: [{ author: "ben", bytes: elsewhere.bytes }],
        newClients: [{ clientId: elsewhere.doc.clientID, author: "ben" }],
      },
    ])
    // ann has it from there, and builds on it
    Y.applyUpdate(ann.doc, elsewhere.bytes, ann)
    ann.text("b").insert(5, "HERE ")
    await until(() => ann.acked === 3)
    expect(await replay(log, "b")).toBe("from HERE elsewhere ")
    expect(hub.stats().refusals).toBe(0)
    // and honest readers offer what they have: known structs of others are not refused
    ann.send(encodeUpdate(elsewhere.bytes))
    await until(() => ann.acked === 4)
    expect(ann.closed).toBeNull()
  })

  test("[ROOM8] readers without the right to edit are never asked for updates, and refused if they send one", async () => {
    const { log, client } = setUp()
    const observer = client("olga", { bearer: bearer("olga", { mayEdit: false, party: null }) })
    await until(() => observer.synced)
    expect(observer.acked).toBe(0)
    observer.text("a").insert(0, "x")
    expect(observer.closed?.code).toBe(CLOSE.rejected)
    expect(await replay(log)).toBe("")
  })

  test("[ROOM9] bytes that are no message, and updates that are no update, close 4403; too large ones 4413", async () => {
    const { client } = setUp({ limits: { maxUpdateBytes: 1000, maxFrameBytes: 5000 } })
    const clients = Array.from({ length: 4 }, (_, i) => client(`u${i}`))
    await until(() => clients.every((c) => c.synced))
    clients[0]?.send(Uint8Array.from([0, 2, 200, 1, 5]))
    clients[1]?.send(encodeUpdate(Uint8Array.from([9, 9, 9, 9])))
    clients[2]?.send(encodeUpdate(new Uint8Array(2000)))
    clients[3]?.send(new Uint8Array(6000))
    await until(() => clients.every((c) => c.closed !== null))
    expect(clients.map((c) => c.closed?.code)).toEqual([4403, 4403, 4413, 4413])
  })
})

describe("the log moves by itself", () => {
  test("[ROOM10] an act's update reaches everybody, and edits go on under the new rules", async () => {
    const { log, client } = setUp()
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
    const nodes = [1, 2].map(() => {
      const hub = createHub({ log, feed: log, tickets: { ended: async () => new Set() }, makeJudge: makeShadowJudge })
      hubs.push(hub)
      return hub
    })
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
    const { log, hub } = setUp()
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
    const { log, client } = setUp()
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
    const { log, client } = setUp()
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

describe("first sync", () => {
  test("[ROOM14] is complete at the first step 2, whatever is snapshot and tail, and never empty before the read has answered", async () => {
    const { log, client } = setUp()
    const doc = new Y.Doc()
    const updates: Uint8Array[] = []
    doc.on("update", (update: Uint8Array) => updates.push(update))
    for (let i = 0; i < 100; i++) doc.getText("a").insert(0, `${i} `)
    log.create({ doc: "doc", updates: updates.map((bytes) => ({ author: "ann", bytes })) })
    const half = new Y.Doc()
    for (const update of updates.slice(0, 50)) Y.applyUpdate(half, update)
    await log.compact("doc", { seq: 50, state: Y.encodeStateAsUpdate(half), stateVector: Y.encodeStateVector(half) })
    const ann = client("ann")
    await until(() => ann.synced)
    expect(ann.text("a").toJSON()).toBe(doc.getText("a").toJSON())
    for (let i = 0; i < 70; i++) ann.text("a").insert(0, "n")
    const ben = client("ben", { flowing: false })
    ben.moveOut()
    await until(() => ann.acked === 71)
    while (!ben.synced) ben.moveIn()
    expect(ben.text("a").toJSON().length).toBeGreaterThanOrEqual(doc.getText("a").length)
  })

  test("[ROOM15] a client that was away gives what it wrote and gets what it missed", async () => {
    const { client } = setUp()
    const [ann, ben] = [client("ann"), client("ben")]
    await until(() => ann.synced && ben.synced)
    ann.drop()
    ann.text("a").insert(0, "offline ")
    ben.text("b").insert(0, "meanwhile")
    await until(() => ben.acked === 2)
    ann.connect()
    await until(() => ann.text("b").toJSON() === "meanwhile" && ben.text("a").toJSON() === "offline ")
  })
})

describe("early edits", () => {
  test("[ROOM30] what is typed on a new socket before its offline work has been asked for waits for it", async () => {
    const { log, client } = setUp()
    const ann = client("ann", { flowing: false })
    const flow = () => {
      for (let i = 0; i < 5; i++) {
        ann.moveOut()
        ann.moveIn()
      }
    }
    while (!ann.synced) {
      flow()
      await pause(1)
    }
    flow()
    ann.drop()
    ann.text("a").insert(0, "offline ")
    ann.connect()
    ann.text("a").insert(8, "typed at once ")
    while (ann.acked < 2) {
      flow()
      await pause(1)
    }
    expect(ann.closed).toBeNull()
    expect(await replay(log)).toBe("offline typed at once ")
  })

  test("[ROOM30] what follows on it waits too: an acknowledgement never speaks for an edit that is not in the log", async () => {
    const { log, hub, client } = setUp()
    const [ann, ben] = [client("ann", { flowing: false }), client("ben")]
    const flow = () => {
      for (let i = 0; i < 5; i++) {
        ann.moveOut()
        ann.moveIn()
      }
    }
    await until(() => ben.synced)
    ben.text("a").insert(0, "one two")
    await until(() => ben.acked === 2)
    while (!ann.synced || ann.text("a").length === 0) {
      flow()
      await pause(1)
    }
    ann.drop()
    ann.text("b").insert(0, "offline ")
    ann.connect()
    // the first waits for the offline work; the second, of another's letters, could be taken at once
    ann.text("b").insert(8, "typed ")
    ann.text("a").delete(0, 4)
    for (let i = 0; i < 3; i++) ann.moveOut()
    await until(() => hub.stats().pendingUpdates === 0)
    await pause(20)
    while (ann.inbox.length > 0) ann.moveIn()
    expect(await replay(log, "a")).toBe("one two")
    expect(ann.acked).toBe(0)
    await until(() => {
      flow()
      return ann.acked >= 3
    })
    expect([await replay(log, "a"), await replay(log, "b")]).toEqual(["two", "offline typed "])
  })
})

describe("storage away", () => {
  test("[ROOM16] nothing is acknowledged or relayed meanwhile, and it heals by itself with nothing lost", async () => {
    const { log, hub, client } = setUp()
    const [ann, ben] = [client("ann"), client("ben")]
    await until(() => ann.synced && ben.synced)
    ann.text("a").insert(0, "before ")
    await until(() => ben.text("a").toJSON() === "before ")
    log.away = true
    for (let i = 0; i < 5; i++) ann.text("a").insert(0, `${i}`)
    const before = ann.acked
    await pause(150)
    expect(hub.stats().storageAway).toBe(true)
    expect(ben.text("a").toJSON()).toBe("before ")
    expect(ann.acked).toBe(before)
    expect(ann.closed).toBeNull()
    const late = client("cy", { bearer: bearer("cy", { doc: "unopened" }) })
    await until(() => late.closed?.code === CLOSE.tryLater)
    log.away = false
    await until(() => ben.text("a").toJSON() === "43210before ")
    await until(() => ann.acked === 7)
    expect(hub.stats().storageAway).toBe(false)
  })

  test("[ROOM17] a commit whose outcome is unknown is not written twice once it turns out to have happened", async () => {
    const { log, client } = setUp()
    const [ann, ben] = [client("ann"), client("ben")]
    await until(() => ann.synced && ben.synced)
    const append = log.append.bind(log)
    log.append = async (requests) => {
      log.append = append
      await append(requests)
      log.away = true
      return append(requests)
    }
    ann.text("a").insert(0, "once")
    await pause(50)
    log.away = false
    await until(() => ann.acked === 2 && ben.text("a").toJSON() === "once")
    expect(await log.readAfter("doc", 0)).toHaveLength(1)
  })

  test("[ROOM18] past its bound the queue is let go: 1013, and the clients offer again what they still have", async () => {
    const { log, client } = setUp({ limits: { maxPendingBytes: 2000 } })
    const ann = client("ann")
    await until(() => ann.synced)
    log.away = true
    for (let i = 0; i < 30; i++) ann.text("a").insert(0, "x".repeat(200))
    await until(() => ann.closed?.code === CLOSE.tryLater)
    log.away = false
    await pause(150)
    const ben = client("ben")
    await until(() => ben.synced)
    new WireClient(ann.hub, "ann", {}, ann.doc).connect()
    await until(() => ben.text("a").length === 6000)
  })

  test("[ROOM19] one document that the log can't take does not hold up the others", async () => {
    const { log, client } = setUp()
    log.create({ doc: "sick" })
    const append = log.append.bind(log)
    log.append = async (requests) => {
      if (requests.some((request) => request.doc === "sick")) throw new Error("row too long")
      return append(requests)
    }
    const ann = client("ann")
    const sick = client("sid", { bearer: bearer("sid", { doc: "sick" }) })
    await until(() => ann.synced && sick.synced)
    sick.text("a").insert(0, "x")
    ann.text("a").insert(0, "fine")
    await until(() => ann.acked === 2)
    await until(() => sick.closed?.code === CLOSE.tryLater)
  })
})

describe("awareness", () => {
  const state = (client: WireClient, clock: number, value: Record<string, unknown> | null) =>
    encodeAwareness([{ clientId: client.doc.clientID, clock, state: value }])
  const awarenessFrames = (client: WireClient) => client.frames.filter((frame) => frame[0] === 1)
  const heard = (client: WireClient, word: string) =>
    awarenessFrames(client).some((frame) => Buffer.from(frame).includes(word))

  test("[ROOM20] goes to the own delegation only, in one frame for many moves, and never into the log", async () => {
    const { log, client } = setUp()
    const [ann, amy] = [client("ann"), client("amy")]
    const boris = client("boris", { bearer: bearer("boris", { party: "RU" }) })
    await until(() => [ann, amy, boris].every((c) => c.synced))
    for (let i = 1; i <= 20; i++) ann.send(state(ann, i, { cursor: `at ${i}` }))
    await until(() => heard(amy, "at 20"))
    expect(awarenessFrames(amy)).toHaveLength(1)
    expect(awarenessFrames(boris)).toHaveLength(0)
    expect(await log.readAfter("doc", 0)).toHaveLength(0)
  })

  test("[ROOM21] bears the ticket's name, and nobody can speak under another's client id", async () => {
    const { client } = setUp()
    const [ann, amy, eve] = [client("ann"), client("amy"), client("eve")]
    await until(() => [ann, amy, eve].every((c) => c.synced))
    ann.send(state(ann, 1, { user: { name: "the head", color: "#123456" } }))
    await until(() => heard(amy, "#123456"))
    expect(heard(amy, "the head")).toBe(false)
    expect(heard(amy, '"name":"ann"')).toBe(true)
    eve.send(state(ann, 9, { user: {}, evil: true }))
    await pause(80)
    expect(heard(amy, "evil")).toBe(false)
  })

  test("[ROOM22] is taken away when its socket closes, is bounded in size, and refused when it is no JSON", async () => {
    const { client } = setUp()
    const [ann, amy, eve] = [client("ann"), client("amy"), client("eve")]
    await until(() => [ann, amy, eve].every((c) => c.synced))
    ann.send(state(ann, 1, { here: "yes" }))
    await until(() => heard(amy, "here"))
    ann.drop()
    await until(() => heard(amy, "null"))
    amy.send(state(amy, 1, { big: "b".repeat(5000) }))
    await pause(80)
    expect(heard(eve, "bbbb")).toBe(false)
    eve.send(Uint8Array.from([1, 5, 1, 7, 1, 1, 0x7b]))
    await until(() => eve.closed?.code === CLOSE.rejected)
  })
})

describe("rooms and sockets", () => {
  test("[ROOM23] a reader that does not read is dropped with 1013", async () => {
    const { hub, client } = setUp({ limits: { maxBufferedBytes: 1000 } })
    const [ann, slow] = [client("ann"), client("slow")]
    await until(() => ann.synced && slow.synced)
    slow.bufferedAmount = 2000
    ann.text("a").insert(0, "x")
    await until(() => slow.closed?.code === CLOSE.tryLater)
    expect(hub.stats().slowReadersDropped).toBe(1)
    expect(ann.closed).toBeNull()
  })

  test("[ROOM24] an idle room leaves memory; who comes in that moment finds everything", async () => {
    const { hub, client } = setUp({ limits: { idleRoomMs: 5, revocationSweepMs: 10 } })
    for (let round = 0; round < 5; round++) {
      const ann = client("ann")
      await until(() => ann.synced)
      expect(ann.text("a").toJSON()).toBe("x".repeat(round))
      ann.text("a").insert(0, "x")
      ann.drop()
      await pause(round * 5)
    }
    await until(() => hub.stats().rooms === 0)
  })

  test("[ROOM24] of many idle rooms only those left last stay, and who comes back to another finds everything", async () => {
    const { log, hub, client } = setUp({ limits: { maxIdleRooms: 2 } })
    const docs = ["one", "two", "three", "four"]
    for (const doc of docs) log.create({ doc })
    const visit = async (doc: string) => {
      const ann = client("ann", { bearer: bearer("ann", { doc }) })
      await until(() => ann.synced)
      const found = ann.text("a").toJSON()

      ann.text("a").insert(0, "x")
      await until(() => ann.acked === 2)
      ann.drop()
      return found
    }
    for (const doc of docs) expect(await visit(doc)).toBe("")
    expect(hub.stats().rooms).toBe(2)
    for (const doc of docs) expect(await visit(doc)).toBe("x")
    expect(hub.stats().rooms).toBe(2)
  })

  test("[ROOM25] a long tail becomes a snapshot while edits go on, and authors stay in the history", async () => {
    const { log, hub, client } = setUp({ limits: { compactAfter: 20 } })
    const ann = client("ann")
    await until(() => ann.synced)
    for (let i = 0; i < 30; i++) {
      // one by one: what comes in one turn of the event loop is one row of the log
      ann.text("a").insert(0, "x")
      await until(() => ann.acked === i + 2)
    }
    await until(() => hub.stats().compactions > 0)
    ann.text("a").insert(0, "y")
    await until(() => ann.acked === 32)
    expect(log.history("doc").every((entry) => entry.author === "ann")).toBe(true)
    const ben = client("ben")
    await until(() => ben.synced)
    expect(ben.text("a").toJSON()).toBe(`y${"x".repeat(30)}`)
  })

  test("[ROOM25] whoever leaves last leaves a short tail behind", async () => {
    const { log, hub, client } = setUp({ limits: { compactOnLeaving: 5 } })
    const ann = client("ann")
    await until(() => ann.synced)
    for (let i = 0; i < 8; i++) {
      ann.text("a").insert(0, "x")
      await until(() => ann.acked === i + 2)
    }
    expect(hub.stats().compactions).toBe(0)
    ann.drop()
    await until(() => hub.stats().compactions === 1)
    expect((await log.load("doc"))?.tail).toEqual([])
    const ben = client("ben")
    await until(() => ben.synced)
    expect(ben.text("a").toJSON()).toBe("x".repeat(8))
  })

  test("[ROOM26] a session that has ended loses its sockets with 4401 within the sweep", async () => {
    const ended = new Set<string>()
    const { client } = setUp({ tickets: { ended: async () => ended }, limits: { revocationSweepMs: 20 } })
    const [ann, ben] = [client("ann"), client("ben")]
    await until(() => ann.synced && ben.synced)
    ended.add(ann.bearer.sessionId)
    await until(() => ann.closed?.code === CLOSE.noTicket)
    expect(ben.closed).toBeNull()
  })

  test("[ROOM27] limits per room, user and address answer 1013, and free their places", async () => {
    const { client } = setUp({ limits: { maxSocketsPerRoom: 3, maxSocketsPerUser: 2 } })
    const [a1, a2, a3] = [client("ann"), client("ann"), client("ann")]
    expect([a1.closed, a2.closed, a3.closed?.code]).toEqual([null, null, CLOSE.tryLater])
    expect([client("ben").closed, client("cy").closed?.code]).toEqual([null, CLOSE.tryLater])
    a1.drop()
    expect(client("ann").closed).toBeNull()
  })

  test("[ROOM28] closing says 1012, and what was judged reaches the log", async () => {
    const { log, hub, client } = setUp()
    const ann = client("ann")
    await until(() => ann.synced)
    ann.text("a").insert(0, "warm up ")
    await until(() => ann.acked === 2)
    ann.text("a").insert(0, "last ")
    await hub.close()
    expect(ann.closed?.code).toBe(CLOSE.restart)
    expect(await replay(log)).toBe("last warm up ")
  })

  test("[ROOM29] a room that is not in the log closes 4401", async () => {
    const { client } = setUp()
    const ann = client("ann", { bearer: bearer("ann", { doc: "nowhere" }) })
    await until(() => ann.closed?.code === CLOSE.noTicket)
  })
})

describe("the machine's clock is set", () => {
  test("[ROOM60] an hour ahead: nobody's caret goes, nobody's room is let go", async () => {
    const { hub, client } = setUp({ limits: { revocationSweepMs: 10, awarenessHoldMs: 1 } })
    const [ann, ben] = [client("ann"), client("ben")]
    await until(() => ann.synced && ben.synced)
    ann.send(encodeAwareness([{ clientId: ann.doc.clientID, clock: 1, state: { at: 1 } }]))
    await until(() => ben.frames.some((frame) => frame[0] === KIND.awareness))
    ben.frames.length = 0
    const real = Date.now()
    vi.useFakeTimers({ toFake: ["Date"], now: real + 3_600_000 })
    try {
      await pause(100)
    } finally {
      vi.useRealTimers()
    }
    expect(ben.frames.filter((frame) => frame[0] === KIND.awareness)).toEqual([])
    expect(hub.stats().rooms).toBe(1)
  })

  test("[ROOM60] an hour back: who hears nothing from anybody still hears from the server", async () => {
    vi.useFakeTimers()
    try {
      const { hub, client } = setUp()
      const ann = client("ann")
      await vi.advanceTimersByTimeAsync(1000)
      expect(ann.synced).toBe(true)
      ann.frames.length = 0
      vi.setSystemTime(Date.now() - 3_600_000)
      await vi.advanceTimersByTimeAsync(25_000)
      expect(ann.frames).toEqual([encodeAwareness([])])
      const closed = hub.close()
      await vi.advanceTimersByTimeAsync(1000)
      await closed
      hubs.length = 0
    } finally {
      vi.useRealTimers()
    }
  })
})
