import { describe, expect, test } from "vitest"
import * as Y from "yjs"
import { CLOSE, encodeStep1, encodeStep2, encodeUpdate } from "./protocol.ts"
import { setUpHub } from "./test-support/one-hub.ts"
import { bearer, pause, until, type WireClient } from "./test-support/wire-client.ts"

/** Edits that build on one that is never sent, all of one client id. */
function orphans(count: number, size = 1): readonly Uint8Array[] {
  const doc = new Y.Doc()
  const updates: Uint8Array[] = []
  doc.on("update", (update: Uint8Array) => updates.push(update))
  for (let i = 0; i <= count; i++) doc.getText("a").insert(0, "x".repeat(size))
  return updates.slice(1)
}

/** A client that has joined and has not answered the server's step 1; what it types is up to the test. */
async function joinWithoutStep2(client: (user: string, more: { flowing: boolean }) => WireClient, user: string) {
  const one = client(user, { flowing: false })
  one.moveOut()
  await until(() => one.inbox.length > 0)
  return one
}

const say = (client: WireClient, frames: readonly Uint8Array[]): void => {
  for (const frame of frames) {
    client.send(frame)
    client.moveOut()
  }
}

describe("bounds", () => {
  test.each([
    { bound: "bytes", limits: { maxEarlyBytes: 10_000 }, edits: orphans(30, 1000) },
    { bound: "frames", limits: { maxEarlyFrames: 20 }, edits: orphans(30) },
  ])(
    "[ROOM73] edits ahead of their step 2 are bounded in $bound; their socket alone closes",
    async ({ limits, edits }) => {
      const { hub, client } = setUpHub({ limits })
      const ben = client("ben")
      await until(() => ben.synced)
      const ann = await joinWithoutStep2(client, "ann")
      say(ann, edits.slice(0, 1).map(encodeUpdate))
      await until(() => hub.stats().pendingUpdates === 0)
      say(ann, edits.slice(1).map(encodeUpdate))
      await until(() => ann.closed?.code === CLOSE.tryLater)
      ben.text("a").insert(0, "goes on")
      await until(() => ben.acked === 2)
      expect(ben.closed).toBeNull()
    },
  )

  test("[ROOM73] edits that came while the room was not read yet are bounded as well, once judged", async () => {
    const { log, client } = setUpHub({ limits: { maxEarlyFrames: 20 } })
    const load = log.load.bind(log)
    log.load = async (doc) => {
      await pause(30)
      return load(doc)
    }
    const ann = client("ann", { flowing: false })
    ann.moveOut()
    say(ann, orphans(30).map(encodeUpdate))
    await until(() => ann.closed?.code === CLOSE.tryLater)
  })

  test("[ROOM73] edits ahead of a step 2 that does not come close their socket after a time", async () => {
    const { hub, client } = setUpHub({ limits: { maxEarlyMs: 30, revocationSweepMs: 10 } })
    const [idle, ann] = [await joinWithoutStep2(client, "idle"), await joinWithoutStep2(client, "ann")]
    say(ann, orphans(1).map(encodeUpdate))
    await until(() => ann.closed?.code === CLOSE.tryLater)
    expect(idle.closed).toBeNull()
    expect(hub.stats().sockets).toBe(1)
  })

  test("[ROOM74] a socket's edits that wait for the log are bounded; it closes alone, and nothing of the others is lost", async () => {
    const { log, client } = setUpHub({ limits: { maxHeldBytesPerSocket: 9000 } })
    const [ann, ben] = [client("ann"), client("ben")]
    await until(() => ann.synced && ben.synced)
    log.away = true
    ben.text("b").insert(0, "kept ")
    for (let i = 0; i < 30; i++) ann.text("a").insert(0, "x".repeat(200))
    ben.text("b").insert(5, "whole")
    await until(() => ann.closed?.code === CLOSE.tryLater)
    log.away = false
    await until(() => ben.acked === 3)
    expect(ben.closed).toBeNull()
    ann.connect()
    await until(() => ann.acked === 1 && ben.text("a").length === 6000)
    expect(ann.text("b").toJSON()).toBe("kept whole")
  })

  test("[ROOM74] a person's are bounded over all rooms and sockets, closed ones included", async () => {
    const { log, client } = setUpHub({ limits: { maxHeldBytesPerUser: 9000, maxHeldBytesPerSocket: 8000 } })
    log.create({ doc: "other" })
    const ann = client("ann")
    const elsewhere = client("ann", { bearer: bearer("ann", { doc: "other" }) })
    const ben = client("ben", { bearer: bearer("ben", { doc: "other" }) })
    await until(() => ann.synced && elsewhere.synced && ben.synced)
    log.away = true
    for (let i = 0; i < 10; i++) ann.text("a").insert(0, "x".repeat(200))
    ann.drop()
    for (let i = 0; i < 12; i++) elsewhere.text("a").insert(0, "x".repeat(200))
    await until(() => elsewhere.closed?.code === CLOSE.tryLater)
    ben.text("b").insert(0, "kept")
    log.away = false
    await until(() => ben.acked === 2)
    // what has reached the log counts no longer
    elsewhere.connect()
    await until(() => ben.text("a").length === 2400)
  })

  test("[ROOM75] in a room that is full the one who fills it most is let go, and the others' edits stay in their order", async () => {
    const { log, client } = setUpHub({ limits: { maxPendingBytes: 20_000 } })
    const people = ["ann", "ben", "cy"].map((user) => client(user))
    const hoarder = [client("hoarder"), client("hoarder")]
    await until(() => [...people, ...hoarder].every((one) => one.synced))
    log.away = true
    for (let i = 0; i < 8; i++) {
      for (const one of people) one.text(one.bearer.userId).insert(i, `${i}`)
      for (const one of hoarder) one.text("a").insert(0, "x".repeat(1000))
    }
    for (let i = 8; i < 12; i++) for (const one of people) one.text(one.bearer.userId).insert(i, "x")
    await until(() => hoarder.every((one) => one.closed?.code === CLOSE.tryLater))
    log.away = false
    await until(() => people.every((one) => one.acked === 13))
    for (const one of people) {
      expect(one.closed).toBeNull()
      for (const other of people) expect(other.text(one.bearer.userId).toJSON()).toBe("01234567xxxx")
    }
    hoarder[0]?.connect()
    await until(() => people.every((one) => one.text("a").length >= 8000))
  })

  test("[ROOM76] a person's unread bytes are bounded over all sockets: who leaves most is dropped", async () => {
    const { hub, client } = setUpHub({ limits: { maxUnreadBytesPerUser: 1000 } })
    const [one, two, ben] = [client("ann"), client("ann"), client("ben")]
    await until(() => one.synced && two.synced && ben.synced)
    one.bufferedAmount = 700
    two.bufferedAmount = 600
    ben.bufferedAmount = 900
    two.send(encodeStep1(Uint8Array.of(0)))
    await until(() => one.closed?.code === CLOSE.tryLater)
    expect([two.closed, ben.closed]).toEqual([null, null])
    expect(hub.stats().slowReadersDropped).toBe(1)
  })

  test("[ROOM76] a reader that takes nothing for a time is dropped, one that takes little by little is not", async () => {
    const { client } = setUpHub({ limits: { maxStallMs: 40, revocationSweepMs: 10 } })
    const [deaf, slow] = [client("deaf"), client("slow")]
    await until(() => deaf.synced && slow.synced)
    deaf.bufferedAmount = 10
    deaf.takenBytes = 5
    slow.bufferedAmount = 10
    const reading = setInterval(() => slow.takenBytes++, 5)
    await until(() => deaf.closed?.code === CLOSE.tryLater)
    await pause(60)
    expect(slow.closed).toBeNull()
    clearInterval(reading)
  })

  test("[ROOM77] a message that does not end counts for its person, and closes its socket after a time", async () => {
    const { client } = setUpHub({
      limits: { maxHeldBytesPerUser: 10_000, maxStallMs: 40, revocationSweepMs: 10 },
    })
    const [large, long, ben] = [client("ann"), client("ann"), client("ben")]
    await until(() => large.synced && long.synced && ben.synced)
    long.beginMessage(6000)
    large.beginMessage(3000)
    large.beginMessage(5000)
    expect(large.closed?.code).toBe(CLOSE.tryLater)
    expect(long.closed).toBeNull()
    await until(() => long.closed?.code === CLOSE.tryLater)
    expect(ben.closed).toBeNull()
    // nothing is counted that is not there any more
    long.connect()
    await until(() => long.synced)
    long.beginMessage(9000)
    long.text("a").insert(0, "whole")
    await until(() => long.acked === 2)
  })

  test("[ROOM78] questions that are answered with everything are bounded", async () => {
    const { client } = setUpHub({ limits: { maxQuestions: 10 } })
    const [ann, ben] = [client("ann"), client("ben")]
    await until(() => ann.synced && ben.synced)
    for (let i = 0; i < 9; i++) ann.send(encodeStep1(Uint8Array.of(0)))
    expect(ann.closed).toBeNull()
    for (let i = 0; i < 9; i++) ben.send(Uint8Array.of(3))
    expect(ben.closed).toBeNull()
    ann.send(encodeStep1(Uint8Array.of(0)))
    ben.send(Uint8Array.of(3))
    expect([ann.closed?.code, ben.closed?.code]).toEqual([CLOSE.tryLater, CLOSE.tryLater])
  })

  test("[ROOM79] five megabytes of offline work get in, as one step 2, with what was typed at once", async () => {
    const { client } = setUpHub()
    const [ann, ben] = [client("ann"), client("ben")]
    await until(() => ann.synced && ben.synced)
    ann.drop()
    for (let i = 0; i < 500; i++) ann.text("a").insert(0, `${i} `.repeat(3000))
    ann.connect()
    ann.text("a").insert(0, "typed at once ")
    await until(() => ben.text("a").length === ann.text("a").length, "all of it", 20_000)
    expect(encodeStep2(Y.encodeStateAsUpdate(ann.doc)).length).toBeGreaterThan(5_000_000)
    expect(ann.closed).toBeNull()
  }, 30_000)
})
