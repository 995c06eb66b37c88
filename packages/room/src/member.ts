import type { Admission, Participant } from "./connection.ts"
import { EarlyEdits } from "./early-edits.ts"
import type { Holdings } from "./holdings.ts"
import type { RoomLimits } from "./limits.ts"
import { CLOSE, encodeAck, encodeEpoch, encodeRejected } from "./protocol.ts"
import type { SharedMessages } from "./shared-messages.ts"
import type { Tally } from "./tally.ts"
import type { TicketBearer } from "./update-log.ts"

/** Whoever lets sockets in. */
export interface MemberHost {
  readonly limits: RoomLimits
  readonly tally: Tally
  /** a message of an open member */
  receive(member: Member, bytes: Uint8Array): void
  /** it has closed, whoever ended it; told once */
  forget(member: Member): void
  now(): number
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
  /** null: the first step 2 has come */
  early: EarlyEdits | null = new EarlyEdits()
  /** edits of this socket that are not in the log, with {@link FRAME_COST} for each */
  heldBytes = 0
  readonly awarenessIds = new Set<number>()
  lastSentAt = 0
  /** an update of this socket was refused: what it sent after that builds on nothing and is discarded */
  refusedHere = false
  #acked = 0
  #windowStart = 0
  #windowFrames = 0
  #windowQuestions = 0
  #unfinished: { readonly bytes: number; readonly since: number } | null = null
  /** when the peer last took something of what waits for it, and how much it had taken by then */
  #taken: { readonly bytes: number | undefined; readonly at: number } | null = null

  constructor(
    readonly admission: Admission,
    readonly host: MemberHost,
    readonly holdings: Holdings,
  ) {}

  receive(bytes: Uint8Array): void {
    if (this.#unfinished) this.#setUnfinished(null)
    if (this.phase !== "closed") this.host.receive(this, bytes)
  }

  unfinished(bytes: number): void {
    if (this.phase === "closed") return
    this.#setUnfinished({ bytes, since: this.#unfinished?.since ?? this.host.now() })
    if (this.holdsTooMuch) this.close(CLOSE.tryLater, "too much at once")
  }

  #setUnfinished(next: { readonly bytes: number; readonly since: number } | null): void {
    this.holdings.bytes += (next?.bytes ?? 0) - (this.#unfinished?.bytes ?? 0)
    this.#unfinished = next
  }

  /** So much more of this socket waits for the log, or less. */
  hold(bytes: number): void {
    this.heldBytes += bytes
    this.holdings.bytes += bytes
  }

  get holdsTooMuch(): boolean {
    const { maxHeldBytesPerSocket, maxHeldBytesPerUser } = this.host.limits
    return this.heldBytes > maxHeldBytesPerSocket || this.holdings.bytes > maxHeldBytesPerUser
  }

  left(): void {
    if (this.phase === "closed") return
    this.phase = "closed"
    this.#setUnfinished(null)
    this.host.forget(this)
  }

  get unreadBytes(): number {
    return this.admission.connection.bufferedAmount
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
    this.dropAsSlow()
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
    this.#setUnfinished(null)
    this.admission.connection.close(code, reason)
    this.host.forget(this)
  }

  /** Closes a socket that keeps something of ours or its own waiting for longer than an honest line needs. */
  sweep(now: number): void {
    const { maxStallMs } = this.host.limits
    if (this.early?.hasWaitedTooLong(now, this.host.limits)) return this.close(CLOSE.tryLater, "edits without a step 2")
    if (this.#unfinished && now - this.#unfinished.since > maxStallMs)
      return this.close(CLOSE.tryLater, "a message without an end")
    if (this.#hasStalled(now, maxStallMs)) this.dropAsSlow()
  }

  #hasStalled(now: number, maxStallMs: number): boolean {
    const { bufferedAmount, takenBytes } = this.admission.connection
    if (bufferedAmount === 0) this.#taken = null
    else if (this.#taken?.bytes !== takenBytes || this.#taken === null) this.#taken = { bytes: takenBytes, at: now }
    return this.#taken !== null && now - this.#taken.at > maxStallMs
  }

  dropAsSlow(): void {
    this.host.tally.slowReadersDropped++
    this.close(CLOSE.tryLater, "reads too slowly")
  }

  /** false: more frames than any honest client sends */
  withinRate(now: number): boolean {
    if (now - this.#windowStart > 10_000) {
      this.#windowStart = now
      this.#windowFrames = 0
      this.#windowQuestions = 0
    }
    return ++this.#windowFrames <= this.host.limits.maxFramesPerSecond * 10
  }

  /** false: more questions than any honest client asks; counted by the same window as frames */
  mayAsk(): boolean {
    return ++this.#windowQuestions <= this.host.limits.maxQuestions
  }
}
