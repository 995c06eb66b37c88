import { randomBytes } from "node:crypto"
import { connect } from "node:net"
import { clauseFragment } from "@alternat/document"
import { putRun, sizeOfRun } from "@alternat/room"
import { expect, test } from "vitest"
import { WebSocket } from "ws"
import * as Y from "yjs"
import { Crowd } from "./harness/crowd.ts"
import { setScene } from "./harness/scene.ts"
import { CLAUSES } from "./harness/stage.ts"
import { Typist } from "./harness/typist.ts"

const scene = setScene({ nodes: 1 })
/** the fourth of four who may write; the crowd are the others */
const OFFENDER = 3
const MEGABYTE = 1 << 20

async function addressOfRoom(): Promise<string> {
  const { room, ticket } = await scene.stage.ticket(scene.stage.userOf(OFFENDER))
  return `/sync/${room}?ticket=${ticket}`
}

/** kind 0 (sync), 2 (update) */
function encodeUpdate(update: Uint8Array): Uint8Array {
  const frame = new Uint8Array(2 + sizeOfRun(update))
  frame[1] = 2
  putRun(frame, 2, update)
  return frame
}

/** Updates of a megabyte each that build on one that is never sent. */
function* orphans(): Generator<Uint8Array> {
  const doc = new Y.Doc()
  let update: Uint8Array = new Uint8Array()
  doc.on("update", (bytes: Uint8Array) => (update = bytes))
  doc.getText("a").insert(0, "never sent")
  doc.getText("a").insert(0, randomBytes(MEGABYTE / 2).toString("hex"))
  const frame = encodeUpdate(update)
  for (;;) yield frame
}

/** Sends edits ahead of a step 2 that never comes, until it is sent away. Gives the bytes sent and the close code. */
async function floodOnce(): Promise<{ readonly bytes: number; readonly code: number }> {
  const ws = new WebSocket(`ws://127.0.0.1:${scene.node.port}${await addressOfRoom()}`)
  const closed = new Promise<number>((resolve) => ws.on("close", resolve))
  ws.on("error", () => undefined)
  await new Promise((resolve) => ws.on("open", resolve))
  let bytes = 0
  for (const frame of orphans()) {
    if (ws.readyState !== ws.OPEN) break
    await new Promise((resolve) => ws.send(frame, resolve))
    bytes += frame.length
    await new Promise(setImmediate)
  }
  return { bytes, code: await closed }
}

/** Begins a message of eight megabytes and leaves it without its last. */
async function beginMessage(): Promise<{ readonly bytes: number; readonly isOpen: () => boolean; end(): void }> {
  const socket = connect(scene.node.port, "127.0.0.1")
  socket.on("error", () => undefined)
  socket.resume()
  const key = randomBytes(16).toString("base64")
  socket.write(
    `GET ${await addressOfRoom()} HTTP/1.1\r\nHost: 127.0.0.1\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n` +
      `Sec-WebSocket-Key: ${key}\r\nSec-WebSocket-Version: 13\r\n\r\n`,
  )
  const header = Buffer.alloc(14)
  header.writeUInt16BE(0x82ff)
  header.writeBigUInt64BE(BigInt(8 * MEGABYTE), 2)
  const part = Buffer.alloc(7 * MEGABYTE)
  await new Promise((resolve) => socket.write(Buffer.concat([header, part]), resolve))
  return { bytes: part.length, isOpen: () => !socket.destroyed, end: () => socket.destroy() }
}

/** The most that the node grows to above what it has now, while this is done. */
async function growth(work: () => Promise<void>): Promise<number> {
  const before = scene.node.memory
  let most = before
  const watch = setInterval(() => (most = Math.max(most, scene.node.memory)), 20)
  await work()
  clearInterval(watch)
  return (most - before) * MEGABYTE
}

test("[SYNC41] hundreds of megabytes that one person sends and that can't be taken stay out of memory; he alone is sent away", async () => {
  const crowd = await Crowd.gather(scene.stage, scene.node.port, 3)
  const away: number[] = []
  for (const one of crowd.people)
    one.session.subscribe(() => one.session.state.connection === "online" || away.push(one.number))
  crowd.start()
  let sent = 0
  const codes = new Set<number>()
  const grown = await growth(async () => {
    while (sent < 200 * MEGABYTE) {
      const { bytes, code } = await floodOnce()
      sent += bytes
      codes.add(code)
    }
  })
  expect([...codes]).toEqual([1013])
  expect(grown).toBeLessThan(sent / 2)

  const begun = await Promise.all(Array.from({ length: 40 }, () => beginMessage()))
  await expect.poll(() => begun.filter((one) => one.isOpen()).length, { timeout: 20_000 }).toBeLessThan(6)
  for (const one of begun) one.end()

  await expect.poll(() => scene.node.metric("sockets"), { timeout: 20_000 }).toBe(3)
  expect(away).toEqual([])
  expect(await crowd.lost()).toEqual([])
  await crowd.settles()
  await crowd.leave()
}, 180_000)

test("[SYNC42] two megabytes and more that were written without a line get in whole, with what is typed on top", async () => {
  const { line, stage } = scene
  const [writer, reader] = [new Typist(stage, 20, line.port), new Typist(stage, 21, scene.node.port)]
  await expect.poll(() => writer.online && reader.online, { timeout: 20_000 }).toBe(true)
  const { doc } = writer.session
  const before = Y.encodeStateVector(doc)
  line.targets = []
  line.cut()
  await expect.poll(() => writer.online).toBe(false)
  for (const clauseId of CLAUSES) typeBackwards(doc, clauseId, 80_000)
  expect(Y.encodeStateAsUpdate(doc, before).length).toBeGreaterThan(2 * MEGABYTE)
  line.targets = [scene.node.port]
  for (let i = 0; i < 20; i++) writer.type()
  await expect.poll(() => writer.online && !writer.unsaved, { timeout: 90_000 }).toBe(true)
  expect(writer.session.state.offered).toEqual([])
  await expect.poll(() => reader.words.includes("w20.20"), { timeout: 30_000 }).toBe(true)
  for (const one of [writer, reader]) await one.session.destroy()
}, 180_000)

/** Each letter before the last one, so that each is a piece of its own. */
function typeBackwards(doc: Y.Doc, clauseId: string, letters: number): void {
  const paragraph = clauseFragment(doc, clauseId, "en")?.get(0) as Y.XmlElement
  const text = paragraph.get(0) as Y.XmlText
  doc.transact(() => {
    for (let i = 0; i < letters; i++) text.insert(0, "x")
  })
}
