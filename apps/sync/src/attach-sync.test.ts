import { createServer, type Server } from "node:http"
import type { AddressInfo, Socket } from "node:net"
import { clauseFragment, newDoc, readClauseText, writeFragment } from "@alternat/document"
import { CLOSE, hostRule, type MemoryLog, memoryLog, putRun, sizeOfRun, type TicketDesk } from "@alternat/room"
import { openSession } from "@alternat/room/client"
import { bearer, smallDocument, until } from "@alternat/room/test-support"
import { afterEach, describe, expect, test } from "vitest"
import { WebSocket as NodeWebSocket } from "ws"
import { WebsocketProvider } from "y-websocket"
import * as Y from "yjs"
import type { SyncConfig, SyncService } from "./attach-face.ts"
import { attachSync } from "./attach-sync.ts"

const Polyfill = NodeWebSocket as unknown as typeof WebSocket
const closing: (() => unknown)[] = []
afterEach(async () => {
  for (const close of closing.splice(0).toReversed()) await close()
})

interface Running {
  readonly log: MemoryLog
  readonly url: string
  readonly port: number
  readonly server: Server
  readonly sync: SyncService
  stop(): Promise<void>
}

const desk: TicketDesk = {
  verify: async (room, ticket) => {
    const [userId = "", good] = ticket.split("-")
    return good === "good" && room === "doc.e1.s2" ? bearer(userId, { roles: ["drafter"] }) : null
  },
  ended: async () => new Set(),
}

async function start(
  more: { log?: MemoryLog; port?: number; config?: SyncConfig; tickets?: TicketDesk } = {},
): Promise<Running> {
  const log = more.log ?? memoryLog()
  if (!more.log) {
    log.create({ doc: "doc", updates: [{ author: "server", bytes: smallDocument({ c1: "One.", c2: "Two." }) }] })
  }
  const server = createServer()
  const sync = attachSync(server, {
    log,
    feed: log,
    tickets: more.tickets ?? desk,
    ...(more.config && { config: more.config }),
  })
  await new Promise<void>((resolve) => server.listen(more.port ?? 0, "127.0.0.1", resolve))
  const { port } = server.address() as AddressInfo
  const stop = async (): Promise<void> => {
    await sync.close()
    server.closeAllConnections()
    await new Promise((resolve) => server.close(resolve))
  }
  closing.push(stop)
  return { log, server, sync, port, url: `ws://127.0.0.1:${port}/sync`, stop }
}

function stockProvider(url: string, params: Record<string, string>, room = "doc.e1.s2") {
  const doc = newDoc("plan")
  const provider = new WebsocketProvider(url, room, doc, { WebSocketPolyfill: Polyfill, disableBc: true, params })
  const closed: { code: number; reason: string }[] = []
  provider.on("closed", (event) => closed.push(event))
  closing.push(() => provider.destroy())
  return { doc, provider, closed }
}

const write = (doc: Y.Doc, clauseId: string, text: string): void => {
  const fragment = clauseFragment(doc, clauseId, "en")
  if (fragment) doc.transact(() => writeFragment(fragment, [{ p: [text] }]))
}
const textOf = (doc: Y.Doc, clauseId: string): string => JSON.stringify(readClauseText(doc, clauseId, "en"))

/** Opens a bare socket and gives the code it is closed with. */
const codeOf = (url: string, send?: Uint8Array): Promise<number> =>
  new Promise((resolve) => {
    const ws = new NodeWebSocket(url)
    ws.on("open", () => send && ws.send(send))
    ws.on("close", (code) => resolve(code))
    ws.on("error", () => resolve(-1))
  })

test("[SYNC44] an upgrade under a foreign name is a 421, and under the node's own name a socket", async () => {
  const hosts = hostRule({ host: "127.0.0.1", publicUrl: "https://plans.example" })
  const { url } = await start({ config: { hosts } })
  const answerTo = (host: string) =>
    new Promise<number>((resolve) => {
      const ws = new NodeWebSocket(`${url}/doc.e1.s2?ticket=u-good`, { headers: { host } })
      closing.push(() => ws.terminate())
      ws.on("error", () => undefined)
      ws.on("open", () => resolve(101))
      ws.on("unexpected-response", (_request, response) => resolve(response.statusCode ?? 0))
    })
  expect(await answerTo("rebound.example")).toBe(421)
  expect(await answerTo("plans.example")).toBe(101)
  expect(await answerTo("localhost:3000")).toBe(101)
})

describe("the stock y-websocket provider in plain Node", () => {
  test("[SYNC1] syncs with a ticket, and edits reach the other side and the log", async () => {
    const { url, log } = await start()
    const ann = stockProvider(url, { ticket: "ann-good" })
    const ben = stockProvider(url, { ticket: "ben-good" })
    await until(() => ann.provider.synced && ben.provider.synced)
    expect(textOf(ann.doc, "c1")).toBe('[{"p":["One."]}]')
    write(ann.doc, "c1", "One, by Ann.")
    await until(() => textOf(ben.doc, "c1").includes("by Ann"))
    expect((await log.readAfter("doc", 1)).map((entry) => entry.author)).toEqual(["ann"])
    ann.provider.awareness.setLocalStateField("cursor", { at: 5 })
    await until(() => ben.provider.awareness.getStates().get(ann.doc.clientID)?.["cursor"] !== undefined)
  })

  test("[SYNC2] is told 4401 without a ticket, with a bad one, and for a room that is none; it does not come back", async () => {
    const { url } = await start()
    const without = stockProvider(url, {})
    const bad = stockProvider(url, { ticket: "ann-bad" })
    const otherRoom = stockProvider(url, { ticket: "ann-good" }, "other.e1.s2")
    const noRoom = stockProvider(url, { ticket: "ann-good" }, "no%20room")
    await until(() => [without, bad, otherRoom, noRoom].every((p) => p.closed.length === 1))
    expect([without, bad, otherRoom, noRoom].map((p) => p.closed[0]?.code)).toEqual([4401, 4401, 4401, 4401])
    expect(without.provider.shouldConnect).toBe(false)
    expect(without.provider.synced).toBe(false)
  })

  test("[SYNC3] gets no message kind of ours, and a refused edit closes it for good with 4403", async () => {
    const { url, log } = await start()
    log.act("doc", { rules: { closedClauses: new Set(["c2"]) } })
    const ann = stockProvider(url, { ticket: "ann-good" })
    const kinds = new Set<number>()
    await until(() => ann.provider.synced)
    ann.provider.ws?.addEventListener("message", (event: MessageEvent<ArrayBuffer>) => {
      kinds.add(new Uint8Array(event.data)[0] ?? -1)
    })
    write(ann.doc, "c1", "Fine.")
    write(ann.doc, "c2", "Not fine.")
    await until(() => ann.closed.length === 1)
    expect(ann.closed[0]?.code).toBe(CLOSE.rejected)
    expect([...kinds].every((kind) => kind < 4)).toBe(true)
  })

  test("[SYNC4] comes back by itself after a restart (1012), with what it wrote meanwhile", async () => {
    const first = await start()
    const ann = stockProvider(first.url, { ticket: "ann-good" })
    await until(() => ann.provider.synced)
    await first.stop()
    await until(() => !ann.provider.wsconnected)
    write(ann.doc, "c1", "While it was down.")
    await start({ log: first.log, port: first.port })
    await until(() => ann.provider.synced, "to come back", 8000)
    const ben = stockProvider(first.url, { ticket: "ben-good" })
    await until(() => textOf(ben.doc, "c1").includes("While it was down"))
    expect(ann.closed).toHaveLength(0)
  }, 15_000)
})

describe("sockets", () => {
  test("[SYNC5] a frame that is too large closes 4413, by its header alone; text frames and garbage 4403", async () => {
    const { url } = await start({ config: { limits: { maxFrameBytes: 2000 } } })
    const room = `${url}/doc.e1.s2?ticket=ann-good`
    expect(await codeOf(room, new Uint8Array(3000))).toBe(CLOSE.tooLarge)
    expect(await codeOf(room, Uint8Array.from([77, 1, 2, 3]))).toBe(CLOSE.rejected)
  })

  test("[SYNC6] storage away while the ticket is looked up is 1013: come back later", async () => {
    const { url } = await start({
      tickets: { verify: () => Promise.reject(new Error("away")), ended: async () => new Set() },
    })
    expect(await codeOf(`${url}/doc.e1.s2?ticket=ann-good`)).toBe(CLOSE.tryLater)
  })

  test("[SYNC31] while a ticket is looked up no more than one frame's bytes are held for its socket", async () => {
    const { url } = await start({
      tickets: { verify: () => new Promise(() => undefined), ended: async () => new Set() },
      config: { limits: { maxFrameBytes: 1000 } },
    })
    const ws = new NodeWebSocket(`${url}/doc.e1.s2?ticket=ann-good`)
    const closed = new Promise<number>((resolve) => ws.on("close", resolve))
    await new Promise((resolve) => ws.on("open", resolve))
    ws.send(new Uint8Array(600))
    ws.send(new Uint8Array(600))
    expect(await closed).toBe(CLOSE.tryLater)
  })

  test("[SYNC40] while a ticket is looked up a flood stays outside, and is taken in once the ticket is good", async () => {
    let answer: () => void = () => undefined
    const asked = new Promise<void>((resolve) => (answer = resolve))
    const { url, log, server } = await start({
      tickets: { ...desk, verify: (room, ticket) => asked.then(() => desk.verify(room, ticket)) },
    })
    const sockets: Socket[] = []
    server.on("connection", (socket) => sockets.push(socket))
    const received = () => sockets.reduce((sum, socket) => sum + socket.bytesRead, 0)
    const ws = new NodeWebSocket(`${url}/doc.e1.s2?ticket=ann-good`)
    closing.push(() => ws.terminate())
    await new Promise((resolve) => ws.on("open", resolve))
    const doc = newDoc("plan")
    for (const entry of await log.readAfter("doc", 0)) Y.applyUpdate(doc, entry.bytes)
    const before = Y.encodeStateVector(doc)
    write(doc, "c1", "x".repeat(90_000))
    const update = Y.encodeStateAsUpdate(doc, before)
    const frame = new Uint8Array(2 + sizeOfRun(update))
    // kind 0 (sync), 2 (update)
    frame[1] = 2
    putRun(frame, 2, update)
    for (let i = 0; i < 40; i++) ws.send(frame)
    await new Promise((resolve) => setTimeout(resolve, 100))
    expect(received()).toBeLessThan(300_000)
    answer()
    await until(() => received() > 3_000_000)
    const reader = stockProvider(url, { ticket: "ben-good" })
    await until(() => textOf(reader.doc, "c1").includes("xxx"))
  })

  test("[SYNC43] a room's name of another form of documents is 4409", async () => {
    const { url } = await start({
      tickets: { ...desk, verify: async (_room, ticket) => desk.verify("doc.e1.s2", ticket) },
    })
    expect(await codeOf(`${url}/doc.e1.s99?ticket=ann-good`)).toBe(CLOSE.wrongEpoch)
  })

  test("[SYNC7] upgrades of other paths are left to others", async () => {
    const { server, port } = await start()
    const seen: (string | undefined)[] = []
    server.on("upgrade", (request, socket) => {
      if (request.url?.startsWith("/sync/")) return
      seen.push(request.url)
      socket.destroy()
    })
    expect(await codeOf(`ws://127.0.0.1:${port}/elsewhere`)).toBe(-1)
    expect(seen).toEqual(["/elsewhere"])
  })

  test("[SYNC8] metrics count what happened, in whole lines", async () => {
    const { url, sync } = await start()
    const ann = stockProvider(url, { ticket: "ann-good" })
    await until(() => ann.provider.synced)
    write(ann.doc, "c1", "Counted.")
    await until(() => /^alternat_sync_updates_committed_total 1$/m.test(sync.metrics()))
    expect(sync.metrics()).toMatch(/^alternat_sync_sockets 1$/m)
    expect(sync.metrics().endsWith("\n")).toBe(true)
    expect(sync.metrics()).not.toContain("_bus_")
  })

  test("[API62] what is written in a delegation's own room moves no figure", async () => {
    const log = memoryLog()
    log.create({ doc: "doc", updates: [{ author: "server", bytes: smallDocument({ c1: "One.", c2: "Two." }) }] })
    const inCaucus: TicketDesk = {
      ...desk,
      verify: async () => bearer("ann", { roles: ["drafter"], space: "caucus" }),
    }
    const { url, sync } = await start({ log, tickets: inCaucus })
    const before = sync.metrics()
    const ann = stockProvider(url, { ticket: "ann-good" })
    await until(() => ann.provider.synced)
    const bob = stockProvider(url, { ticket: "bob-good" })
    await until(() => bob.provider.synced)
    write(ann.doc, "c1", "Ours.")
    await until(() => textOf(bob.doc, "c1").includes("Ours."))
    expect(sync.metrics()).toBe(before)
  })

  test("[SYNC9] stopping closes every socket with 1012", async () => {
    const { url, sync } = await start()
    const code = codeOf(`${url}/doc.e1.s2?ticket=ann-good`)
    await until(() => /^alternat_sync_sockets 1$/m.test(sync.metrics()))
    await sync.close()
    expect(await code).toBe(CLOSE.restart)
  })
})

describe("our session over a real socket", () => {
  test("[SYNC10] saves, lives through a killed server, and saves what was written meanwhile", async () => {
    const first = await start()
    const session = openSession({
      wsUrl: first.url,
      planId: "plan",
      space: "plan",
      userId: "ann",
      storageName: null,
      WebSocketPolyfill: Polyfill,
      fetchTicket: async () => ({
        room: "doc.e1.s2",
        ticket: "ann-good",
        expiresAt: new Date(Date.now() + 3_600_000).toISOString(),
      }),
    })
    closing.push(() => session.destroy())
    await until(() => session.state.synced)
    write(session.doc, "c1", "Saved.")
    await until(() => session.state.unsaved.size === 0 && session.state.lastSavedAt !== null)
    // connections die without a closing word
    first.server.closeAllConnections()
    await first.stop()
    await until(() => session.state.connection === "offline")
    write(session.doc, "c2", "Meanwhile.")
    expect([...session.state.unsaved]).toEqual(["clause:c2:en"])
    await start({ log: first.log, port: first.port })
    await until(() => session.state.unsaved.size === 0, "saved", 10_000)
    const reader = newDoc("plan")
    for (const entry of await first.log.readAfter("doc", 0)) Y.applyUpdate(reader, entry.bytes)
    expect([textOf(reader, "c1"), textOf(reader, "c2")]).toEqual(['[{"p":["Saved."]}]', '[{"p":["Meanwhile."]}]'])
  }, 20_000)
})
