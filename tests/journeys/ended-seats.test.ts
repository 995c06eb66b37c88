import path from "node:path"
import type { EmbeddedPostgres } from "@alternat/store"
import postgres from "postgres"
import { afterAll, beforeAll, expect, test } from "vitest"
import { WebSocket } from "ws"
import { WebsocketProvider } from "y-websocket"
import * as Y from "yjs"
import { EventStream } from "./harness/event-stream.ts"
import { type RunningPart, SECRET, startOutsidePostgres, startPart } from "./harness/parts.ts"
import { Person } from "./harness/person.ts"
import { freePort, type RunningServer, startServer, temporaryFolder } from "./harness/server.ts"

/** Three processes on one PostgreSQL: the whole product, an API and a sync server. */
const folder = temporaryFolder()
const closing: (() => unknown)[] = []
let database: EmbeddedPostgres
let whole: RunningServer
let api: RunningPart
let sync: RunningPart

beforeAll(async () => {
  database = await startOutsidePostgres(path.join(folder.path, "outside"))
  const env = { DATABASE_URL: database.urls.owner, AUTH_SECRET: SECRET, DEMO: "on" }
  whole = await startServer({ dataDir: folder.dataDir, port: await freePort(), env })
  ;[api, sync] = await Promise.all([startPart("api", env), startPart("sync", env)])
})
afterAll(async () => {
  for (const close of closing.splice(0).toReversed()) await close()
  await Promise.all([api?.kill(), sync?.kill(), whole?.kill()])
  await database?.stop()
  folder.remove()
})

/** A stock client at one of the processes: whether it was told that its session is over. */
async function openSocket(person: Person, url: string) {
  const reply = await person.post("/api/plans/demo/sync-ticket", { space: "plan" })
  const { room, ticket } = (await reply.json()) as { room: string; ticket: string }
  const doc = new Y.Doc()
  const provider = new WebsocketProvider(`${url.replace("http", "ws")}/sync`, room, doc, {
    params: { ticket },
    WebSocketPolyfill: WebSocket as unknown as typeof globalThis.WebSocket,
    disableBc: true,
  })
  closing.push(() => provider.destroy())
  const codes: (number | undefined)[] = []
  provider.on("closed", ({ code }) => codes.push(code))
  await new Promise<void>((resolve) => provider.once("sync", () => resolve()))
  return { doc, provider, codes }
}

/** As the superuser: nothing of the product changes a member's roles yet. */
async function inDatabase(statement: string): Promise<void> {
  const url = new URL(database.adminUrl)
  const admin = postgres({
    host: url.searchParams.get("host") ?? url.hostname,
    port: Number(url.port),
    user: url.username,
    password: decodeURIComponent(url.password),
    database: "alternat",
  })
  await admin.unsafe(statement)
  await admin.end()
}

const textOf = (doc: Y.Doc, clause: string) => (doc.getMap("clauses").get(clause) as Y.Map<Y.XmlFragment>).get("en")
function write(doc: Y.Doc, clause: string, words: string): void {
  const paragraph = textOf(doc, clause)?.get(0)
  if (!(paragraph instanceof Y.XmlElement)) throw new Error("a clause begins with a paragraph")
  ;(paragraph.get(0) as Y.XmlText).insert(0, words)
}

test("[ROOM85] [API94] changed roles end sockets and streams in every process, and count from then on", async () => {
  const person = await Person.signIn(whole.url, "budget@us.example")
  const colleague = await Person.signIn(whole.url, "head@us.example")
  const member = "(select id from auth_user where email = 'budget@us.example')"
  const colleagues = await openSocket(colleague, sync.url)
  const endsBy = async (statement: string) => {
    const sockets = [await openSocket(person, whole.url), await openSocket(person, sync.url)]
    const streams = [await EventStream.open(person), await EventStream.open(person.at(api.url))]
    await inDatabase(statement)
    for (const { codes } of sockets) await expect.poll(() => codes, { timeout: 15_000 }).toContain(4401)
    await Promise.all(streams.map((stream) => stream.ended))
  }
  await endsBy(`update member set roles = array['observer'] where user_id = ${member}`)
  const reader = await openSocket(person, sync.url)
  write(reader.doc, "s12.c3", "not mine to write ")
  await expect.poll(() => reader.codes, { timeout: 15_000 }).toContain(4403)
  await endsBy(`delete from member where user_id = ${member}`)
  expect((await person.fetch("/api/plans/demo")).status).toBe(404)
  expect((await person.post("/api/plans/demo/sync-ticket", { space: "plan" })).status).toBe(404)
  expect(textOf(colleagues.doc, "s12.c3")?.toJSON()).not.toContain("not mine to write")
  expect(colleagues.codes).toEqual([])
})

test("[API91] a changed password ends the other sessions in every process, and its own goes on", async () => {
  const email = "drafter@us.example"
  const [mine, other] = [await Person.signIn(whole.url, email), await Person.signIn(whole.url, email)]
  const colleague = await Person.signIn(whole.url, "head@us.example")
  const mySocket = await openSocket(mine, whole.url)
  const myStream = await EventStream.open(mine)
  const sockets = [await openSocket(other, whole.url), await openSocket(other, sync.url)]
  const streams = [await EventStream.open(other), await EventStream.open(other.at(api.url))]
  const colleagues = await openSocket(colleague, sync.url)

  const change = { currentPassword: "alternat-demo", newPassword: "ledger walnut opera 62" }
  const reply = await mine.post("/api/auth/change-password", change)
  expect(reply.status).toBe(200)

  for (const { codes } of sockets) await expect.poll(() => codes, { timeout: 15_000 }).toContain(4401)
  await Promise.all(streams.map((stream) => stream.ended))
  expect((await other.fetch("/api/me")).status).toBe(401)
  expect(mySocket.codes).toEqual([])
  expect(colleagues.codes).toEqual([])

  // and what it does goes on: words, hints and requests
  const heard = myStream.text.length
  await colleague.post("/api/plans/demo/comments", {
    target: { type: "clause", clauseId: "s17.c2" },
    audience: "shared",
    text: "still there?",
  })
  await expect.poll(() => myStream.text.length, { timeout: 15_000 }).toBeGreaterThan(heard)
  write(mySocket.doc, "s12.c3", "written afterwards ")
  await expect
    .poll(() => textOf(colleagues.doc, "s12.c3")?.toJSON(), { timeout: 15_000 })
    .toContain("written afterwards")
  await myStream.leave()
  expect((await Person.signIn(whole.url, email, change.newPassword)).cookie).toContain("session_token")
})
