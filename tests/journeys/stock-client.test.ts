import { afterAll, beforeAll, describe, expect, test } from "vitest"
import { WebSocket } from "ws"
import { WebsocketProvider } from "y-websocket"
import * as Y from "yjs"
import { Person } from "./harness/person.ts"
import { demoFolder, freePort, type RunningServer, startServer } from "./harness/server.ts"

/** What contracts.md promises to outsiders: the stock y-websocket 3 provider, unmodified, in plain Node. */
describe("the stock y-websocket provider", () => {
  const folder = demoFolder()
  let server: RunningServer

  beforeAll(async () => {
    server = await startServer({ dataDir: folder.dataDir, port: await freePort() })
  })
  afterAll(async () => {
    await server.stop()
    folder.remove()
  })

  test("with a ticket it syncs the demo's shared room", async () => {
    const person = await Person.signIn(server.url, "drafter@us.example")
    const { room, ticket } = await ticketFor(person, "plan")
    expect(room).toMatch(/^[A-Za-z0-9._-]+$/)
    const doc = new Y.Doc()
    const provider = connect(server.url, room, ticket, doc)
    await synced(provider)
    expect(doc.getMap("clauses").size).toBe(140)
    provider.destroy()
  })

  test("two of them see each other's edit, and a third that comes later reads it", async () => {
    const us = await Person.signIn(server.url, "drafter@us.example")
    const ru = await Person.signIn(server.url, "drafter@ru.example")
    const [a, b, c] = [new Y.Doc(), new Y.Doc(), new Y.Doc()]
    const providers = [await open(us, a), await open(ru, b)]
    const paragraph = firstText(a, "s12.c3", "en")
    paragraph.insert(0, "Witness ")
    await eventually(() => firstText(b, "s12.c3", "en").toString().startsWith("Witness "))
    providers.push(await open(ru, c))
    expect(firstText(c, "s12.c3", "en").toString()).toMatch(/^Witness /)
    for (const provider of providers) provider.destroy()
  })

  test("without a ticket, or with a bad one, it is refused with 4401", async () => {
    const person = await Person.signIn(server.url, "drafter@us.example")
    const { room } = await ticketFor(person, "plan")
    expect(await closeCode(server.url, room, null)).toBe(4401)
    expect(await closeCode(server.url, room, "not-a-ticket")).toBe(4401)
  })

  test("the other side's caucus ticket opens nothing but its own room, and nobody gets the other side's", async () => {
    const us = await Person.signIn(server.url, "drafter@us.example")
    const ru = await Person.signIn(server.url, "drafter@ru.example")
    const own = await ticketFor(us, "caucus")
    const theirs = await ticketFor(ru, "caucus")
    expect(own.room).not.toBe(theirs.room)
    expect(await closeCode(server.url, theirs.room, own.ticket)).toBe(4401)
  })

  test("an edit of an agreed clause is refused with 4403, whatever client sends it, and changes nothing", async () => {
    const person = await Person.signIn(server.url, "drafter@us.example")
    const doc = new Y.Doc()
    const provider = await open(person, doc)
    const before = firstText(doc, "s2.c1", "en").toString()
    const closed = new Promise<number>((resolve) =>
      provider.on("connection-close", (event) => resolve(event?.code ?? 0)),
    )
    firstText(doc, "s2.c1", "en").insert(0, "Forged ")
    expect(await closed).toBe(4403)
    provider.destroy()
    const fresh = new Y.Doc()
    const second = await open(person, fresh)
    expect(firstText(fresh, "s2.c1", "en").toString()).toBe(before)
    second.destroy()
  })

  async function open(person: Person, doc: Y.Doc): Promise<WebsocketProvider> {
    const { room, ticket } = await ticketFor(person, "plan")
    const provider = connect(server.url, room, ticket, doc)
    await synced(provider)
    return provider
  }
})

function ticketFor(
  person: Person,
  space: "plan" | "caucus",
): Promise<{ room: string; ticket: string; expiresAt: string }> {
  return person
    .post("/api/plans/demo/sync-ticket", { space })
    .then((reply) => reply.json() as Promise<{ room: string; ticket: string; expiresAt: string }>)
}

function connect(url: string, room: string, ticket: string, doc: Y.Doc): WebsocketProvider {
  return new WebsocketProvider(`${url.replace("http", "ws")}/sync`, room, doc, {
    params: { ticket },
    WebSocketPolyfill: WebSocket as unknown as typeof globalThis.WebSocket,
    disableBc: true,
  })
}

function synced(provider: WebsocketProvider): Promise<void> {
  return new Promise((resolve, reject) => {
    provider.once("sync", () => resolve())
    provider.on("connection-close", (event) => reject(new Error(`closed with ${event?.code}`)))
  })
}

function closeCode(url: string, room: string, ticket: string | null): Promise<number> {
  return new Promise((resolve) => {
    const socket = new WebSocket(
      `${url.replace("http", "ws")}/sync/${room}${ticket === null ? "" : `?ticket=${ticket}`}`,
    )
    socket.on("close", (code) => resolve(code))
    socket.on("error", () => resolve(-1))
  })
}

/** the first text node of a clause's first paragraph */
function firstText(doc: Y.Doc, clauseId: string, lang: "en" | "ru"): Y.XmlText {
  const clause = doc.getMap("clauses").get(clauseId) as Y.Map<Y.XmlFragment>
  const paragraph = clause.get(lang)?.get(0) as Y.XmlElement
  return paragraph.get(0) as Y.XmlText
}

async function eventually(condition: () => boolean): Promise<void> {
  const deadline = Date.now() + 10_000
  while (!condition()) {
    if (Date.now() > deadline) throw new Error("it did not happen within 10 s")
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
}
