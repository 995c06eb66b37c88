import type { RoomLimits } from "./limits.ts"
import type { Member } from "./member.ts"
import { type AwarenessEntry, encodeAwareness } from "./protocol.ts"

interface Held {
  entry: AwarenessEntry
  readonly owner: Member
  seenAt: number
}

/**
 * Who is where, of one delegation in one room: raw states, the last of each client wins, one frame to all at most
 * every `awarenessHoldMs`, never logged. A Yjs client id belongs to the socket that first used it, as long as that
 * socket lives; stock providers also send back what they were told of others, which is left aside here.
 */
export class RoomAwareness {
  readonly #held = new Map<number, Held>()
  readonly #farewells = new Map<number, AwarenessEntry>()
  readonly #dirty = new Set<number>()
  #timer: ReturnType<typeof setTimeout> | null = null

  constructor(
    readonly limits: RoomLimits,
    /** who hears: the live members of this delegation */
    readonly tell: (frame: Uint8Array) => void,
  ) {}

  receive(
    member: Member,
    entries: readonly AwarenessEntry[],
    mayUse: (clientId: number) => boolean,
    now: number,
  ): void {
    for (const entry of entries) {
      const held = this.#held.get(entry.clientId)
      if (held && held.owner !== member) continue
      if (held ? entry.clock < held.entry.clock : entry.state === null) continue
      if (held && entry.clock === held.entry.clock && entry.state !== null) continue
      if (!held && (member.awarenessIds.size >= 4 || !mayUse(entry.clientId) || this.#isEcho(entry))) continue
      this.#put(member, entry, now)
    }
  }

  /** A late echo of somebody who has just gone must not bring them back under another's name. */
  #isEcho(entry: AwarenessEntry): boolean {
    const farewell = this.#farewells.get(entry.clientId)
    return farewell !== undefined && entry.clock < farewell.clock
  }

  #put(member: Member, entry: AwarenessEntry, now: number): void {
    if (entry.state === null) {
      this.#sayFarewell(entry.clientId, entry.clock)
    } else {
      member.awarenessIds.add(entry.clientId)
      this.#farewells.delete(entry.clientId)
      // the name beside a caret is the ticket's, whatever the client says
      const said = entry.state["user"]
      const user = {
        ...(typeof said === "object" && said !== null ? said : {}),
        id: member.bearer.userId,
        name: member.bearer.name,
      }
      this.#held.set(entry.clientId, {
        entry: { ...entry, state: { ...entry.state, user } },
        owner: member,
        seenAt: now,
      })
    }
    this.#mark(entry.clientId)
  }

  #sayFarewell(clientId: number, clock: number): void {
    const held = this.#held.get(clientId)
    if (!held) return
    held.owner.awarenessIds.delete(clientId)
    this.#held.delete(clientId)
    if (this.#farewells.size > 1000) this.#farewells.clear()
    this.#farewells.set(clientId, { clientId, clock, state: null })
    this.#mark(clientId)
  }

  leave(member: Member): void {
    for (const id of member.awarenessIds) this.#sayFarewell(id, (this.#held.get(id)?.entry.clock ?? 0) + 1)
  }

  sweep(now: number): void {
    for (const [id, held] of this.#held)
      if (now - held.seenAt > this.limits.awarenessTimeoutMs) this.#sayFarewell(id, held.entry.clock + 1)
  }

  /** Everybody present, for a newcomer; null when nobody is. */
  frame(): Uint8Array | null {
    if (this.#held.size === 0) return null
    return encodeAwareness([...this.#held.values()].map((held) => held.entry))
  }

  #mark(clientId: number): void {
    this.#dirty.add(clientId)
    this.#timer ??= setTimeout(() => this.#flush(), this.limits.awarenessHoldMs)
  }

  #flush(): void {
    this.#timer = null
    const entries: AwarenessEntry[] = []
    for (const id of this.#dirty) {
      const entry = this.#held.get(id)?.entry ?? this.#farewells.get(id)
      if (entry) entries.push(entry)
    }
    this.#dirty.clear()
    if (entries.length > 0) this.tell(encodeAwareness(entries))
  }

  destroy(): void {
    if (this.#timer) clearTimeout(this.#timer)
    this.#timer = null
  }
}
