import type { IncomingMessage, Server } from "node:http"
import type { Duplex } from "node:stream"
import { CLOSE, type Connection, createHub, DEFAULT_LIMITS, type Hub, type TicketBearer } from "@alternat/room"
import { type WebSocket, WebSocketServer } from "ws"
import type { SyncOptions, SyncService } from "./attach-face.ts"
import { addressOf, type Knock, readKnock } from "./knock.ts"
import { prometheusText } from "./prometheus-text.ts"
import { sayTooLarge, socketConnection, toBytes } from "./socket-connection.ts"

/** Frames that come while the ticket is being looked up wait; more than this, or than one frame's bytes, is nobody's first word. */
const MAX_EARLY_FRAMES = 64

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
    perMessageDeflate: false,
    clientTracking: false,
    maxPayload,
  })
  const turnedAway = { count: 0 }

  const onUpgrade = (request: IncomingMessage, socket: Duplex, head: Buffer): void => {
    const knock = readKnock(request.url ?? "", path)
    if (knock === null) {
      // nobody else is there to answer it, and Node would keep the socket for ever
      if (server.listenerCount("upgrade") === 1) socket.end("HTTP/1.1 404 Not Found\r\nConnection: close\r\n\r\n")
      return
    }
    socket.on("error", destroySocket)
    wss.handleUpgrade(request, socket, head, (ws) => {
      const address = addressOf(request, config.trustProxy ?? 0)
      void receive(ws, socket, knock, address)
    })
  }

  const receive = async (ws: WebSocket, socket: Duplex, knock: Knock, address: string): Promise<void> => {
    // ws reports a broken frame or a lost peer as an error and then as a close; the close is what counts
    ws.on("error", ignore)
    sayTooLarge(ws)
    const early: Uint8Array[] = []
    let bytes = 0
    const keep = (data: unknown): void => {
      const frame = toBytes(data)
      bytes += frame.length
      if (early.push(frame) <= MAX_EARLY_FRAMES && bytes <= maxPayload) return
      // what comes after is not held either: nobody has said yet who this is
      ws.off("message", keep)
      early.length = 0
      ws.close(CLOSE.tryLater, "too many frames")
    }
    ws.on("message", keep)
    const answer = await askTicketDesk(knock)
    ws.off("message", keep)
    if (ws.readyState !== ws.OPEN) return
    if ("code" in answer) {
      turnedAway.count++
      ws.close(answer.code, answer.reason)
      return
    }
    admit(hub, ws, { connection: socketConnection(ws, socket), knock, bearer: answer.bearer, address, early })
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
      logger?.error("ticket could not be looked up", { error: String(error) })
      return { code: CLOSE.tryLater, reason: "storage is away" }
    }
  }

  server.on("upgrade", onUpgrade)
  return {
    metrics: () => prometheusText(hub.stats(), turnedAway.count, bus),
    close: async () => {
      server.off("upgrade", onUpgrade)
      await hub.close()
      wss.close()
    },
  }
}

const ignore = (): void => undefined

/** Made once, and out here: a listener that is made beside the request keeps all of it as long as the socket is open. */
function destroySocket(this: Duplex): void {
  this.destroy()
}

interface Admitted {
  readonly connection: Connection
  readonly knock: Knock
  readonly bearer: TicketBearer
  readonly address: string
  readonly early: readonly Uint8Array[]
}

function admit(hub: Hub, ws: WebSocket, { connection, knock, bearer, address, early }: Admitted): void {
  const participant = hub.admit({ connection, bearer, epoch: knock.epoch, ext: knock.ext, address })
  ws.on("message", (data) => participant.receive(toBytes(data)))
  ws.on("close", () => participant.left())
  for (const frame of early) participant.receive(frame)
}
