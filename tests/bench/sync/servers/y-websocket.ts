// @y/websocket-server as its own start script runs it: everything in memory, nobody asked for anything.
import { createServer } from "node:http"
import { setupWSConnection } from "@y/websocket-server/utils"
import { WebSocketServer } from "ws"
import { serve } from "./serve.ts"

const server = createServer()
const wss = new WebSocketServer({ noServer: true })
wss.on("connection", setupWSConnection)
server.on("upgrade", (request, socket, head) =>
  wss.handleUpgrade(request, socket, head, (ws) => void wss.emit("connection", ws, request)),
)
serve(server, async () => undefined)
