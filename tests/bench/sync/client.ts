import type { BenchRoom, Contender } from "./contender.ts"
import { BRING_NOTHING, HAVE_NOTHING, payloadOf, STEP_1, STEP_2, SYNC, SYNC_REPLY, UPDATE } from "./messages.ts"
import { clientFrame, WireSocket } from "./wire-socket.ts"

export interface ClientOptions {
  readonly contender: Pick<Contender, "dialect" | "process">
  readonly room: BenchRoom
  /** which of the room's tickets is its own */
  readonly client: number
  /** gets every update, and before the first sync is over, also what completes it */
  readonly onUpdate?: (update: Uint8Array, step: "first" | "live") => void
}

/** One client of one room, on the stock protocol or Hocuspocus' own; it keeps no document. */
export class Client {
  readonly socket: WireSocket
  /** bytes of the first sync's document: its step 2, and what came ahead of it */
  firstBytes = 0
  awarenessFrames = 0
  synced = false
  /** over when the server's step 2 has been read */
  readonly ready: Promise<void>
  #isReady: () => void = () => undefined

  constructor(readonly options: ClientOptions) {
    const { contender, room, client } = options
    const { dialect, process: server } = contender
    this.socket = new WireSocket(server.port, dialect.path(room, client), (message) => this.#read(message))
    const synced = new Promise<void>((resolve) => (this.#isReady = resolve))
    const ended = this.socket.ended.then((code) => {
      if (!this.synced) throw new Error(`closed with ${code} before the first sync`)
    })
    this.ready = Promise.race([synced, ended])
    this.ready.catch(() => undefined)
    for (const message of dialect.hello(room)) this.socket.opened.then(() => this.#send(message), ignore)
    this.socket.opened.then(() => this.#say(HAVE_NOTHING), ignore)
  }

  /** A message as a frame of this client's wire, to be sent with `socket.send`. */
  frame(message: Uint8Array): Buffer {
    const { contender, room } = this.options
    return clientFrame(contender.dialect.wrap(room, message))
  }

  #say(message: Uint8Array): void {
    this.socket.send(this.frame(message))
  }

  #send(message: Uint8Array): void {
    this.socket.send(clientFrame(message))
  }

  #read(message: Buffer): void {
    const at = this.options.contender.dialect.offset(message)
    const kind = message[at]
    if (kind === 1) this.awarenessFrames++
    if (kind !== SYNC && kind !== SYNC_REPLY) return
    const step = message[at + 1]
    if (step === STEP_1) return this.#say(BRING_NOTHING)
    if (step !== STEP_2 && step !== UPDATE) return
    const update = payloadOf(message, at + 2)
    if (!this.synced) this.firstBytes += update.length
    this.options.onUpdate?.(update, this.synced ? "live" : "first")
    if (step === STEP_2 && !this.synced) {
      this.synced = true
      this.#isReady()
    }
  }

  close(): void {
    this.socket.close()
  }
}

const ignore = () => undefined
