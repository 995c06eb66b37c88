import { afterEach, beforeEach, describe, expect, test } from "vitest"
import type { NodeBus } from "../node-bus.ts"

/** What a bus has to bring along to be examined. */
export interface BusUnderTest {
  /** one more node; comes back when it is up */
  join(): Promise<NodeBus>
  /** The broker goes, and what is said meanwhile is lost; comes back when every node knows. */
  breakDown(): Promise<void>
  /** comes back when every node is up again */
  mend(): Promise<void>
  close(): Promise<void>
}

const bytes = (...values: number[]): Uint8Array => Uint8Array.from(values)

/** The contract of `NodeBus`, run on memory and on Redis. */
export function describeNodeBus(name: string, makeBus: () => Promise<BusUnderTest>): void {
  describe(`NodeBus: ${name}`, () => {
    let made: BusUnderTest
    let a: NodeBus
    let b: NodeBus
    beforeEach(async () => {
      made = await makeBus()
      ;[a, b] = [await made.join(), await made.join()]
    })
    afterEach(() => made.close())

    const soon = (is: () => boolean) => expect.poll(is, { timeout: 5000, interval: 5 }).toBe(true)
    /** Keeps all that a node hears on a channel. */
    const listen = (bus: NodeBus, channel: string) => {
      const heard: number[][] = []
      return { heard, stop: bus.subscribe(channel, (message) => heard.push([...message])) }
    }
    /** Comes back when what `from` says reaches `to`: a subscription needs a moment to be known to a broker. */
    const meet = async (from: NodeBus, to: NodeBus, channel: string): Promise<void> => {
      let met = false
      const stop = to.subscribe(channel, ([first]) => (met ||= first === 255))
      await expect.poll(() => (from.publish(channel, bytes(255)), met), { timeout: 5000, interval: 5 }).toBe(true)
      stop()
    }
    const without255 = (heard: readonly number[][]) => heard.filter(([first]) => first !== 255)

    test("[ROOM62] others hear what is said on a channel, whole and in order, and nobody hears itself", async () => {
      const [own, others, elsewhere] = [listen(a, "one"), listen(b, "one"), listen(b, "two")]
      await meet(a, b, "one")
      const long = new Uint8Array(300_000).fill(7)
      a.publish("one", bytes())
      a.publish("one", bytes(0, 1, 255))
      a.publish("one", long)
      await soon(() => others.heard.some((message) => message.length === long.length))
      expect(without255(others.heard)).toEqual([[], [0, 1, 255], [...long]])
      expect([own.heard, elsewhere.heard]).toEqual([[], []])
    })

    test("[ROOM62] every listener of a channel hears it until it stops, and the last one's end ends the channel", async () => {
      const [first, second] = [listen(b, "one"), listen(b, "one")]
      await meet(a, b, "one")
      first.stop()
      first.stop()
      a.publish("one", bytes(1))
      await soon(() => without255(second.heard).length === 1)
      second.stop()
      const other = listen(b, "two")
      await meet(a, b, "two")
      a.publish("one", bytes(2))
      a.publish("two", bytes(3))
      await soon(() => without255(other.heard).length === 1)
      expect(without255(first.heard)).toEqual([])
      expect(without255(second.heard)).toEqual([[1]])
      const again = listen(b, "one")
      await meet(a, b, "one")
      a.publish("one", bytes(4))
      await soon(() => without255(again.heard).length === 1)
    })

    test("[ROOM62] the answer to what is said right after listening is heard", async () => {
      a.subscribe("one", ([question = 0]) => question < 100 && a.publish("one", bytes(question + 100)))
      await meet(b, a, "one")
      for (let i = 0; i < 20; i++) {
        const answers = listen(b, "one")
        b.publish("one", bytes(i))
        await soon(() => answers.heard.some(([first]) => first === i + 100))
        answers.stop()
      }
    })

    test("[ROOM63] with the broker gone nothing throws and nothing is kept to be said later", async () => {
      const { heard } = listen(b, "one")
      await meet(a, b, "one")
      await made.breakDown()
      expect([a.state, b.state]).toEqual(["down", "down"])
      const late = listen(b, "opened meanwhile")
      a.publish("one", bytes(66))
      a.publish("opened meanwhile", bytes(66))
      await made.mend()
      await meet(a, b, "one")
      await meet(a, b, "opened meanwhile")
      expect(heard.filter(([first]) => first === 66)).toEqual([])
      a.publish("opened meanwhile", bytes(1))
      await soon(() => without255(late.heard).length === 1)
      expect(a.stats().dropped).toBeGreaterThanOrEqual(2)
    })

    test("[ROOM63] a gap is told once the bus works again, to those who still want to know", async () => {
      const told: string[] = []
      a.onGap(() => told.push(`a ${a.state}`))
      b.onGap(() => told.push("nobody asked"))()
      await made.breakDown()
      expect(told).toEqual([])
      await made.mend()
      await soon(() => told.length > 0)
      expect(told).toEqual(["a up"])
    })

    test("[ROOM63] a node that has left hears and says nothing, and the others go on", async () => {
      const c = await made.join()
      const [atB, atC] = [listen(b, "one"), listen(c, "one")]
      await meet(a, b, "one")
      await meet(a, c, "one")
      await c.close()
      const before = atC.heard.length
      c.publish("one", bytes(66))
      a.publish("one", bytes(1))
      await soon(() => without255(atB.heard).length === 1)
      expect(atB.heard.filter(([first]) => first === 66)).toEqual([])
      expect(atC.heard).toHaveLength(before)
    })

    test("[ROOM62] counts what it said, heard and dropped", async () => {
      listen(b, "one")
      await meet(a, b, "one")
      const before = b.stats().heard
      a.publish("one", bytes(1))
      await soon(() => b.stats().heard > before)
      expect(a.stats().published).toBeGreaterThan(1)
      expect(a.stats().heard).toBe(0)
    })
  })
}
