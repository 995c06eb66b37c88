import type { RoomLimits } from "./limits.ts"

/** A socket, as far as its unread bytes go. */
export interface Reader {
  readonly unreadBytes: number
  /** closes it: it reads too slowly */
  dropAsSlow(): void
}

/** Everything that the sockets of one person make this process keep, over all rooms; also after they have closed. */
export class Holdings {
  readonly members = new Set<Reader>()
  /** edits that are not in the log, and messages that have not come to their end */
  bytes = 0

  get isEmpty(): boolean {
    return this.members.size === 0 && this.bytes === 0
  }

  /** The socket that leaves most unread, where all of them together leave too much. */
  slowestReader({ maxUnreadBytesPerUser }: Pick<RoomLimits, "maxUnreadBytesPerUser">): Reader | null {
    let sum = 0
    let slowest: Reader | null = null
    for (const member of this.members) {
      sum += member.unreadBytes
      if (member.unreadBytes > (slowest?.unreadBytes ?? 0)) slowest = member
    }
    return sum > maxUnreadBytesPerUser ? slowest : null
  }
}

/** The holdings of everybody. Those that hold nothing any more go with the next sweep. */
export class HoldingsByUser {
  readonly #byUser = new Map<string, Holdings>()

  of(userId: string): Holdings {
    let holdings = this.#byUser.get(userId)
    if (!holdings) this.#byUser.set(userId, (holdings = new Holdings()))
    return holdings
  }

  sweep(): void {
    for (const [userId, holdings] of this.#byUser) if (holdings.isEmpty) this.#byUser.delete(userId)
  }
}
