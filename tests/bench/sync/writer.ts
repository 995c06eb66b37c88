import * as decoding from "lib0/decoding"
import * as encoding from "lib0/encoding"
import { WebSocket } from "ws"
import * as Y from "yjs"

/** What all writers of one run share: when each letter was sent, and how long each delivery took. */
export class Deliveries {
  readonly latencies: number[] = []
  readonly #sent = new Map<number, Map<number, number>>()

  sent(client: number, clock: number): void {
    const clocks = this.#sent.get(client) ?? new Map<number, number>()
    this.#sent.set(client, clocks.set(clock, performance.now()))
  }

  /** One frame may hold many letters: each counts as the delivery it is. */
  arrived(update: Uint8Array, reader: number): void {
    const now = performance.now()
    for (const { id, length } of Y.decodeUpdate(update).structs) {
      if (id.client === reader) continue
      const clocks = this.#sent.get(id.client)
      for (let clock = id.clock; clock < id.clock + length; clock++) {
        const at = clocks?.get(clock)
        if (at !== undefined) this.latencies.push(now - at)
      }
    }
  }
}

/** A person who types into one clause and reads all others, on the stock protocol. Reading doesn't integrate: the two servers are measured, not their clients. */
export class Writer {
  readonly doc = new Y.Doc()
  closed: number | null = null
  readonly #socket: WebSocket

  constructor(
    url: string,
    readonly clauseId: string,
    readonly deliveries: Deliveries,
  ) {
    this.#socket = new WebSocket(url, { perMessageDeflate: false })
    this.#socket.on("close", (code) => (this.closed = code))
    this.doc.on("update", (update: Uint8Array, origin: unknown) => {
      if (origin !== this) this.#send(2, update)
    })
  }

  /** connects and takes the document over */
  ready(): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#socket.once("error", reject)
      this.#socket.once("close", (code) => reject(new Error(`closed with ${code}`)))
      this.#socket.once("open", () => this.#send(0, Y.encodeStateVector(this.doc)))
      this.#socket.on("message", (data: Buffer) => this.#read(new Uint8Array(data), resolve))
    })
  }

  type(): void {
    const clock = Y.getState(this.doc.store, this.doc.clientID)
    this.deliveries.sent(this.doc.clientID, clock)
    const clause = this.doc.getMap("clauses").get(this.clauseId) as Y.Map<Y.XmlFragment>
    const paragraph = clause.get("en")?.get(0) as Y.XmlElement
    const text = paragraph.get(0) as Y.XmlText
    text.insert(text.length, "x")
  }

  close(): void {
    this.#socket.removeAllListeners("close")
    this.#socket.close()
    this.doc.destroy()
  }

  #send(step: number, payload: Uint8Array): void {
    const encoder = encoding.createEncoder()
    encoding.writeVarUint(encoder, 0)
    encoding.writeVarUint(encoder, step)
    encoding.writeVarUint8Array(encoder, payload)
    this.#socket.send(encoding.toUint8Array(encoder))
  }

  #read(frame: Uint8Array, synced: () => void): void {
    const decoder = decoding.createDecoder(frame)
    if (decoding.readVarUint(decoder) !== 0) return
    const step = decoding.readVarUint(decoder)
    const payload = decoding.readVarUint8Array(decoder)
    if (step === 0) this.#send(1, Y.encodeStateAsUpdate(this.doc, payload))
    else if (step === 1) {
      Y.applyUpdate(this.doc, payload, this)
      synced()
    } else this.deliveries.arrived(payload, this.doc.clientID)
  }
}
