import { describe, expect, test } from "vitest"
import * as Y from "yjs"
import { decodeBusMessage, encodeBusMessage } from "./bus-message.ts"
import type { HubOptions } from "./hub-face.ts"
import { memoryLog } from "./memory-log.ts"
import { memoryBus, type NodeBus, type NodeBusStats } from "./node-bus.ts"
import { encodeAwareness } from "./protocol.ts"
import { openHub } from "./test-support/one-hub.ts"
import { seededRandom } from "./test-support/seeded-random.ts"
import { bearer, pause, until, WireClient, type WireOptions } from "./test-support/wire-client.ts"

/** Nodes on one log and one bus. `deaf`: the log's own feed tells them nothing. */
function setUp(count: number, { deaf = false, busGraceMs = 25, wrap = (bus: NodeBus): NodeBus => bus } = {}) {
  const log = memoryLog()
  log.create({ doc: "doc" })
  const bus = memoryBus()
  const nodes = Array.from({ length: count }, () => {
    const feed: HubOptions["feed"] = deaf ? { subscribe: () => () => undefined } : log
    const hub = openHub({ log, feed, bus: wrap(bus.join()), limits: { busGraceMs } })
    const client = (user: string, more: WireOptions = {}) => new WireClient(hub, user, more).connect()
    return { hub, client }
  })
  const [first, second] = nodes
  if (!first || !second) throw new Error("a network needs two nodes")
  return { log, bus, first, second }
}

/** Hears, and can be kept from speaking. */
class Muted implements NodeBus {
  state: "up" | "down" = "up"
  readonly #gaps = new Set<() => void>()
  constructor(readonly bus: NodeBus) {}

  mute(): void {
    this.state = "down"
  }
  speak(): void {
    this.state = "up"
    for (const tell of this.#gaps) tell()
  }
  publish(channel: string, message: Uint8Array): void {
    if (this.state === "up") this.bus.publish(channel, message)
  }
  subscribe(channel: string, listener: (message: Uint8Array) => void): () => void {
    return this.bus.subscribe(channel, listener)
  }
  onGap(listener: () => void): () => void {
    this.#gaps.add(listener)
    return () => this.#gaps.delete(listener)
  }
  stats(): NodeBusStats {
    return this.bus.stats()
  }
  close(): Promise<void> {
    return this.bus.close()
  }
}

const cursor = (client: WireClient, clock: number, at: number | null): void =>
  client.send(encodeAwareness([{ clientId: client.doc.clientID, clock, state: at === null ? null : { at } }]))
/** The last that this client was told of who is where. */
const heard = (client: WireClient): string => {
  const frames = client.frames.filter((frame) => frame[0] === 1)
  return Buffer.from(frames.at(-1) ?? []).toString("latin1")
}

describe("updates between nodes", () => {
  test("[ROOM43] what one node appends reaches the clients of the others by the bus, and the log is not read for it", async () => {
    const { first, second } = setUp(2, { busGraceMs: 60_000 })
    const [ann, ben] = [first.client("ann"), second.client("ben")]
    await until(() => ann.synced && ben.synced)
    for (let i = 0; i < 20; i++) {
      ann.text("a").insert(0, "x")
      ben.text("a").insert(0, "y")
      await pause(1)
    }
    await until(() => ann.text("a").length === 40 && ben.text("a").toJSON() === ann.text("a").toJSON())
    await until(() => ann.acked === 21 && ben.acked === 21)
    expect(first.hub.stats().catchUps + second.hub.stats().catchUps).toBe(0)
  })

  test("[ROOM44] a node that has missed messages reads the log, and no update enters twice or out of order", async () => {
    const { log, bus, first, second } = setUp(2)
    const [ann, ben] = [first.client("ann"), second.client("ben")]
    await until(() => ann.synced && ben.synced)
    ann.text("a").insert(0, "heard ")
    await until(() => ben.text("a").length === 6)
    bus.working = false
    ann.text("a").insert(0, "missed ")
    await until(() => ben.text("a").length === 13)
    bus.working = true
    ben.text("a").insert(0, "again ")
    await until(() => ann.text("a").toJSON() === "again missed heard ")
    expect(second.hub.stats().catchUps).toBeGreaterThan(0)
    const entries = await log.readAfter("doc", 0)
    expect(entries.map((entry) => entry.seq)).toEqual(entries.map((_, i) => i + 1))
  })

  test("[ROOM44] without a word from the log's feed the next message on the bus shows the gap", async () => {
    const { bus, first, second } = setUp(2, { deaf: true })
    const [ann, ben] = [first.client("ann"), second.client("ben")]
    await until(() => ann.synced && ben.synced)
    bus.working = false
    ann.text("a").insert(0, "missed ")
    await until(() => ann.acked === 2)
    bus.working = true
    ann.text("a").insert(0, "then ")
    await until(() => ben.text("a").toJSON() === "then missed ")
  })

  test("[ROOM44] an act on one node reaches both, and closes what it closes on both", async () => {
    const { log, first, second } = setUp(2)
    const [ann, ben] = [first.client("ann"), second.client("ben")]
    await until(() => ann.synced && ben.synced)
    ben.text("a").insert(0, "x")
    await until(() => ben.acked === 2 && ann.text("a").length === 1)
    const act = new Y.Doc()
    act.getText("acts").insert(0, "agreed")
    log.act("doc", { rules: { closedClauses: new Set(["a"]) }, update: Y.encodeStateAsUpdate(act) })
    await until(() => ann.text("acts").length === 6 && ben.text("acts").length === 6)
    ben.text("a").insert(0, "y")
    await until(() => ben.closed?.code === 4403)
    expect(ann.text("a").toJSON()).toBe("x")
  })
})

describe("awareness between nodes", () => {
  test("[ROOM45] it crosses nodes within the delegation, to those who come later too, and never to the other side", async () => {
    const { first, second } = setUp(2)
    const ann = first.client("ann")
    await until(() => ann.synced)
    cursor(ann, 1, 11)
    await pause(60)
    const [amy, boris] = [second.client("amy"), second.client("boris", { bearer: bearer("boris", { party: "RU" }) })]
    await until(() => heard(amy).includes('"at":11'))
    cursor(ann, 2, 12)
    await until(() => heard(amy).includes('"at":12'))
    ann.drop()
    await until(() => heard(amy).includes("null"))
    expect(boris.frames.some((frame) => frame[0] === 1)).toBe(false)
  })

  test("[ROOM45] a client that moves to another node is seen once, and nobody else under its id", async () => {
    const { first, second } = setUp(2)
    const [ann, amy] = [first.client("ann"), second.client("amy")]
    await until(() => ann.synced && amy.synced)
    cursor(ann, 1, 1)
    await until(() => heard(amy).includes('"at":1'))
    // another person's socket on the other node takes the id for itself
    amy.send(encodeAwareness([{ clientId: ann.doc.clientID, clock: 50, state: { at: 666 } }]))
    await pause(100)
    expect(heard(ann).includes("666")).toBe(false)
    const moved = new WireClient(second.hub, "ann", {}, ann.doc).connect()
    await until(() => moved.synced)
    moved.send(encodeAwareness([{ clientId: ann.doc.clientID, clock: 2, state: { at: 2 } }]))
    await until(() => heard(amy).includes('"at":2'))
    // the old socket's end is late, and takes nothing away
    ann.drop()
    await pause(100)
    expect(heard(amy)).not.toContain("null")
  })

  test("[ROOM45] a node that could not speak for a while says who is there as soon as it can", async () => {
    const mutes: Muted[] = []
    const { first, second } = setUp(2, { wrap: (bus) => mutes[mutes.push(new Muted(bus)) - 1] ?? bus })
    const [ann, amy] = [first.client("ann"), second.client("amy")]
    await until(() => ann.synced && amy.synced)
    cursor(ann, 1, 1)
    await until(() => heard(amy).includes('"at":1'))
    mutes[0]?.mute()
    cursor(ann, 2, 2)
    await pause(100)
    expect(heard(amy)).not.toContain('"at":2')
    mutes[0]?.speak()
    await until(() => heard(amy).includes('"at":2'))
  })
})

test("[ROOM45] after a gap on the bus each node tells who is here, and hears who is there", async () => {
  const { bus, first, second } = setUp(2)
  const [ann, amy] = [first.client("ann"), second.client("amy")]
  await until(() => ann.synced && amy.synced)
  bus.working = false
  cursor(ann, 1, 1)
  amy.send(encodeAwareness([{ clientId: amy.doc.clientID, clock: 1, state: { at: 2 } }]))
  await pause(80)
  expect([heard(ann).includes('"at":2'), heard(amy).includes('"at":1')]).toEqual([false, false])
  bus.working = true
  await until(() => heard(ann).includes('"at":2') && heard(amy).includes('"at":1'))
})

describe("bus messages", () => {
  test("[ROOM46] they come back as they were, and whatever else is on the bus is an error value", () => {
    const appended = {
      type: "appended" as const,
      epoch: 3,
      rulesRev: 7,
      firstSeq: 100,
      updates: [{ author: "анна", bytes: Uint8Array.of(0, 0) }],
    }
    const awareness = { type: "awareness" as const, group: "RU", entries: [{ clientId: 5, clock: 6, state: { a: 1 } }] }
    for (const message of [appended, awareness, { type: "whoIsThere" as const }]) {
      const decoded = decodeBusMessage(encodeBusMessage(message))
      expect(decoded).toEqual({ ok: true, value: message })
    }
    const noUpdate = { ...appended, updates: [...appended.updates, { author: "b", bytes: Uint8Array.of(1, 2, 3) }] }
    expect(decodeBusMessage(encodeBusMessage(noUpdate)).ok).toBe(false)
    const random = seededRandom(99)
    for (let i = 0; i < 1000; i++) {
      const bytes = encodeBusMessage(i % 2 === 0 ? appended : awareness)
      for (let n = random.below(3); n >= 0; n--) bytes[random.below(bytes.length)] = random.below(256)
      expect(() => decodeBusMessage(bytes.slice(0, random.below(bytes.length + 1)))).not.toThrow()
    }
  })
})
