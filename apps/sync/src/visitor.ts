import type { Duplex } from "node:stream"
import { CLOSE, type Participant } from "@alternat/room"
import type { WebSocket } from "ws"

/** Frames that come while the ticket is being looked up wait; more than this, or than one frame's bytes, is nobody's first word. */
const MAX_EARLY_FRAMES = 64
/** Of a stranger no more is read than this and one chunk; of a message without an end the room is told from here on. */
const MAX_UNTOLD_BYTES = 64 * 1024

/** Whoever a socket belongs to: a stranger until the ticket has been looked up, then a participant of a room. */
export class Visitor {
  #participant: Participant | null = null
  #early: Uint8Array[] | null = []
  #earlyBytes = 0
  /** bytes that have come since the last message that was whole */
  #unfinished = 0

  constructor(
    readonly ws: WebSocket,
    socket: Duplex,
    readonly maxEarlyBytes: number,
  ) {
    // ws reports a broken frame or a lost peer as an error and then as a close; the close is what counts
    ws.on("error", ignore)
    // ahead of ws itself, which says nothing of a message before its end
    socket.prependListener("data", (chunk: Uint8Array) => this.#count(chunk.length))
    // of text it gives the UTF-8, which is no message of ours and is refused as such
    ws.on("message", (data: Buffer) => this.#hear(data))
    ws.on("close", () => this.#participant?.left())
  }

  #count(bytes: number): void {
    this.#unfinished += bytes
    if (this.#unfinished + this.#earlyBytes <= MAX_UNTOLD_BYTES) return
    if (this.#participant) this.#participant.unfinished(this.#unfinished)
    // one that is closing has to be read to its end
    else if (this.ws.readyState === this.ws.OPEN) this.ws.pause()
  }

  #hear(frame: Uint8Array): void {
    this.#unfinished = 0
    if (this.#participant) this.#participant.receive(frame)
    else this.#keep(frame)
  }

  #keep(frame: Uint8Array): void {
    if (this.#early === null) return
    this.#earlyBytes += frame.length
    if (this.#early.push(frame) <= MAX_EARLY_FRAMES && this.#earlyBytes <= this.maxEarlyBytes) return
    // what comes after is not held either: nobody has said yet who this is
    this.turnAway(CLOSE.tryLater, "too many frames")
  }

  turnAway(code: number, reason: string): void {
    this.#early = null
    this.ws.resume()
    this.ws.close(code, reason)
  }

  /** From here on what comes is the participant's; first of all, what has come already. */
  enter(participant: Participant): void {
    const early = this.#early
    this.#participant = participant
    this.#early = null
    this.#earlyBytes = 0
    for (const frame of early ?? []) participant.receive(frame)
    this.ws.resume()
  }
}

const ignore = (): void => undefined
