import type { Admission, Participant } from "./connection.ts"
import type { RoomLimits } from "./limits.ts"
import { CLOSE, encodeAck, encodeEpoch, encodeRejected } from "./protocol.ts"
import type { Room } from "./room.ts"
import type { SharedMessages } from "./shared-messages.ts"
import type { TicketBearer } from "./update-log.ts"

/** Tallies of the whole hub, raised where things happen. */
export interface Tally {
  framesIn: number
  framesOut: number
  updatesCommitted: number
  commits: number
  commitMsTotal: number
  refusals: number
  rejudgements: number
  slowReadersDropped: number
  catchUps: number
  compactions: number
  revocations: number
}

/** Whoever lets sockets in. */
export interface MemberHost {
  readonly limits: RoomLimits
  readonly tally: Tally
  /** a message of an open member */
  receive(member: Member, bytes: Uint8Array): void
  /** it has closed, whoever ended it; told once */
  forget(member: Member): void
}

/**
 * One socket in a room: `joining` until its first sync has been answered, `live` while it gets what others write,
 * `closed` from the moment we or it end it; every later frame of a closed member is discarded.
 */
export class Member implements Participant {
  phase: "joining" | "live" | "closed" = "joining"
  /** the state vector of a step 1 that waits for the room to open */
  waitingStep1: Uint8Array | null = null
  /** step 2 and update frames received so far: what acknowledgements count */
  updateFrames = 0
  /**
   * Edits sent before the step 2 that holds what they build on: a stock provider sends what is typed as soon as its
   * socket is open, offline work only when asked. They wait for it. null: step 2 has come.
   */
  early: Uint8Array[] | null = []
  readonly awarenessIds = new Set<number>()
  lastSentAt = 0
  /** an update of this socket was refused: what it sent after that builds on nothing and is discarded */
  refusedHere = false
  #acked = 0
  #windowStart = 0
  #windowFrames = 0

  constructor(
    readonly admission: Admission,
    readonly room: Room,
    readonly host: MemberHost,
  ) {}

  receive(bytes: Uint8Array): void {
    if (this.phase !== "closed") this.host.receive(this, bytes)
  }

  left(): void {
    if (this.phase === "closed") return
    this.phase = "closed"
    this.host.forget(this)
  }

  get bearer(): TicketBearer {
    return this.admission.bearer
  }

  send(frame: Uint8Array, now: number): void {
    if (!this.#mayReceive()) return
    this.lastSentAt = now
    this.host.tally.framesOut++
    this.admission.connection.send(frame)
  }

  /** Messages that others get too, then, if any, one for this socket alone. */
  sendShared(shared: SharedMessages, last: Uint8Array | null, now: number): void {
    const { connection } = this.admission
    if (!connection.sendShared) {
      for (const message of shared.messages) this.send(message, now)
      if (last) this.send(last, now)
      return
    }
    if (!this.#mayReceive()) return
    this.lastSentAt = now
    this.host.tally.framesOut += shared.messages.length + (last ? 1 : 0)
    connection.sendShared(shared, last)
  }

  /** false: closed, or closed now for reading too slowly */
  #mayReceive(): boolean {
    if (this.phase === "closed") return false
    if (this.admission.connection.bufferedAmount <= this.host.limits.maxBufferedBytes) return true
    this.host.tally.slowReadersDropped++
    this.close(CLOSE.tryLater, "reads too slowly")
    return false
  }

  /** The acknowledgement that is due when `frames` of this socket are in the log; null: told before, or not asked for. */
  takeAck(frames: number, seq: number): Uint8Array | null {
    if (!this.admission.ext || frames <= this.#acked) return null
    this.#acked = frames
    return encodeAck(frames, seq)
  }

  /** `frames` of this socket are in the log. */
  acknowledge(frames: number, seq: number, now: number): void {
    const ack = this.takeAck(frames, seq)
    if (ack) this.send(ack, now)
  }

  refuse(reason: string, clauseId: string | null, now: number): void {
    if (this.phase === "closed") return
    this.host.tally.refusals++
    if (this.admission.ext) this.send(encodeRejected(reason, clauseId), now)
    this.close(CLOSE.rejected, reason.slice(0, 100))
  }

  closeForEpoch(epoch: number, now: number): void {
    if (this.admission.ext) this.send(encodeEpoch(epoch), now)
    this.close(CLOSE.wrongEpoch, "wrong epoch")
  }

  close(code: number, reason: string): void {
    if (this.phase === "closed") return
    this.phase = "closed"
    this.admission.connection.close(code, reason)
    this.host.forget(this)
  }

  /** false: more frames than any honest client sends */
  withinRate(now: number): boolean {
    if (now - this.#windowStart > 10_000) {
      this.#windowStart = now
      this.#windowFrames = 0
    }
    return ++this.#windowFrames <= this.host.limits.maxFramesPerSecond * 10
  }
}
