import { describe, expect, test, vi } from "vitest"
import { CLOSE, encodeAwareness, KIND } from "./protocol.ts"
import { replay, setUpHub } from "./test-support/one-hub.ts"
import { bearer, pause, until, type WireClient } from "./test-support/wire-client.ts"
import type { TicketDesk } from "./update-log.ts"

/** What comes in one turn of the event loop is one row of the log. */
async function typeOneByOne(client: WireClient, letters: number): Promise<void> {
  for (let i = 0; i < letters; i++) {
    const frame = Math.max(1, client.acked) + 1
    client.text("a").insert(0, "x")
    await until(() => client.acked === frame)
  }
}

describe("rooms and sockets", () => {
  test("[ROOM23] a reader that does not read is dropped with 1013", async () => {
    const { hub, client } = setUpHub({ limits: { maxBufferedBytes: 1000 } })
    const [ann, slow] = [client("ann"), client("slow")]
    await until(() => ann.synced && slow.synced)
    slow.bufferedAmount = 2000
    ann.text("a").insert(0, "x")
    await until(() => slow.closed?.code === CLOSE.tryLater)
    expect(hub.stats().slowReadersDropped).toBe(1)
    expect(ann.closed).toBeNull()
  })

  test("[ROOM24] an idle room leaves memory; who comes in that moment finds everything", async () => {
    const { log, hub, client } = setUpHub({ limits: { idleRoomMs: 5, revocationSweepMs: 10 } })
    for (let round = 0; round < 5; round++) {
      const logged = await replay(log)
      const ann = client("ann")
      await until(() => ann.synced)
      // the first sync has all that was in the log; what she sent and left without an answer may come after it, but it comes
      expect(ann.text("a").length).toBeGreaterThanOrEqual(logged.length)
      await until(() => ann.text("a").toJSON() === "x".repeat(round), "all that was sent before")
      ann.text("a").insert(0, "x")
      ann.drop()
      await pause(round * 5)
    }
    await until(() => hub.stats().rooms === 0)
  })

  test("[ROOM24] of many idle rooms only those left last stay, and who comes back to another finds everything", async () => {
    const { log, hub, client } = setUpHub({ limits: { maxIdleRooms: 2 } })
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

  test("[ROOM25] a long tail becomes a snapshot while edits go on, and the log keeps its authors", async () => {
    const { log, hub, client } = setUpHub({ limits: { compactAfter: 20 } })
    const ann = client("ann")
    await until(() => ann.synced)
    await typeOneByOne(ann, 30)
    await until(() => hub.stats().compactions > 0)
    ann.text("a").insert(0, "y")
    await until(() => ann.acked === 32)
    const entries = await log.readAfter("doc", 0)
    expect(entries.map((entry) => entry.author)).toEqual(Array<string>(31).fill("ann"))
    const ben = client("ben")
    await until(() => ben.synced)
    expect(ben.text("a").toJSON()).toBe(`y${"x".repeat(30)}`)
  })

  test.each([
    { compactEveryMs: 60_000, enough: (made: number) => made === 1 },
    { compactEveryMs: 0, enough: (made: number) => made > 3 },
  ])(
    "[ROOM25] however much is written, the next snapshot waits $compactEveryMs ms",
    async ({ compactEveryMs, enough }) => {
      const { hub, client } = setUpHub({ limits: { compactAfter: 5, compactEveryMs } })
      const ann = client("ann")
      await until(() => ann.synced)
      await typeOneByOne(ann, 60)
      await until(() => enough(hub.stats().compactions))
    },
  )

  test("[ROOM25] whoever leaves last leaves a short tail behind", async () => {
    const { log, hub, client } = setUpHub({ limits: { compactOnLeaving: 5 } })
    const ann = client("ann")
    await until(() => ann.synced)
    await typeOneByOne(ann, 8)
    expect(hub.stats().compactions).toBe(0)
    ann.drop()
    await until(() => hub.stats().compactions === 1)
    expect((await log.load("doc"))?.tail).toEqual([])
    const ben = client("ben")
    await until(() => ben.synced)
    expect(ben.text("a").toJSON()).toBe("x".repeat(8))
  })

  test("[ROOM26] a session that has ended loses all its sockets with 4401 within the sweep", async () => {
    const ended = new Set<string>()
    const asked: number[] = []
    const tickets: Pick<TicketDesk, "ended"> = {
      ended: async (bearers) => {
        asked.push(bearers.length)
        return new Set(bearers.filter(({ sessionId }) => ended.has(sessionId)))
      },
    }
    const { client } = setUpHub({ tickets, limits: { revocationSweepMs: 20 } })
    const [ann, again, ben] = [client("ann"), client("ann"), client("ben")]
    await until(() => ann.synced && again.synced && ben.synced)
    ended.add(ann.bearer.sessionId)
    await until(() => ann.closed?.code === CLOSE.noTicket && again.closed?.code === CLOSE.noTicket)
    expect(ben.closed).toBeNull()
    // two tabs of one session are one question
    expect(Math.max(...asked)).toBe(2)
  })

  test("[ROOM86] the log of a room names an error and its place, and none of its words", async () => {
    const told: string[] = []
    const write = (message: string, fields: object = {}) => void told.push(JSON.stringify([message, fields]))
    const words = "red-line-51c0"
    const tickets = { ended: () => Promise.reject(new TypeError(`not an integer: ${words}`)) }
    const { client } = setUpHub({
      tickets,
      logger: { info: write, warn: write, error: write },
      limits: { revocationSweepMs: 20 },
    })
    const ann = client("ann")
    await until(() => ann.synced && told.length > 0)
    expect(told[0]).toContain("TypeError")
    expect(told[0]).toContain("rooms-and-sockets.test.ts")
    expect(told.join()).not.toContain(words)
  })

  test("[ROOM27] limits per room, user and address answer 1013, and free their places", async () => {
    const { client } = setUpHub({ limits: { maxSocketsPerRoom: 3, maxSocketsPerUser: 2 } })
    const [a1, a2, a3] = [client("ann"), client("ann"), client("ann")]
    expect([a1.closed, a2.closed, a3.closed?.code]).toEqual([null, null, CLOSE.tryLater])
    expect([client("ben").closed, client("cy").closed?.code]).toEqual([null, CLOSE.tryLater])
    a1.drop()
    expect(client("ann").closed).toBeNull()
  })

  test("[ROOM28] closing says 1012, and what was judged reaches the log", async () => {
    const { log, hub, client } = setUpHub()
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
    const { client } = setUpHub()
    const ann = client("ann", { bearer: bearer("ann", { doc: "nowhere" }) })
    await until(() => ann.closed?.code === CLOSE.noTicket)
  })
})

describe("the machine's clock is set", () => {
  test("[ROOM60] an hour ahead: nobody's caret goes, nobody's room is let go", async () => {
    const { hub, client } = setUpHub({ limits: { revocationSweepMs: 10, awarenessHoldMs: 1 } })
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
      const { hub, client } = setUpHub()
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
    } finally {
      vi.useRealTimers()
    }
  })
})
