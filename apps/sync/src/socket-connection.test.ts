import { createServer } from "node:http"
import type { AddressInfo, Socket } from "node:net"
import { SharedMessages } from "@alternat/room"
import { expect, test } from "vitest"
import { WebSocket, WebSocketServer } from "ws"
import { SocketConnection } from "./socket-connection.ts"

test("[SYNC16] messages framed once for many arrive whole and in order, at every size a length can be written in", async () => {
  const sizes = [0, 1, 125, 126, 65_535, 65_536, 200_000]
  const messages = sizes.map((size, i) => new Uint8Array(size).fill(i + 1))
  const shared = new SharedMessages(messages)
  const server = createServer()
  const wss = new WebSocketServer({ noServer: true, perMessageDeflate: false })
  server.on("upgrade", (request, socket, head) =>
    wss.handleUpgrade(request, socket, head, (ws) => {
      const connection = new SocketConnection(ws, socket as Socket)
      connection.send(Uint8Array.of(7))
      connection.sendShared(shared, Uint8Array.of(8))
      connection.sendShared(shared, null)
      ws.ping()
      connection.send(Uint8Array.of(9))
      connection.close(1000, "")
    }),
  )
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve))
  const { port } = server.address() as AddressInfo
  const read = async (): Promise<Buffer[]> => {
    const ws = new WebSocket(`ws://127.0.0.1:${port}`)
    const got: Buffer[] = []
    ws.on("message", (data: Buffer) => got.push(data))
    await new Promise((resolve) => ws.on("close", resolve))
    return got
  }
  const expected = [Uint8Array.of(7), ...messages, Uint8Array.of(8), ...messages, Uint8Array.of(9)].map((one) =>
    Buffer.from(one),
  )
  for (const got of await Promise.all([read(), read()])) expect(got.map(same)).toEqual(expected.map(same))
  await new Promise((resolve) => server.close(resolve))
})

const same = (bytes: Buffer): string => `${bytes.length} × ${bytes[0] ?? "nothing"} … ${bytes.at(-1) ?? ""}`
