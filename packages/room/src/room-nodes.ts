import { type BusMessage, decodeBusMessage, encodeBusMessage, MAX_CARRIED_BYTES } from "./bus-message.ts"
import type { Followed } from "./log-follower.ts"
import type { RoomContext } from "./room-context.ts"
import type { DocId } from "./update-log.ts"

/** A room's talk with the same room on other nodes. Where there is no bus, or it is down, nothing is said. */
export class RoomNodes {
  readonly #leave: () => void

  constructor(
    readonly doc: DocId,
    readonly context: Pick<RoomContext, "bus" | "logger">,
    readonly hear: (message: BusMessage) => void,
  ) {
    this.#leave = context.bus?.subscribe(doc, (bytes) => this.#read(bytes)) ?? (() => undefined)
  }

  #read(bytes: Uint8Array): void {
    const decoded = decodeBusMessage(bytes)
    if (decoded.ok) this.hear(decoded.value)
    else this.context.logger.warn("what another node said is not understood", { doc: this.doc })
  }

  get isUp(): boolean {
    return this.context.bus?.state === "up"
  }

  tell(message: BusMessage): void {
    const { bus } = this.context
    if (bus?.state === "up") bus.publish(this.doc, encodeBusMessage(message))
  }

  /** What is too large to be carried is read from the log: the news of its position goes out with the commit. */
  tellAppended(epoch: number, rulesRev: number, entries: readonly Followed[]): void {
    const [first] = entries
    if (!first || !this.isUp) return
    if (entries.reduce((sum, { bytes }) => sum + bytes.length, 0) > MAX_CARRIED_BYTES) return
    this.tell({ type: "appended", epoch, rulesRev, firstSeq: first.seq, updates: entries })
  }

  leave(): void {
    this.#leave()
  }
}

/** What another node has appended, as the follower takes it. */
export function followedFrom({ firstSeq, updates }: Extract<BusMessage, { type: "appended" }>): readonly Followed[] {
  // copies: views would keep the broker's whole read buffer alive
  return updates.map(({ author, bytes }, i) => ({ seq: firstSeq + i, author, bytes: bytes.slice(), own: false }))
}
