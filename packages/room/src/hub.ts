import { Committer } from "./committer.ts"
import type { Admission, Participant } from "./connection.ts"
import { errorPlace } from "./error-place.ts"
import { foldUpdates } from "./fold.ts"
import { HoldingsByUser } from "./holdings.ts"
import type { Hub, HubOptions, RoomLogger } from "./hub-face.ts"
import { makeGuard } from "./judge.ts"
import { DEFAULT_LIMITS, type RoomLimits } from "./limits.ts"
import { Member, type MemberHost } from "./member.ts"
import { CLOSE, decodeMessage, encodeAwareness } from "./protocol.ts"
import { Room } from "./room.ts"
import type { RoomContext } from "./room-context.ts"
import { type Tally } from "./tally.ts"
import type { DocId, TicketBearer } from "./update-log.ts"

const silent: RoomLogger = { info: () => undefined, warn: () => undefined, error: () => undefined }
const newTally = (): Tally => ({
  framesIn: 0,
  framesOut: 0,
  updatesCommitted: 0,
  commits: 0,
  commitMsTotal: 0,
  refusals: 0,
  rejudgements: 0,
  slowReadersDropped: 0,
  catchUps: 0,
  compactions: 0,
  revocations: 0,
})

type Space = TicketBearer["space"]

/** Opens rooms as clients come, lets them go when idle, and ends sockets whose session or seat in the plan has ended. */
export function createHub(options: HubOptions): Hub {
  return new RoomHub(options)
}

/** a provider that hears nothing for 30 s takes its socket for dead */
const KEEP_ALIVE_MS = 20_000
const KEEP_ALIVE = encodeAwareness([])

class RoomHub implements Hub {
  readonly #roomsByDoc = new Map<DocId, Room>()
  /** rooms without anybody, those left first ahead */
  readonly #empty = new Set<Room>()
  readonly #roomsByMember = new Map<Member, Room>()
  readonly #holdings = new HoldingsByUser()
  readonly #byAddress = new Map<string, number>()
  readonly #limits: RoomLimits
  readonly #logger: RoomLogger
  readonly #committer: Committer
  /** counters, contexts and hosts by space: what is counted of a delegation's own room is shown to nobody */
  readonly #spaces: Readonly<Record<Space, { readonly context: RoomContext; readonly host: MemberHost }>>
  readonly #unsubscribe: () => void
  readonly #offGap: (() => void) | undefined
  readonly #sweepTimer: ReturnType<typeof setInterval>
  #sweeping = false
  #closing = false

  constructor(readonly options: HubOptions) {
    const { log, feed, bus = null, limits, logger = silent, makeJudge = makeGuard } = options
    const fold = options.fold ?? (async (parts) => foldUpdates(parts))
    this.#limits = { ...DEFAULT_LIMITS, ...limits }
    this.#logger = logger
    this.#committer = new Committer(log, this.#limits, (error) =>
      logger.error("append failed", { error: errorPlace(error) }),
    )
    const shared = {
      log,
      bus,
      fold,
      makeJudge,
      limits: this.#limits,
      logger,
      committer: this.#committer,
      now,
    }
    const spaceWith = (tally: Tally) => ({
      context: { ...shared, tally },
      host: {
        limits: this.#limits,
        tally,
        receive: (member: Member, bytes: Uint8Array) => this.#receive(member, bytes),
        forget: (member: Member) => this.#forget(member),
        now,
      },
    })
    this.#spaces = { plan: spaceWith(newTally()), caucus: spaceWith(newTally()) }
    this.#unsubscribe = feed.subscribe(({ doc, headSeq, rulesRev }) =>
      this.#roomsByDoc.get(doc)?.news(headSeq, rulesRev),
    )
    this.#offGap = bus?.onGap(() => {
      // updates are made good by the log's own feed; who is where has to be told again
      for (const room of this.#roomsByDoc.values()) room.meetNodes()
    })
    this.#sweepTimer = setInterval(() => void this.#sweep(), this.#limits.revocationSweepMs)
    this.#sweepTimer.unref()
  }

  admit(admission: Admission): Participant {
    const full = this.#closing ? { code: CLOSE.restart, reason: "restarting" } : this.#overLimit(admission)
    if (full) {
      admission.connection.close(full.code, full.reason)
      return { receive: () => undefined, unfinished: () => undefined, left: () => undefined }
    }
    const { context, host } = this.#spaces[admission.bearer.space]
    const room = this.#roomOf(admission.bearer.doc, context)
    const holdings = this.#holdings.of(admission.bearer.userId)
    const member = new Member(admission, host, holdings)
    this.#roomsByMember.set(member, room)
    holdings.members.add(member)
    count(this.#byAddress, admission.address, 1)
    this.#empty.delete(room)
    room.join(member)
    return member
  }

  #overLimit({ bearer, address }: Admission): { code: number; reason: string } | null {
    const { maxSocketsPerRoom, maxSocketsPerUser, maxSocketsPerAddress } = this.#limits
    const inRoom = this.#roomsByDoc.get(bearer.doc)?.members.size ?? 0
    if (inRoom >= maxSocketsPerRoom) return { code: CLOSE.tryLater, reason: "room is full" }
    if (this.#holdings.of(bearer.userId).members.size >= maxSocketsPerUser)
      return { code: CLOSE.tryLater, reason: "too many connections of this user" }
    if ((this.#byAddress.get(address) ?? 0) >= maxSocketsPerAddress)
      return { code: CLOSE.tryLater, reason: "too many connections of this address" }
    return null
  }

  #roomOf(doc: DocId, context: RoomContext): Room {
    let room = this.#roomsByDoc.get(doc)
    if (!room) {
      room = new Room(doc, context)
      this.#roomsByDoc.set(doc, room)
    }
    return room
  }

  #receive(member: Member, bytes: Uint8Array): void {
    member.host.tally.framesIn++
    if (!member.withinRate(now())) return member.close(CLOSE.tryLater, "too many frames")
    const message = decodeMessage(bytes, this.#limits)
    if (message.ok) return this.#roomsByMember.get(member)?.receive(member, message.value)
    if (message.error.type === "tooLarge") return member.close(CLOSE.tooLarge, "too large")
    member.refuse("malformed", null, now())
  }

  #forget(member: Member): void {
    const room = this.#roomsByMember.get(member)
    if (!room) return
    this.#roomsByMember.delete(member)
    member.holdings.members.delete(member)
    count(this.#byAddress, member.admission.address, -1)
    room.left(member)
    if (room.members.size === 0) this.#keepEmpty(room)
  }

  /** Revoked sessions, stale carets, silent sockets, sockets that keep things waiting, idle rooms. */
  async #sweep(): Promise<void> {
    const at = now()
    for (const room of this.#roomsByDoc.values()) room.sweep(at)
    for (const room of this.#empty) if (at - room.idleSince >= this.#limits.idleRoomMs) this.#closeIfIdle(room)
    for (const member of this.#roomsByMember.keys())
      if (member.phase === "live" && at - member.lastSentAt > KEEP_ALIVE_MS) member.send(KEEP_ALIVE, at)
    for (const member of this.#roomsByMember.keys()) member.sweep(at)
    this.#holdings.sweep()
    if (this.#sweeping || this.#roomsByMember.size === 0) return
    this.#sweeping = true
    try {
      const bySeat = groupBySeat(this.#roomsByMember.keys())
      const ended = await this.options.tickets.ended([...bySeat.values()].map(([first]) => first.bearer))
      for (const members of bySeat.values()) if (ended.has(members[0].bearer)) this.#endSeats(members)
    } catch (error) {
      // the storage is away: sockets stay, nothing they write is taken meanwhile, and the next sweep asks again
      this.#logger.warn("revocation sweep failed", { error: errorPlace(error) })
    } finally {
      this.#sweeping = false
    }
  }

  #endSeats(members: readonly Member[]): void {
    for (const member of members) {
      // it may have left while the desk was asked
      if (!this.#roomsByMember.has(member)) continue
      member.host.tally.revocations++
      member.close(CLOSE.noTicket, "session ended")
    }
  }

  /** Kept for who comes back at once; of many only those that were left last. */
  #keepEmpty(room: Room): void {
    this.#empty.delete(room)
    this.#empty.add(room)
    if (this.#empty.size <= this.#limits.maxIdleRooms) return
    for (const oldest of this.#empty) if (this.#closeIfIdle(oldest)) return
  }

  #closeIfIdle(room: Room): boolean {
    if (!room.idle) return false
    this.#empty.delete(room)
    this.#roomsByDoc.delete(room.doc)
    room.destroy()
    return true
  }

  stats(): ReturnType<Hub["stats"]> {
    const { tally } = this.#spaces.plan.context
    const rooms = [...this.#roomsByDoc.values()].filter((room) => room.tally === tally)
    return {
      ...tally,
      rooms: rooms.length,
      sockets: rooms.reduce((sum, room) => sum + room.members.size, 0),
      pendingUpdates: countPending(rooms),
      storageAway: rooms.some((room) => room.storageAway),
    }
  }

  async close(): Promise<void> {
    this.#closing = true
    clearInterval(this.#sweepTimer)
    this.#unsubscribe()
    this.#offGap?.()
    for (const member of this.#roomsByMember.keys()) member.close(CLOSE.restart, "restarting")
    // what was judged goes into the log; what was not is still with its sender
    const deadline = performance.now() + 3000
    while (performance.now() < deadline && (!this.#committer.idle || countPending(this.#roomsByDoc.values()) > 0))
      await new Promise((resolve) => setTimeout(resolve, 10))
    this.#committer.stop()
    for (const room of this.#roomsByDoc.values()) room.destroy()
    this.#roomsByDoc.clear()
  }
}

/** Only durations are measured by it: the machine's clock may be set while people write. */
const now = (): number => performance.now()

const countPending = (rooms: Iterable<Room>): number => {
  let sum = 0
  for (const room of rooms) sum += room.pendingUpdates
  return sum
}

/** A person's tabs, and a plan's two spaces, are asked about once. */
function groupBySeat(members: Iterable<Member>): ReadonlyMap<string, readonly [Member, ...Member[]]> {
  const bySeat = new Map<string, [Member, ...Member[]]>()
  for (const member of members) {
    const { sessionId, planId, party, roles } = member.bearer
    const seat = JSON.stringify([sessionId, planId, party, roles])
    const others = bySeat.get(seat)
    if (others) others.push(member)
    else bySeat.set(seat, [member])
  }
  return bySeat
}

function count(counts: Map<string, number>, key: string, by: 1 | -1): void {
  const next = (counts.get(key) ?? 0) + by
  if (next > 0) counts.set(key, next)
  else counts.delete(key)
}
