import type { RoomLimits } from "./limits.ts"
import type { Member } from "./member.ts"
import { type AwarenessEntry, encodeAwareness } from "./protocol.ts"

interface Held {
  readonly entry: AwarenessEntry
  /** null: a socket of another node */
  readonly owner: Member | null
  readonly seenAt: number
}

export interface AwarenessAudience {
  /** the live members of this delegation */
  tell(frame: Uint8Array): void
  /** the other nodes, of what has changed on this one */
  tellNodes(entries: readonly AwarenessEntry[]): void
  /** [LOG4] may this person be seen under this client id? */
  mayUse(clientId: number, userId: string): boolean
}

/**
 * Who is where, of one delegation in one room: raw states, the last of each client wins, one frame to all at most
 * every `awarenessHoldMs`, never logged. A Yjs client id belongs to the socket that first used it, as long as that
 * socket lives; stock providers also send back what they were told of others, which is left aside here. What other
 * nodes tell of their sockets is passed on to the members, and never back to the nodes.
 */
export class RoomAwareness {
  readonly #held = new Map<number, Held>()
  readonly #farewells = new Map<number, AwarenessEntry>()
  readonly #dirty = new Map<number, "here" | "elsewhere">()
  #timer: ReturnType<typeof setTimeout> | null = null

  constructor(
    readonly limits: RoomLimits,
    readonly audience: AwarenessAudience,
  ) {}

  receive(member: Member, entries: readonly AwarenessEntry[], now: number): void {
    const { userId, name } = member.bearer
    for (const entry of entries) {
      const held = this.#held.get(entry.clientId)
      if (held?.owner && held.owner !== member) continue
      if (!isNewer(entry, held?.entry)) continue
      const isFirst = held?.owner !== member
      if (isFirst && (member.awarenessIds.size >= 4 || !this.audience.mayUse(entry.clientId, userId))) continue
      if (!held && this.#isEcho(entry)) continue
      // the name beside a caret is the ticket's, whatever the client says
      const said = entry.state?.["user"]
      const user = { ...(typeof said === "object" && said !== null ? said : {}), id: userId, name }
      const state = entry.state && { ...entry.state, user }
      this.#put({ entry: { ...entry, state }, owner: member, seenAt: now }, "here")
    }
  }

  /** From another node, which has held the names to the tickets. A socket that has moved there is seen there. */
  receiveFromNode(entries: readonly AwarenessEntry[], now: number): void {
    for (const entry of entries) {
      const held = this.#held.get(entry.clientId)
      if (!isNewer(entry, held?.entry) || (!held && this.#isEcho(entry))) continue
      const user = entry.state?.["user"] as { readonly id?: unknown } | undefined
      if (entry.state !== null && !this.audience.mayUse(entry.clientId, String(user?.id))) continue
      this.#put({ entry, owner: null, seenAt: now }, "elsewhere")
    }
  }

  /** A late echo of somebody who has just gone must not bring them back under another's name. */
  #isEcho(entry: AwarenessEntry): boolean {
    const farewell = this.#farewells.get(entry.clientId)
    return farewell !== undefined && entry.clock < farewell.clock
  }

  #put(next: Held, where: "here" | "elsewhere"): void {
    const { clientId, clock, state } = next.entry
    if (state === null) return this.#sayFarewell(clientId, clock, where)
    const before = this.#held.get(clientId)?.owner
    if (before !== next.owner) before?.awarenessIds.delete(clientId)
    next.owner?.awarenessIds.add(clientId)
    this.#farewells.delete(clientId)
    this.#held.set(clientId, next)
    this.#mark(clientId, where)
  }

  #sayFarewell(clientId: number, clock: number, where: "here" | "elsewhere"): void {
    const held = this.#held.get(clientId)
    if (!held) return
    held.owner?.awarenessIds.delete(clientId)
    this.#held.delete(clientId)
    if (this.#farewells.size > 1000) this.#farewells.clear()
    this.#farewells.set(clientId, { clientId, clock, state: null })
    this.#mark(clientId, where)
  }

  leave(member: Member): void {
    for (const id of member.awarenessIds) this.#sayFarewell(id, (this.#held.get(id)?.entry.clock ?? 0) + 1, "here")
  }

  sweep(now: number): void {
    for (const [id, { entry, owner, seenAt }] of this.#held)
      if (now - seenAt > this.limits.awarenessTimeoutMs)
        this.#sayFarewell(id, entry.clock + 1, owner ? "here" : "elsewhere")
  }

  /** Everybody present, for a newcomer; null when nobody is. */
  frame(): Uint8Array | null {
    if (this.#held.size === 0) return null
    return encodeAwareness([...this.#held.values()].map((held) => held.entry))
  }

  /** Everybody present on this node. */
  here(): readonly AwarenessEntry[] {
    return [...this.#held.values()].filter((held) => held.owner !== null).map((held) => held.entry)
  }

  #mark(clientId: number, where: "here" | "elsewhere"): void {
    this.#dirty.set(clientId, where)
    this.#timer ??= setTimeout(() => this.#flush(), this.limits.awarenessHoldMs)
  }

  #flush(): void {
    this.#timer = null
    const entries: AwarenessEntry[] = []
    const here: AwarenessEntry[] = []
    for (const [id, where] of this.#dirty) {
      const entry = this.#held.get(id)?.entry ?? this.#farewells.get(id)
      if (!entry) continue
      entries.push(entry)
      if (where === "here") here.push(entry)
    }
    this.#dirty.clear()
    if (entries.length > 0) this.audience.tell(encodeAwareness(entries))
    if (here.length > 0) this.audience.tellNodes(here)
  }

  destroy(): void {
    if (this.#timer) clearTimeout(this.#timer)
    this.#timer = null
  }
}

/** This person is about to write: our editor says `caret`, others for ProseMirror say `cursor`. */
export const showsCaret = ({ state }: AwarenessEntry): boolean =>
  (state?.["caret"] ?? state?.["cursor"] ?? null) !== null

/** As y-protocols has it: a higher clock, or a farewell at the same one. Nobody leaves who was not there. */
function isNewer(entry: AwarenessEntry, held: AwarenessEntry | undefined): boolean {
  if (!held) return entry.state !== null
  return entry.clock > held.clock || (entry.clock === held.clock && entry.state === null)
}
