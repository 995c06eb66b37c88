import { type AddressInfo, connect, createServer } from "node:net"
import type { NodeBus, RoomLogger } from "@alternat/room"
import { describeNodeBus, until } from "@alternat/room/test-support"
import { redisProgram, startTestRedis, type TestRedis, WITHOUT_REDIS } from "@alternat/testkit"
import { Redis } from "ioredis"
import { afterEach, beforeEach, describe, expect, test } from "vitest"
import { createRedisBus } from "./redis-bus.ts"

beforeEach(({ skip }) => skip(redisProgram === null, WITHOUT_REDIS))

const closing: (() => unknown)[] = []
afterEach(async () => {
  for (const close of closing.splice(0).toReversed()) await close()
})

async function redis(...args: readonly string[]): Promise<TestRedis> {
  const server = await startTestRedis(args)
  closing.push(() => server.close())
  return server
}

function bus(url: string) {
  const lines: string[] = []
  const write = (message: string, fields?: object): void => void lines.push(`${message} ${JSON.stringify(fields)}`)
  const logger: RoomLogger = { info: write, warn: write, error: write }
  const node = createRedisBus(url, { logger })
  closing.push(() => node.close())
  return { node, lines }
}

const isUp = (node: NodeBus) => until(() => node.state === "up", "the bus to be up", 8000)
const isDown = (node: NodeBus) => until(() => node.state === "down", "the bus to be down", 8000)

/** A way to a broker that may be shut. */
async function doorTo(port: number) {
  const door = { knocks: 0, isOpen: false, url: "" }
  const server = createServer((socket) => {
    door.knocks++
    socket.on("error", () => undefined)
    if (!door.isOpen) return socket.destroy()
    const behind = connect(port, "127.0.0.1")
    behind.on("error", () => undefined)
    socket.on("close", () => behind.destroy())
    behind.on("close", () => socket.destroy())
    return socket.pipe(behind).pipe(socket)
  })
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve))
  closing.push(() => server.close())
  door.url = `redis://127.0.0.1:${(server.address() as AddressInfo).port}`
  return door
}

const GREETING = 255

/** Comes back when `from` is heard by `to`. */
async function meet(from: NodeBus, to: NodeBus, channel = "one"): Promise<void> {
  let met = false
  const stop = to.subscribe(channel, () => (met = true))
  await until(() => (from.publish(channel, Uint8Array.of(GREETING)), met), "the nodes to meet", 8000)
  stop()
}

describeNodeBus("redis", async () => {
  const server = await startTestRedis()
  const nodes: NodeBus[] = []
  return {
    join: async () => {
      const node = createRedisBus(server.url)
      nodes.push(node)
      await isUp(node)
      return node
    },
    breakDown: async () => {
      await server.kill()
      await Promise.all(nodes.map(isDown))
    },
    mend: async () => {
      await server.start()
      await Promise.all(nodes.map(isUp))
    },
    close: async () => {
      await Promise.all(nodes.map((node) => node.close()))
      await server.close()
    },
  }
})

describe("a broker that comes and goes", () => {
  test("[SYNC17] one that is not there at the start is waited for, and said once to be away and once to be there", async () => {
    const server = await redis()
    const door = await doorTo(server.port)
    const { node, lines } = bus(door.url)
    node.subscribe("one", () => undefined)
    await until(() => door.knocks >= 8, "eight attempts", 10_000)
    expect(node.state).toBe("down")
    expect(lines).toHaveLength(1)
    expect(lines[0]).toContain("redis is away")
    door.isOpen = true
    await isUp(node)
    expect(lines).toHaveLength(2)
    expect(lines[1]).toContain("redis is there again")
  }, 15_000)

  test("[SYNC17] one that keeps its sockets open and answers nothing is given up, and what waits for it is bounded", async () => {
    const server = await redis()
    const [a, b] = [bus(server.url).node, bus(server.url).node]
    await Promise.all([isUp(a), isUp(b)])
    await meet(a, b)
    server.freeze()
    const megabyte = new Uint8Array(1024 * 1024)
    for (let i = 0; i < 30; i++) a.publish("one", megabyte)
    expect(a.stats().dropped).toBeGreaterThan(20)
    await Promise.all([isDown(a), isDown(b)])
    server.thaw()
    await Promise.all([isUp(a), isUp(b)])
    await meet(a, b)
    await meet(b, a)
  }, 30_000)

  test("[SYNC17] a connection that is cut alone is made anew, its channels with it", async () => {
    const server = await redis()
    const [a, b] = [bus(server.url).node, bus(server.url).node]
    await Promise.all([isUp(a), isUp(b)])
    const heard: number[] = []
    for (let i = 0; i < 1500; i++) b.subscribe(`many ${i}`, ([first = 0]) => first !== GREETING && heard.push(first))
    await meet(a, b, "many 1499")
    const gaps = b.stats().gaps
    const admin = new Redis(server.url)
    closing.push(() => admin.disconnect())
    await admin.client("KILL", "TYPE", "pubsub")
    await until(() => b.stats().gaps > gaps && b.state === "up" && a.state === "up")
    a.publish("many 0", Uint8Array.of(1))
    a.publish("many 1400", Uint8Array.of(2))
    await until(() => heard.length === 2)
    expect(heard).toEqual([1, 2])
  }, 15_000)

  test("[SYNC17] what is no message of a node, and a listener that fails, harm nobody", async () => {
    const server = await redis()
    const [a, b] = [bus(server.url).node, bus(server.url).node]
    await Promise.all([isUp(a), isUp(b)])
    const heard: number[] = []
    b.subscribe("one", () => {
      throw new Error("not taken")
    })
    b.subscribe("one", ([first = 0]) => first !== GREETING && heard.push(first))
    await meet(a, b)
    const stranger = new Redis(server.url)
    closing.push(() => stranger.disconnect())
    for (const forged of ["", "x", "1234567", Buffer.alloc(5 * 1024 * 1024)])
      expect(await stranger.publish("alternat:0:one", forged)).toBe(1)
    a.publish("one", Uint8Array.of(9))
    await until(() => heard.length === 1)
    expect(heard).toEqual([9])
    expect(b.stats().ignored).toBe(4)
  })
})

/** The least that infra/README.md asks for. */
const RIGHTS = "--user alternat on >word resetchannels &alternat:* -@all +publish +subscribe +unsubscribe +ping +quit"

describe("what stands in the address", () => {
  test("[SYNC18] a password opens; a wrong one or none leaves the bus down, and none is ever logged", async () => {
    const server = await redis("--requirepass", "s3cret/word")
    const [good, wrong, none] = [
      bus(server.url.replace("//", "//:s3cret%2Fword@")),
      bus(server.url.replace("//", "//default:wr0ng-word@")),
      bus(server.url),
    ]
    await isUp(good.node)
    await until(() => wrong.lines.length > 0 && none.lines.length > 0)
    const admin = new Redis(server.url, { password: "s3cret/word" })
    closing.push(() => admin.disconnect())
    const connections = async () => Number(/total_connections_received:(\d+)/.exec(await admin.info("stats"))?.[1])
    // each of the two has come again
    await expect.poll(connections, { timeout: 10_000 }).toBeGreaterThan(15)
    expect([good.lines.length, wrong.lines.length, none.lines.length]).toEqual([0, 1, 1])
    expect([wrong.node.state, none.node.state]).toEqual(["down", "down"])
    expect(wrong.lines[0]).toContain("WRONGPASS")
    expect(none.lines[0]).toContain("NOAUTH")
    expect([...wrong.lines, ...none.lines].join()).not.toMatch(/wr0ng|s3cret/)
  }, 15_000)

  test("[SYNC18] a user who may speak of our channels alone is enough", async () => {
    const server = await redis(...RIGHTS.split(" "))
    const address = server.url.replace("//", "//alternat:word@")
    const [a, b] = [bus(address), bus(address)]
    await Promise.all([isUp(a.node), isUp(b.node)])
    await meet(a.node, b.node)
    expect([...a.lines, ...b.lines]).toEqual([])
  })

  test("[SYNC18] a user who may listen and not speak leaves the bus down, and the log says so", async () => {
    const server = await redis()
    const admin = new Redis(server.url)
    closing.push(() => admin.disconnect())
    await admin.call("ACL", "SETUSER", "mute", "on", ">pw", "allchannels", "+@all", "-publish")
    const { node, lines } = bus(server.url.replace("redis://", "redis://mute:pw@"))
    await until(() => lines.length > 0, "the log to say something", 8000)
    expect(node.state).toBe("down")
    expect(lines.join()).toMatch(/redis is away.*NOPERM/)
  })

  test("[SYNC18] nodes of another database number are not heard", async () => {
    const server = await redis()
    const [a, b, other] = [bus(`${server.url}/1`).node, bus(`${server.url}/1`).node, bus(`${server.url}/2`).node]
    await Promise.all([a, b, other].map(isUp))
    await meet(a, b)
    const heard: number[] = []
    other.subscribe("one", () => heard.push(1))
    await meet(a, b)
    a.publish("one", Uint8Array.of(1))
    await meet(a, b)
    expect(heard).toEqual([])
  })
})
