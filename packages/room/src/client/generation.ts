import { changedKeys, newDoc } from "@alternat/document"
import { Awareness } from "y-protocols/awareness"
import { WebsocketProvider } from "y-websocket"
import * as Y from "yjs"
import { foldUpdates } from "../fold.ts"
import type { ServerNotice } from "../protocol.ts"
import { OwnWork } from "./own-work.ts"
import type { SessionTicket } from "./session-face.ts"
import { trackedSocketClass } from "./tracked-socket.ts"

/** Transactions that write this person's refused drafts again: not local to Yjs, and their own all the same. */
export const REWRITTEN = Symbol("rewritten")

/** Not to be mistaken for nothing: a change that no key of the plan describes. */
const ELSEWHERE = "document"

export interface GenerationEvents {
  changed(): void
  connected(): void
  synced(isSynced: boolean): void
  saved(): void
  noticed(notice: Exclude<ServerNotice, { type: "ack" }>): void
  /** the socket has gone and nobody else will open it again */
  closed(code: number): void
}

export interface GenerationOptions {
  readonly wsUrl: string
  readonly space: "plan" | "caucus"
  readonly WebSocketPolyfill: typeof WebSocket
  readonly events: GenerationEvents
}

/** One Y.Doc and its wire, from its first sync until a refusal, a new epoch or the end of the session. */
export class Generation {
  readonly doc: Y.Doc
  readonly awareness: Awareness
  readonly work = new OwnWork()
  #provider: WebsocketProvider | null = null

  constructor(readonly options: GenerationOptions) {
    this.doc = newDoc(options.space)
    this.awareness = new Awareness(this.doc)
    this.doc.on("afterTransaction", (transaction: Y.Transaction) => {
      if (!isOwn(transaction) || transaction.changed.size === 0) return
      const keys = changedKeys(transaction)
      this.work.changed(keys.size > 0 ? keys : [ELSEWHERE])
      this.options.events.changed()
    })
    // before the provider's listener: the update must be known when its frame is counted
    this.doc.on("update", (update: Uint8Array, _origin: unknown, _doc: Y.Doc, transaction: Y.Transaction) => {
      if (isOwn(transaction)) this.work.wrote(update)
    })
  }

  /** Opens a socket with this ticket; the session decides when another one is due. */
  connect({ room, ticket }: SessionTicket): void {
    const provider = (this.#provider ??= this.#makeProvider(room))
    provider.roomname = room
    this.renew(ticket)
    provider.connect()
  }

  renew(ticket: string): void {
    if (this.#provider) this.#provider.params = { ticket, ext: "1" }
  }

  #makeProvider(room: string): WebsocketProvider {
    const { wsUrl, WebSocketPolyfill, events } = this.options
    const provider = new WebsocketProvider(wsUrl, room, this.doc, {
      connect: false,
      // tabs talk through the server only: a broadcast channel would pass by the guard
      disableBc: true,
      awareness: this.awareness,
      shouldReconnect: () => false,
      WebSocketPolyfill: trackedSocketClass(WebSocketPolyfill, {
        opened: () => {
          this.work.socketOpened()
          events.connected()
        },
        sent: (frame, content) => this.work.sent(frame, content),
        received: (update) => {
          this.work.received(update)
          this.work.shorten((pieces) => foldUpdates(pieces)?.state ?? null)
        },
        noticed: (notice) => this.#noticed(notice),
      }),
    })
    provider.on("sync", (isSynced: boolean) => events.synced(isSynced))
    provider.on("closed", ({ code }) => events.closed(code))
    return provider
  }

  #noticed(notice: ServerNotice): void {
    if (notice.type !== "ack") return this.options.events.noticed(notice)
    if (!this.work.acknowledged(notice.frames)) return this.options.events.changed()
    if (this.work.keys.size === 0 && !this.work.savedIsWhole) this.work.restart(Y.encodeStateAsUpdate(this.doc))
    this.options.events.saved()
  }

  destroy(): void {
    this.#provider?.destroy()
    // the awareness ends with its document
    this.doc.destroy()
  }
}

const isOwn = (transaction: Y.Transaction): boolean => transaction.local || transaction.origin === REWRITTEN
