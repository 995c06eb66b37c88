import { newDoc } from "@alternat/document"
import { type Desk, deskOf, doCaucusEdit, doEdit, type HonestEdit, textsOfPlan } from "@alternat/document/test-support"
import * as decoding from "lib0/decoding"
import * as Y from "yjs"
import type { Participant } from "../connection.ts"
import type { Hub } from "../hub-face.ts"
import { CLOSE, decodeNotice, encodeStep1, encodeStep2, encodeUpdate, KIND, SYNC } from "../protocol.ts"
import type { TicketBearer } from "../update-log.ts"

interface Socket {
  participant: Participant | null
  readonly inbox: (Uint8Array | { readonly code: number; readonly reason: string })[]
  readonly outbox: Uint8Array[]
}

/** The ids stand in the order of their making, so that the same steps give the same conflicts. */
let made = 1000

/**
 * A person at a real document, with a client as plain as the stock one, on a wire that moves by hand: what either side
 * says waits in a queue until `send` or `receive`. After a refusal or in a new epoch it takes a fresh document.
 */
export class PlanPeer {
  desk: Desk
  epoch: number
  synced = false
  readonly refusals: string[] = []
  #socket: Socket | null = null
  /** update frames of the present socket, sent and acknowledged */
  #sent = 0
  #acked = 0
  #lastClose = "never"

  constructor(
    readonly bearer: TicketBearer,
    readonly options: {
      readonly ext: boolean
      readonly clauses: readonly string[]
      currentEpoch(): number
      introduce(clientId: number): void
      wrong(what: string): void
    },
  ) {
    this.epoch = options.currentEpoch()
    this.desk = this.#newDesk()
  }

  get doc(): Y.Doc {
    return this.desk.doc
  }

  get connected(): boolean {
    return this.#socket !== null
  }

  /** nothing under way in either direction, and all of it acknowledged */
  get quiet(): boolean {
    const socket = this.#socket
    if (socket === null || !this.synced) return false
    const isTold = !this.options.ext || this.#acked === this.#sent
    return socket.inbox.length === 0 && socket.outbox.length === 0 && isTold
  }

  /** in words, for whoever asks why it never comes to rest */
  get standing(): string {
    const { inbox = [], outbox = [] } = this.#socket ?? {}
    const line = this.#socket ? `${inbox.length} to read, ${outbox.length} to send` : "no line"
    const told = `${this.#acked} of ${this.#sent} acknowledged`
    return `${this.bearer.userId} (${this.synced ? "in sync" : "not in sync"}, ${line}, ${told}, closed before: ${this.#lastClose})`
  }

  #newDesk(): Desk {
    const doc = newDoc(this.bearer.space)
    doc.clientID = made++
    this.options.introduce(doc.clientID)
    doc.on("update", (update: Uint8Array, origin: unknown) => {
      if (origin !== WIRE) this.#say(encodeUpdate(update))
    })
    return deskOf(doc, this.bearer.space)
  }

  edit(edit: HonestEdit): void {
    // nobody can type before the document is there
    if (this.doc.store.clients.size === 0) return
    if (this.bearer.space === "caucus") doCaucusEdit(this.desk, edit)
    else doEdit(this.desk, edit, textsOfPlan(this.doc, this.options.clauses))
  }

  join(hub: Hub): void {
    if (this.#socket) return
    const socket: Socket = { participant: null, inbox: [], outbox: [] }
    this.#socket = socket
    this.synced = false
    this.#sent = 0
    this.#acked = 0
    socket.participant = hub.admit({
      bearer: this.bearer,
      epoch: this.epoch,
      ext: this.options.ext,
      address: this.bearer.userId,
      connection: {
        bufferedAmount: 0,
        send: (frame) => void socket.inbox.push(frame),
        close: (code, reason) => void socket.inbox.push({ code, reason }),
      },
    })
    this.#say(encodeStep1(Y.encodeStateVector(this.doc)))
  }

  /** The network goes: what is under way in both directions is lost. */
  drop(): void {
    const socket = this.#socket
    this.#socket = null
    socket?.participant?.left()
  }

  #say(frame: Uint8Array): void {
    this.#socket?.outbox.push(frame)
  }

  /** So many of what waits leave. */
  send(count: number): void {
    const socket = this.#socket
    for (const frame of socket?.outbox.splice(0, count) ?? []) {
      if (frame[0] === KIND.sync && frame[1] !== SYNC.step1) this.#sent++
      socket?.participant?.receive(frame)
    }
  }

  /** So many of what waits arrive. */
  receive(count: number): void {
    const socket = this.#socket
    for (let i = 0; i < count; i++) {
      // what arrives may end the socket
      const next = socket === this.#socket ? socket?.inbox.shift() : undefined
      if (next === undefined) return
      if (next instanceof Uint8Array) this.#hear(next)
      else this.#closed(next)
    }
  }

  #hear(frame: Uint8Array): void {
    const notice = decodeNotice(frame)
    if (notice?.type === "ack") this.#acked = notice.frames
    if (notice || frame[0] !== KIND.sync) return
    const decoder = decoding.createDecoder(frame)
    decoder.pos = 2
    const payload = decoding.readVarUint8Array(decoder)
    if (frame[1] === SYNC.step1) return this.#say(encodeStep2(Y.encodeStateAsUpdate(this.doc, payload)))
    Y.applyUpdate(this.doc, payload, WIRE)
    if (frame[1] !== SYNC.step2) return
    this.synced = true
    if (this.doc.store.pendingStructs) this.options.wrong(`${this.bearer.userId} is in sync with gaps`)
  }

  #closed({ code, reason }: { readonly code: number; readonly reason: string }): void {
    this.drop()
    this.#lastClose = `${code} ${reason}`
    if (code === CLOSE.restart || code === CLOSE.tryLater) return
    if (code === CLOSE.rejected) this.refusals.push(reason)
    else if (code !== CLOSE.wrongEpoch) this.options.wrong(`${this.bearer.userId} is closed with ${code}: ${reason}`)
    this.epoch = this.options.currentEpoch()
    this.desk.undo.destroy()
    this.doc.destroy()
    this.desk = this.#newDesk()
  }
}

const WIRE = Symbol("wire")
