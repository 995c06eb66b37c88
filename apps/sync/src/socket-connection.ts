import { CLOSE, type Connection } from "@alternat/room"
import type { WebSocket } from "ws"

/** A peer that doesn't answer our close frame holds its buffers no longer than this. */
const CLOSE_GRACE_MS = 2000

export function socketConnection(ws: WebSocket): Connection {
  return {
    send: (bytes) => {
      if (ws.readyState === ws.OPEN) ws.send(bytes, { binary: true })
    },
    close: (code, reason) => {
      ws.close(code, reason)
      setTimeout(() => ws.terminate(), CLOSE_GRACE_MS).unref()
    },
    get bufferedAmount() {
      return ws.bufferedAmount
    },
  }
}

/** What ws calls 1009, too long by its header alone, is 4413 in our table, so that a stock provider stops sending it. */
export function sayTooLarge(ws: WebSocket): void {
  const close = ws.close.bind(ws)
  ws.close = (code, reason) => (code === 1009 ? close(CLOSE.tooLarge, "too large") : close(code, reason))
}

/** A message of ws as bytes; text frames come as their UTF-8, and fail as any wrong bytes do. */
export function toBytes(data: unknown): Uint8Array {
  if (data instanceof Uint8Array) return data
  if (data instanceof ArrayBuffer) return new Uint8Array(data)
  if (Array.isArray(data)) return Buffer.concat(data as Buffer[])
  return new Uint8Array()
}
