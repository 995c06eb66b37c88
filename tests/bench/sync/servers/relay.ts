// The limit of what `ws` can do: every update goes to all sockets of its room as it comes, and nothing else happens.
import { createServer } from "node:http"
import { type WebSocket, WebSocketServer } from "ws"
import { STEP_1, STEP_2, SYNC, syncMessage } from "../messages.ts"
import { serve } from "./serve.ts"

const EMPTY = syncMessage(STEP_2, Uint8Array.of(0, 0))
const rooms = new Map<string, Set<WebSocket>>()
const server = createServer()
const wss = new WebSocketServer({ server, perMessageDeflate: false, clientTracking: false })
wss.on("connection", (ws, request) => {
  const name = request.url ?? ""
  const room = rooms.get(name) ?? new Set()
  rooms.set(name, room.add(ws))
  ws.on("error", () => undefined)
  ws.on("close", () => {
    room.delete(ws)
    if (room.size === 0) rooms.delete(name)
  })
  ws.on("message", (data: Buffer) => {
    if (data[0] === SYNC && data[1] === STEP_1) ws.send(EMPTY)
    else if (data[0] !== SYNC || data[1] !== STEP_2) for (const other of room) if (other !== ws) other.send(data)
  })
})
serve(server, async () => undefined)
