import type { IncomingMessage, Server } from "node:http"
import type { Socket } from "node:net"
import type { Duplex } from "node:stream"
import { SCHEMA_VERSION } from "@alternat/document"
import { CLOSE, createHub, DEFAULT_LIMITS, errorPlace, isKnownHost, type TicketBearer } from "@alternat/room"
import { type WebSocket, WebSocketServer } from "ws"
import type { SyncOptions, SyncService } from "./attach-face.ts"
import { addressOf, type Knock, readKnock } from "./knock.ts"
import { prometheusText } from "./prometheus-text.ts"
import { SocketConnection, SyncSocket } from "./socket-connection.ts"
import { Visitor } from "./visitor.ts"

/** Of a thousand clients that come back at once none is turned away by the system, to try again a second later. */
export const LISTEN_BACKLOG = 4096

/**
 * Serves `GET {path}/{room}?ticket=…` upgrades of this server. Upgrades of other paths are left to others.
 * A refusal is a close code after the upgrade, because that is what a stock provider gets to see; an HTTP status is not.
 */
export function attachSync(server: Server, options: SyncOptions): SyncService {
  const { log, feed, tickets, bus = null, fold, config = {}, logger, makeJudge } = options
  const path = config.path ?? "/sync"
  const maxPayload = config.limits?.maxFrameBytes ?? DEFAULT_LIMITS.maxFrameBytes
  const hub = createHub({
    log,
    feed,
    bus,
    tickets,
    ...(fold && { fold }),
    ...(config.limits && { limits: config.limits }),
    ...(logger && { logger }),
    ...(makeJudge && { makeJudge }),
  })
  const wss = new WebSocketServer({
    noServer: true,
    WebSocket: SyncSocket,
    perMessageDeflate: false,
    clientTracking: false,
    maxPayload,
  })

  const onUpgrade = (request: IncomingMessage, socket: Duplex, head: Buffer): void => {
    const knock = readKnock(request.url ?? "", path)
    if (knock === null) {
      // nobody else is there to answer it, and Node would keep the socket for ever
      if (server.listenerCount("upgrade") === 1) socket.end("HTTP/1.1 404 Not Found\r\nConnection: close\r\n\r\n")
      return
    }
    socket.on("error", destroySocket)
    if (config.hosts && !isKnownHost(config.hosts, request.headers.host, request.socket.localAddress)) {
      socket.end(UNKNOWN_HOST)
      return
    }
    wss.handleUpgrade(request, socket, head, (ws) => {
      const address = addressOf(request, config.trustProxy ?? 0)
      void receive(ws, socket, knock, address)
    })
  }

  const receive = async (ws: WebSocket, socket: Duplex, knock: Knock, address: string): Promise<void> => {
    const visitor = new Visitor(ws, socket, maxPayload)
    const answer = await askTicketDesk(knock)
    if (ws.readyState !== ws.OPEN) return ws.resume()
    if ("code" in answer) {
      visitor.turnAway(answer.code, answer.reason)
      return
    }
    if (knock.schema !== null && knock.schema !== SCHEMA_VERSION)
      return visitor.turnAway(CLOSE.wrongEpoch, "the document has another form")
    const connection = new SocketConnection(ws, socket as Socket)
    const { epoch, ext } = knock
    visitor.enter(hub.admit({ connection, bearer: answer.bearer, epoch, ext, address }))
  }

  const askTicketDesk = async ({
    room,
    ticket,
  }: Knock): Promise<{ bearer: TicketBearer } | { code: number; reason: string }> => {
    if (ticket === "") return { code: CLOSE.noTicket, reason: "no ticket" }
    try {
      const bearer = await tickets.verify(room, ticket)
      return bearer ? { bearer } : { code: CLOSE.noTicket, reason: "bad ticket" }
    } catch (error) {
      logger?.error("ticket could not be looked up", { error: errorPlace(error) })
      return { code: CLOSE.tryLater, reason: "storage is away" }
    }
  }

  server.on("upgrade", onUpgrade)
  return {
    metrics: () => prometheusText(hub.stats(), bus),
    close: async () => {
      server.off("upgrade", onUpgrade)
      await hub.close()
      wss.close()
    },
  }
}

/** The API's own refusal (`unknown_host` in ERRORS.md). No page of ours gets here, so no close code has to be seen. */
const UNKNOWN_HOST = [
  "HTTP/1.1 421 Misdirected Request",
  "Content-Type: application/problem+json; charset=utf-8",
  "Connection: close",
  "",
  JSON.stringify({
    type: "urn:alternat:problem:unknown_host",
    title: "Unknown host",
    status: 421,
    code: "unknown_host",
    detail: "This server does not answer to the name in the `Host` header.",
  }),
].join("\r\n")

/** Made once, and out here: a listener that is made beside the request keeps all of it as long as the socket is open. */
function destroySocket(this: Duplex): void {
  this.destroy()
}
