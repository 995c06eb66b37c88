import { CLOSE, type Participant } from "@alternat/room"
import type { WebSocket } from "ws"

/** Frames that come while the ticket is being looked up wait; more than this, or than one frame's bytes, is nobody's first word. */
const MAX_EARLY_FRAMES = 64

/** Whoever a socket belongs to: a stranger until the ticket has been looked up, then a participant of a room. */
export class Visitor {
  #participant: Participant | null = null
  #early: Uint8Array[] | null = []
  #earlyBytes = 0

  constructor(
    readonly ws: WebSocket,
    readonly maxEarlyBytes: number,
  ) {
    // ws reports a broken frame or a lost peer as an error and then as a close; the close is what counts
    ws.on("error", ignore)
    // of text it gives the UTF-8, which is no message of ours and is refused as such
    ws.on("message", (data: Buffer) => this.#hear(data))
    ws.on("close", () => this.#participant?.left())
  }

  #hear(frame: Uint8Array): void {
    if (this.#participant) this.#participant.receive(frame)
    else this.#keep(frame)
  }

  #keep(frame: Uint8Array): void {
    if (this.#early === null) return
    this.#earlyBytes += frame.length
    if (this.#early.push(frame) <= MAX_EARLY_FRAMES && this.#earlyBytes <= this.maxEarlyBytes) return
    // what comes after is not held either: nobody has said yet who this is
    this.#early = null
    this.ws.close(CLOSE.tryLater, "too many frames")
  }

  /** From here on what comes is the participant's; first of all, what has come already. */
  enter(participant: Participant): void {
    const early = this.#early
    this.#participant = participant
    this.#early = null
    for (const frame of early ?? []) participant.receive(frame)
  }
}

const ignore = (): void => undefined
