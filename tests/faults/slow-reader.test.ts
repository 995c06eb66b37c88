import { randomBytes } from "node:crypto"
import { connect, type Socket } from "node:net"
import { clauseFragment, writeFragment } from "@alternat/document"
import { expect, test } from "vitest"
import { Crowd } from "./harness/crowd.ts"
import { setScene } from "./harness/scene.ts"

const scene = setScene({ nodes: 1 })

/** Says hello, asks for the document, and then never takes a byte from its socket again. */
async function deafReader(): Promise<Socket> {
  const { room, ticket } = await scene.stage.ticket(scene.stage.userOf(1))
  const socket = connect(scene.node.port, "127.0.0.1")
  socket.on("error", () => undefined)
  await new Promise<void>((resolve) => socket.on("connect", () => resolve()))
  socket.pause()
  const key = randomBytes(16).toString("base64")
  socket.write(
    `GET /sync/${room}?ticket=${ticket} HTTP/1.1\r\nHost: 127.0.0.1\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n` +
      `Sec-WebSocket-Key: ${key}\r\nSec-WebSocket-Version: 13\r\n\r\n`,
  )
  await expect.poll(() => scene.node.metric("sockets")).toBe(3)
  // sync step 1 with an empty state vector, as one masked frame whose mask is zero
  socket.write(Buffer.from([0x82, 0x84, 0, 0, 0, 0, 0, 0, 1, 0]))
  return socket
}

test("[ROOM23] who doesn't read is dropped when megabytes wait for him; memory stays bounded and the others don't suffer", async () => {
  const crowd = await Crowd.gather(scene.stage, scene.node.port, 2)
  const deaf = await deafReader()
  const memory = scene.node.memory
  let most = 0
  crowd.start()
  // pages that are written and written again: much to send, little to keep
  const writer = crowd.people[0]
  const fragment = writer && clauseFragment(writer.session.doc, "c4", "en")
  if (!fragment) throw new Error("broken invariant: the plan has a fourth clause")
  for (let page = 0; page < 300 && (await scene.node.metric("slow_readers_dropped_total")) === 0; page++) {
    const words = randomBytes(40_000).toString("hex")
    writer.session.doc.transact(() => writeFragment(fragment, [{ p: [words] }]))
    await expect.poll(() => writer.unsaved, { timeout: 10_000, interval: 5 }).toBe(false)
    most = Math.max(most, scene.node.memory)
  }
  expect(await scene.node.metric("slow_readers_dropped_total")).toBe(1)
  await expect.poll(() => scene.node.metric("sockets")).toBe(2)
  expect(most - memory).toBeLessThan(250)
  await crowd.settles()
  expect(await crowd.lost()).toEqual([])
  deaf.destroy()
  await crowd.leave()
}, 120_000)
