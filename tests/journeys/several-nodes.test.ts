import { spawnSync } from "node:child_process"
import { connect, createServer, type Server, type Socket } from "node:net"
import path from "node:path"
import { setTimeout as sleep } from "node:timers/promises"
import { openSession, type Session } from "@alternat/room/client"
import type { EmbeddedPostgres } from "@alternat/store"
import { redisProgram, startTestRedis, type TestRedis, WITHOUT_REDIS } from "@alternat/testkit"
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest"
import { WebSocket } from "ws"
import { WebsocketProvider } from "y-websocket"
import * as Y from "yjs"
import { type RunningPart, runPart, SECRET, startOutsidePostgres, startPart } from "./harness/parts.ts"
import { Person } from "./harness/person.ts"
import { freePort, type RunningServer, startServer, temporaryFolder } from "./harness/server.ts"

const METRICS_TOKEN = "a token for the tests"

/** Two nodes as they are run: the whole product in one process, a sync server in another, one PostgreSQL. */
const folder = temporaryFolder()
let database: EmbeddedPostgres

beforeAll(async () => {
  database = await startOutsidePostgres(path.join(folder.path, "outside"))
})
afterAll(async () => {
  await database?.stop()
  folder.remove()
})

describe.each([
  { carrier: "Redis", clause: "s12.c3" },
  { carrier: "LISTEN/NOTIFY alone", clause: "s24.c3" },
])("two nodes, with $carrier", ({ carrier, clause }) => {
  const isCarriedByRedis = carrier === "Redis"
  const lacksRedis = isCarriedByRedis && redisProgram === null
  const closing: (() => unknown)[] = []
  let redis: TestRedis | null = null
  let whole: RunningServer
  let sync: RunningPart
  let shared: Record<string, string>

  beforeAll(async () => {
    if (lacksRedis) return
    if (isCarriedByRedis) redis = await startTestRedis()
    shared = { DATABASE_URL: database.urls.owner, METRICS_TOKEN, ...(redis && { REDIS_URL: redis.url }) }
    whole = await startServer({
      dataDir: folder.dataDir,
      port: await freePort(),
      env: { ...shared, AUTH_SECRET: SECRET, DEMO: "on" },
    })
    sync = await startPart("sync", shared)
  })
  beforeEach(({ skip }) => skip(lacksRedis, WITHOUT_REDIS))
  afterAll(async () => {
    for (const close of closing.splice(0).toReversed()) await close()
    await sync?.kill()
    await whole?.kill()
    await redis?.close()
  })

  const readiness = async (url: string) => {
    const reply = await fetch(`${url}/readyz`)
    const { parts } = (await reply.json()) as { parts: { redis?: string } }
    return { status: reply.status, redis: parts.redis }
  }
  const ticketOf = async (person: Person) =>
    (await (await person.post("/api/plans/demo/sync-ticket", { space: "plan" })).json()) as {
      room: string
      ticket: string
      expiresAt: string
    }

  async function stock(person: Person, url: string) {
    const { room, ticket } = await ticketOf(person)
    const doc = new Y.Doc()
    const provider = new WebsocketProvider(`${url.replace("http", "ws")}/sync`, room, doc, {
      params: { ticket },
      WebSocketPolyfill: WebSocket as unknown as typeof globalThis.WebSocket,
      disableBc: true,
    })
    const closed: number[] = []
    provider.on("closed", ({ code }) => closed.push(code))
    closing.push(() => provider.destroy())
    await new Promise<void>((resolve) => provider.once("sync", () => resolve()))
    return { doc, provider, closed }
  }

  async function ours(person: Person, url: string): Promise<Session> {
    const session = openSession({
      wsUrl: `${url.replace("http", "ws")}/sync`,
      planId: "demo",
      space: "plan",
      userId: "u",
      storageName: null,
      fetchTicket: () => ticketOf(person),
      WebSocketPolyfill: WebSocket as unknown as typeof globalThis.WebSocket,
    })
    closing.push(() => session.destroy())
    await expect.poll(() => session.state.synced, { timeout: 10_000 }).toBe(true)
    return session
  }

  const wordsOf = (doc: Y.Doc): Y.XmlText => {
    const fragment = (doc.getMap("clauses").get(clause) as Y.Map<Y.XmlFragment>).get("en")
    const paragraph = fragment?.get(0)
    if (!(paragraph instanceof Y.XmlElement)) throw new Error("a clause begins with a paragraph")
    return paragraph.get(0) as Y.XmlText
  }
  /** Types `count` words, a few milliseconds apart; gives them. */
  async function type(docOf: () => Y.Doc, name: string, count: number): Promise<readonly string[]> {
    const typed: string[] = []
    for (let i = 0; i < count; i++) {
      typed.push(`${name}${i}.`)
      wordsOf(docOf()).insert(0, `${name}${i}. `)
      await sleep(10)
    }
    return typed
  }
  const missing = (doc: Y.Doc, words: readonly string[]) => {
    const text = wordsOf(doc).toJSON()
    return words.filter((word) => !text.includes(word))
  }

  test("both are ready, and say how they hear of each other", async () => {
    const redisState = isCarriedByRedis ? "up" : undefined
    for (const url of [whole.url, sync.url])
      await expect.poll(() => readiness(url), { timeout: 10_000 }).toEqual({ status: 200, redis: redisState })
    for (const url of [whole.url, sync.url]) {
      const metrics = await (
        await fetch(`${url}/metrics`, { headers: { authorization: `Bearer ${METRICS_TOKEN}` } })
      ).text()
      expect(/^alternat_sync_bus_up 1$/m.test(metrics)).toBe(isCarriedByRedis)
      expect(metrics).toMatch(/^alternat_sync_sockets \d+$/m)
    }
  })

  if (isCarriedByRedis)
    test("Redis dies under edits and comes back: both stay ready, and nothing is missing anywhere", async () => {
      const [us, ru] = [
        await Person.signIn(whole.url, "drafter@us.example"),
        await Person.signIn(whole.url, "drafter@ru.example"),
      ]
      const [a, b] = [await stock(us, whole.url), await stock(ru, sync.url)]
      const words = [...(await type(() => a.doc, "alive", 10))]
      await redis?.kill()
      words.push(...(await type(() => a.doc, "dead", 20)), ...(await type(() => b.doc, "grave", 20)))
      for (const { doc } of [a, b]) await expect.poll(() => missing(doc, words), { timeout: 10_000 }).toEqual([])
      for (const url of [whole.url, sync.url])
        await expect.poll(() => readiness(url)).toEqual({ status: 200, redis: "down" })
      await redis?.start()
      for (const url of [whole.url, sync.url])
        await expect.poll(() => readiness(url), { timeout: 10_000 }).toEqual({ status: 200, redis: "up" })
      words.push(...(await type(() => b.doc, "back", 10)))
      for (const { doc } of [a, b]) await expect.poll(() => missing(doc, words), { timeout: 10_000 }).toEqual([])
      expect(sync.output().match(/redis is away/g)).toHaveLength(1)
    })

  if (isCarriedByRedis)
    test("a Redis with TLS, a password and a database number is heard", async ({ skip }) => {
      const certificate = makeCertificate(folder.path)
      if (certificate === null) return skip("openssl is not installed")
      const port = String(await freePort())
      const files = ["--tls-cert-file", certificate.file, "--tls-key-file", certificate.key]
      const options = ["--tls-ca-cert-file", certificate.file, "--tls-auth-clients", "no", "--requirepass", "two words"]
      const guarded = await startTestRedis(["--tls-port", port, ...files, ...options])
      closing.push(() => guarded.close())
      const REDIS_URL = `rediss://:two%20words@localhost:${port}/3`
      const third = await startPart("sync", { ...shared, REDIS_URL, NODE_EXTRA_CA_CERTS: certificate.file })
      await expect.poll(() => readiness(third.url), { timeout: 10_000 }).toEqual({ status: 200, redis: "up" })
      expect(await third.stop()).toBe(0)
    })

  test("whoever signs out is put out on all nodes", async () => {
    const budget = await Person.signIn(whole.url, "budget@us.example")
    const stays = await stock(await Person.signIn(whole.url, "budget@us.example"), sync.url)
    const [here, there] = [await stock(budget, whole.url), await stock(budget, sync.url)]
    await budget.post("/api/auth/sign-out", {})
    await expect.poll(() => [...here.closed, ...there.closed], { timeout: 20_000 }).toEqual([4401, 4401])
    expect(stays.closed).toEqual([])
  })

  test("a node is killed under edits: its clients move to the other, and nothing that was written is missing", async () => {
    const [us, ru] = [
      await Person.signIn(whole.url, "drafter@us.example"),
      await Person.signIn(whole.url, "drafter@ru.example"),
    ]
    const door = await balancer(sync.port)
    closing.push(() => door.close())
    const [session, moving] = [await ours(us, door.url), await stock(ru, door.url)]
    const reader = await stock(ru, whole.url)
    let delivered = ""
    const typing = Promise.all([
      type(() => session.doc, `ours${carrier.length}-`, 80),
      type(() => moving.doc, `stock${carrier.length}-`, 80),
      sleep(400).then(async () => {
        delivered = wordsOf(reader.doc).toJSON()
        door.target = Number(new URL(whole.url).port)
        await sync.kill()
      }),
    ])
    const [first, second] = await typing
    const words = [...first, ...second]
    await expect.poll(() => session.state.unsaved.size, { timeout: 20_000 }).toBe(0)
    await expect.poll(() => missing(reader.doc, words), { timeout: 20_000 }).toEqual([])
    const fresh = await stock(us, whole.url)
    expect(missing(fresh.doc, words)).toEqual([])
    expect(missing(fresh.doc, delivered.split(" "))).toEqual([])
    expect(wordsOf(fresh.doc).toJSON()).toBe(wordsOf(reader.doc).toJSON())
    expect([moving.closed, session.state.offered]).toEqual([[], []])
  })

  test("the node that comes back serves what was written without it, and both stop when they are told to", async () => {
    sync = await startPart("sync", shared)
    const person = await Person.signIn(whole.url, "drafter@us.example")
    const [a, b] = [await stock(person, whole.url), await stock(person, sync.url)]
    expect(wordsOf(b.doc).toJSON()).toBe(wordsOf(a.doc).toJSON())
    const words = await type(() => b.doc, "again", 5)
    await expect.poll(() => missing(a.doc, words), { timeout: 10_000 }).toEqual([])
    expect([await sync.stop(), await whole.stop()]).toEqual([0, 0])
  })
})

test.each(["sync", "api"] as const)(
  "%s refuses a REDIS_URL that is none in one line, without its password",
  async (part) => {
    const env = { DATABASE_URL: database.urls.owner, AUTH_SECRET: SECRET, REDIS_URL: "http://:s3cret@cache" }
    const { code, output } = await runPart(part, env)
    expect(code).toBe(1)
    expect(output.trim().split("\n")).toHaveLength(1)
    expect(output).toContain("REDIS_URL")
    expect(output).not.toContain("s3cret")
  },
)

/** For localhost, signed by itself; null: there is nothing here to make one. */
function makeCertificate(into: string): { readonly file: string; readonly key: string } | null {
  const [file, key] = [path.join(into, "certificate.pem"), path.join(into, "key.pem")]
  const subject = ["-days", "2", "-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost"]
  const args = ["req", "-x509", "-newkey", "rsa:2048", "-nodes", "-keyout", key, "-out", file, ...subject]
  return spawnSync("openssl", args).error === undefined ? { file, key } : null
}

/** What stands in front of nodes: each connection goes to the node that is the target now. */
async function balancer(port: number) {
  const sockets = new Set<Socket>()
  const door = { target: port, url: "", close: () => {} }
  const server: Server = createServer((socket) => {
    const behind = connect(door.target, "127.0.0.1")
    for (const [one, other] of [
      [socket, behind],
      [behind, socket],
    ] as const) {
      sockets.add(one)
      one.pipe(other)
      one.on("error", () => other.destroy())
      one.on("close", () => other.destroy())
    }
  })
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve))
  const address = server.address()
  door.url = `http://127.0.0.1:${address && typeof address === "object" ? address.port : 0}`
  door.close = () => {
    for (const socket of sockets) socket.destroy()
    server.close()
  }
  return door
}
