import * as decoding from "lib0/decoding"
import * as Y from "yjs"
import type { Participant } from "../connection.ts"
import type { Hub } from "../hub-face.ts"
import { decodeNotice, encodeStep1, encodeStep2, encodeUpdate, KIND, type ServerNotice, SYNC } from "../protocol.ts"
import type { TicketBearer } from "../update-log.ts"

export const bearer = (userId: string, more: Partial<TicketBearer> = {}): TicketBearer => ({
  userId,
  sessionId: `session of ${userId}`,
  name: userId,
  party: "US",
  roles: ["drafter"],
  doc: "doc",
  planId: "plan",
  space: "plan",
  mayEdit: true,
  ...more,
})

export interface WireOptions {
  readonly bearer?: TicketBearer
  readonly ext?: boolean
  readonly epoch?: number | null
  /** false: frames wait in `inbox` and `outbox` until they are moved by hand */
  readonly flowing?: boolean
}

/** A Yjs client on a wire of two queues, to be moved at once or by hand. */
export class WireClient {
  readonly doc: Y.Doc
  readonly notices: ServerNotice[] = []
  readonly frames: Uint8Array[] = []
  readonly inbox: Uint8Array[] = []
  readonly outbox: Uint8Array[] = []
  closed: { code: number; reason: string } | null = null
  synced = false
  bufferedAmount = 0
  takenBytes = 0
  #participant: Participant | null = null
  readonly bearer: TicketBearer

  constructor(
    readonly hub: Hub,
    userId: string,
    readonly options: WireOptions = {},
    doc = new Y.Doc(),
  ) {
    this.doc = doc
    this.bearer = options.bearer ?? bearer(userId)
    this.doc.on("update", (update: Uint8Array, origin: unknown) => {
      if (origin !== this && this.#participant) this.send(encodeUpdate(update))
    })
  }

  connect(): this {
    this.closed = null
    this.synced = false
    this.inbox.length = 0
    this.outbox.length = 0
    const mine: { socket: Participant | null } = { socket: null }
    const current = (): boolean => this.#participant === mine.socket || mine.socket === null
    const buffered = (): number => this.bufferedAmount
    const taken = (): number => this.takenBytes
    mine.socket = this.hub.admit({
      bearer: this.bearer,
      epoch: this.options.epoch ?? null,
      ext: this.options.ext ?? true,
      address: "test",
      connection: {
        send: (bytes) => {
          if (!current()) return
          this.inbox.push(bytes)
          if (this.options.flowing !== false) setImmediate(() => this.moveIn())
        },
        close: (code, reason) => {
          if (!current()) return
          this.closed = { code, reason }
          this.#participant = null
        },
        get bufferedAmount() {
          return buffered()
        },
        get takenBytes() {
          return taken()
        },
      },
    })
    if (this.closed) return this
    this.#participant = mine.socket
    this.send(encodeStep1(Y.encodeStateVector(this.doc)))
    return this
  }

  /** The network goes: what is under way in both directions is lost. */
  drop(): void {
    const participant = this.#participant
    this.#participant = null
    this.inbox.length = 0
    this.outbox.length = 0
    participant?.left()
  }

  get connected(): boolean {
    return this.#participant !== null
  }

  send(frame: Uint8Array): void {
    this.outbox.push(frame)
    if (this.options.flowing !== false) this.moveOut()
  }

  /** A transport says that so much of a message has come, and not all. */
  beginMessage(bytes: number): void {
    this.#participant?.unfinished(bytes)
  }

  moveOut(): void {
    const frame = this.outbox.shift()
    if (frame) this.#participant?.receive(frame)
  }

  moveIn(): void {
    const frame = this.inbox.shift()
    if (frame) this.#read(frame)
  }

  #read(frame: Uint8Array): void {
    this.frames.push(frame)
    const notice = decodeNotice(frame)
    if (notice) {
      this.notices.push(notice)
      return
    }
    const decoder = decoding.createDecoder(frame)
    if (decoding.readVarUint(decoder) !== KIND.sync) return
    const step = decoding.readVarUint(decoder)
    const payload = decoding.readVarUint8Array(decoder)
    if (step === SYNC.step1) {
      this.send(encodeStep2(Y.encodeStateAsUpdate(this.doc, payload)))
      return
    }
    Y.applyUpdate(this.doc, payload, this)
    if (step === SYNC.step2) this.synced = true
  }

  get acked(): number {
    return this.notices.reduce((frames, notice) => (notice.type === "ack" ? notice.frames : frames), 0)
  }

  text(name: string): Y.Text {
    return this.doc.getText(name)
  }
}

/** Waits for something to become true, in turns of the event loop. */
export async function until(condition: () => boolean, what = "the condition", timeoutMs = 3000): Promise<void> {
  const deadline = Date.now() + timeoutMs
  while (!condition()) {
    if (Date.now() > deadline) throw new Error(`timed out waiting for ${what}`)
    await new Promise((resolve) => setTimeout(resolve, 2))
  }
}

export const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms))
