// @y/websocket-server as its own start script runs it: everything in memory, nobody asked for anything.
import { createServer } from "node:http"
import type { AddressInfo } from "node:net"
import { getYDoc, setupWSConnection } from "@y/websocket-server/utils"
import { WebSocketServer } from "ws"
import * as Y from "yjs"
import { roomUpdate } from "./room.ts"

Y.applyUpdate(getYDoc("bench"), roomUpdate())
const server = createServer()
const wss = new WebSocketServer({ noServer: true })
wss.on("connection", setupWSConnection)
server.on("upgrade", (request, socket, head) =>
  wss.handleUpgrade(request, socket, head, (ws) => void wss.emit("connection", ws, request)),
)
server.listen(0, "127.0.0.1", () => {
  process.send?.({ url: `ws://127.0.0.1:${(server.address() as AddressInfo).port}/bench` })
})
process.on("message", (message) => {
  if (message === "cpu") process.send?.({ cpu: process.cpuUsage() })
  else process.exit(0)
})
