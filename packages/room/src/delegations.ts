import type { ClientUsers } from "./client-users.ts"
import type { Member } from "./member.ts"
import type { AwarenessEntry } from "./protocol.ts"
import { RoomAwareness } from "./room-awareness.ts"
import type { RoomContext } from "./room-context.ts"
import type { RoomNodes } from "./room-nodes.ts"
import { SharedMessages } from "./shared-messages.ts"

/** Who is where in one room, each delegation for itself: nobody sees a caret of the other side. */
export class Delegations {
  readonly #awareness = new Map<string, RoomAwareness>()

  constructor(
    readonly context: Pick<RoomContext, "limits" | "now">,
    readonly members: ReadonlySet<Member>,
    readonly nodes: Pick<RoomNodes, "tell">,
    readonly clientUsers: Pick<ClientUsers, "mayUse">,
  ) {}

  #of(group: string): RoomAwareness {
    let awareness = this.#awareness.get(group)
    if (!awareness) {
      awareness = new RoomAwareness(this.context.limits, {
        tell: (frame) => this.#tellGroup(group, new SharedMessages([frame])),
        tellNodes: (entries) => this.nodes.tell({ type: "awareness", group, entries }),
        mayUse: (clientId, userId) => this.clientUsers.mayUse(clientId, userId),
      })
      this.#awareness.set(group, awareness)
    }
    return awareness
  }

  #tellGroup(group: string, shared: SharedMessages): void {
    const now = this.context.now()
    for (const member of this.members)
      if (member.phase === "live" && groupOf(member) === group) member.sendShared(shared, null, now)
  }

  receive(member: Member, entries: readonly AwarenessEntry[]): void {
    if (entries.length > 0) this.#of(groupOf(member)).receive(member, entries, this.context.now())
  }

  receiveFromNode(group: string, entries: readonly AwarenessEntry[]): void {
    this.#of(group).receiveFromNode(entries, this.context.now())
  }

  /** Everybody whom this member may see, to this member alone. */
  tellWhoIsThere(member: Member): void {
    const frame = this.#awareness.get(groupOf(member))?.frame()
    if (frame) member.send(frame, this.context.now())
  }

  /** To the other nodes. */
  tellWhoIsHere(): void {
    for (const [group, awareness] of this.#awareness) {
      const entries = awareness.here()
      if (entries.length > 0) this.nodes.tell({ type: "awareness", group, entries })
    }
  }

  leave(member: Member): void {
    this.#awareness.get(groupOf(member))?.leave(member)
  }

  sweep(now: number): void {
    for (const awareness of this.#awareness.values()) awareness.sweep(now)
  }

  destroy(): void {
    for (const awareness of this.#awareness.values()) awareness.destroy()
  }
}

/** Those without a delegation see each other. */
const groupOf = (member: Member): string => member.bearer.party ?? ""
