import type { BusMessage } from "./bus-message.ts"
import { ClientUsers } from "./client-users.ts"
import { Compaction } from "./compaction.ts"
import { Delegations } from "./delegations.ts"
import { type AppendingHost, EditAppending } from "./edit-appending.ts"
import { EditJudging } from "./edit-judging.ts"
import { EditQueue } from "./edit-queue.ts"
import { errorPlace } from "./error-place.ts"
import { type FollowerHost, LogFollower } from "./log-follower.ts"
import type { Member } from "./member.ts"
import { CLOSE, type Message } from "./protocol.ts"
import { type Reading, Refresh, type RefreshHost } from "./refresh.ts"
import { showsCaret } from "./room-awareness.ts"
import type { RoomContext } from "./room-context.ts"
import { followedFrom, RoomNodes } from "./room-nodes.ts"
import { StoredState } from "./stored-state.ts"
import type { Tally } from "./tally.ts"
import type { DocId, StoredDoc } from "./update-log.ts"

/**
 * One document's live session. The moving parts:
 *
 * - `#follower` holds what is in the log, as bytes, up to a position. It grows only by what is committed ([LOG1]) and in
 *   the order of the log; from it come first syncs and broadcasts.
 * - an edit waits in `#edits` until `#judging` has judged it, the committer has taken it from `#appending`, and the log
 *   has answered. Anything but "appended" sends it back to the start, and the judge forgets that it accepted it.
 * - `#refresh`, one at a time, reads rules and log again. While it runs nothing is judged or committed.
 * - `#delegations` know who is where, `#nodes` are the same room on other nodes, `#compaction` makes snapshots.
 *
 * What stands here is who is in the room, and what moves several of these at once, in their order.
 */
export class Room {
  readonly members = new Set<Member>()
  idleSince: number
  readonly #edits = new EditQueue()
  readonly #clientUsers = new ClientUsers()
  readonly #follower: LogFollower
  readonly #refresh: Refresh
  readonly #judging: EditJudging
  readonly #appending: EditAppending
  readonly #compaction: Compaction
  readonly #nodes: RoomNodes
  readonly #delegations: Delegations
  #epoch = 0
  #space: Pick<StoredDoc, "space" | "party"> = { space: "plan", party: null }
  #rulesRev = 0
  #newsRulesRev = 0

  constructor(
    readonly doc: DocId,
    readonly context: RoomContext,
  ) {
    this.idleSince = context.now()
    this.#nodes = new RoomNodes(doc, context, (message) => this.#hearNode(message))
    this.#follower = new LogFollower(this.#followerHost())
    this.#refresh = new Refresh(doc, context, this.#refreshHost())
    this.#judging = new EditJudging(doc, context, this.#edits, this.#refresh)
    const host: AppendingHost = {
      epoch: () => this.#epoch,
      progressed: () => this.#afterProgress(),
      letGo: (code, reason) => this.#letGo(code, reason),
    }
    this.#appending = new EditAppending(doc, context, host, {
      members: this.members,
      edits: this.#edits,
      judging: this.#judging,
      refresh: this.#refresh,
      follower: this.#follower,
      nodes: this.#nodes,
      clientUsers: this.#clientUsers,
    })
    this.#delegations = new Delegations(context, this.members, this.#nodes, this.#clientUsers)
    this.#compaction = new Compaction(doc, context)
    this.#nodes.tell({ type: "whoIsThere" })
  }

  #followerHost(): FollowerHost {
    const { limits, log, tally } = this.context
    return {
      busGraceMs: limits.busGraceMs,
      isBusy: () => this.#refresh.isUnderWay || this.#edits.isInFlight,
      hearsUpdates: () => this.#nodes.isUp,
      readAfter: (seq) => {
        tally.catchUps++
        return log.readAfter(this.doc, seq)
      },
      advanced: (entries, merged) => this.#appending.broadcast(entries, merged),
      lost: () => this.#refresh.start(),
      failed: (error) => this.#storageFailed(error),
    }
  }

  #refreshHost(): RefreshHost {
    return {
      awaitsLog: () => this.#edits.isInFlight,
      hasEdits: () => this.#edits.length > 0,
      held: () => this.#follower.state,
      lacksJudge: () => this.#judging.lacksJudge,
      take: (reading) => this.#takeReading(reading),
      gone: () => this.#letGo(CLOSE.noTicket, "no such room"),
      failed: (error) => this.#storageFailed(error),
    }
  }

  get tally(): Tally {
    return this.context.tally
  }

  get pendingUpdates(): number {
    return this.#edits.length
  }

  get storageAway(): boolean {
    return this.#refresh.storageAway
  }

  /** nobody here and nothing on its way: may leave memory, all of it is in the log */
  get idle(): boolean {
    return (
      this.members.size === 0 && this.#edits.length === 0 && !this.#refresh.isReading && !this.#compaction.isUnderWay
    )
  }

  // ── members ────────────────────────────────────────────────────────────────────────────────────────────────

  join(member: Member): void {
    this.members.add(member)
    if (this.#follower.state) this.#checkEpoch(member)
    else this.#refresh.start()
  }

  left(member: Member): void {
    this.members.delete(member)
    this.#edits.forgetEarly(member)
    this.#delegations.leave(member)
    if (this.members.size === 0) {
      this.idleSince = this.context.now()
      if (this.#follower.state) this.#compaction.compactOnLeaving(this.#follower.state)
    }
    this.#judging.dropJudgeWithoutWriters(this.members)
  }

  receive(member: Member, message: Message): void {
    switch (message.type) {
      case "step1":
        if (!member.mayAsk()) return member.close(CLOSE.tryLater, "too many questions")
        // a copy: the view would keep the transport's whole read buffer alive
        member.waitingStep1 = message.stateVector.slice()
        if (this.#follower.state) this.#answerStep1(member, this.#follower.state)
        return
      case "update":
        return this.#receiveUpdate(member, message.update, message.step2)
      case "awareness":
        if (member.bearer.mayEdit && message.entries.some(showsCaret)) this.#judging.expectEdits()
        return this.#delegations.receive(member, message.entries)
      case "queryAwareness":
        if (!member.mayAsk()) return member.close(CLOSE.tryLater, "too many questions")
        return this.#delegations.tellWhoIsThere(member)
      case "ignored":
        return
    }
  }

  #checkEpoch(member: Member): void {
    const { epoch } = member.admission
    if (epoch !== null && epoch !== this.#epoch) member.closeForEpoch(this.#epoch, this.context.now())
  }

  /** The state is committed and the member goes live in the same turn: nothing falls between the two. */
  #answerStep1(member: Member, state: StoredState): void {
    const now = this.context.now()
    const theirs = member.waitingStep1
    if (theirs === null || member.phase === "closed") return
    member.waitingStep1 = null
    const isJoining = member.phase === "joining"
    member.phase = "live"
    member.sendShared(state.firstSync(theirs, member.bearer.mayEdit), null, now)
    member.holdings.slowestReader(this.context.limits)?.dropAsSlow()
    if (isJoining) this.#delegations.tellWhoIsThere(member)
  }

  // ── the other nodes ────────────────────────────────────────────────────────────────────────────────────────

  #hearNode(message: BusMessage): void {
    switch (message.type) {
      case "appended":
        if (!this.#follower.state || message.epoch !== this.#epoch) return
        this.#follower.take(followedFrom(message))
        return this.news(message.firstSeq + message.updates.length - 1, message.rulesRev)
      case "awareness":
        return this.#delegations.receiveFromNode(message.group, message.entries)
      case "whoIsThere":
        return this.#delegations.tellWhoIsHere()
    }
  }

  /** After messages may have been lost, in both directions: who was gone tells, and asks. */
  meetNodes(): void {
    this.#delegations.tellWhoIsHere()
    this.#nodes.tell({ type: "whoIsThere" })
  }

  // ── edits: received → judged → appended → broadcast and acknowledged ───────────────────────────────────────

  #receiveUpdate(member: Member, update: Uint8Array, step2: boolean): void {
    const now = this.context.now()
    const refusal = this.#edits.receive(member, update, step2, now)
    if (refusal) return member.refuse(refusal, null, now)
    this.#keepBounds(member)
    this.context.committer.judgeSoon(this.#appending)
  }

  /** Only who has made it too much pays: this socket, or, where it is the room that is full, whoever fills it most. */
  #keepBounds(member: Member): void {
    const { limits } = this.context
    if (member.early?.isTooMuch(limits)) this.#judging.letGoOf(member, "too much ahead of step 2")
    else if (member.holdsTooMuch) this.#judging.letGoOf(member, "too much at once")
    // what comes alone is taken at any size a frame may have, or it would be offered again for ever
    while (this.#edits.heldBytes > limits.maxPendingBytes && this.#edits.length > 1) {
      const heaviest = this.#edits.heaviest(this.members)
      // all that is left is being written
      if (!heaviest) return
      this.#judging.letGoOf(heaviest, "storage is behind")
    }
  }

  /** What waits is let go and all are told: who may come back still has it, and will offer it again. */
  #letGo(code: number, reason: string): void {
    this.#judging.forgetWaiting()
    for (const member of this.members) member.close(code, reason)
  }

  #afterProgress(): void {
    this.#judging.dropJudgeWithoutWriters(this.members)
    this.#refresh.startIfWanted()
    this.#follower.catchUp()
    if (this.#follower.state) this.#compaction.compactIfLong(this.#follower.state)
    this.#appending.kick()
  }

  // ── the log moves ──────────────────────────────────────────────────────────────────────────────────────────

  /** From this process or another; a hint only. */
  news(headSeq: number, rulesRev: number): void {
    // kept while the room is being read, too: what is being read may be older than this
    this.#newsRulesRev = Math.max(this.#newsRulesRev, rulesRev)
    if (this.#follower.state) this.#refreshIfRulesRose()
    this.#follower.news(headSeq)
  }

  #refreshIfRulesRose(): void {
    if (this.#newsRulesRev > this.#rulesRev) this.#refresh.start()
  }

  #takeReading(reading: Reading): void {
    if (reading.type === "whole") this.#open(reading.stored)
    else if (reading.rules.epoch !== this.#epoch) this.#epochChanged(reading.rules.epoch)
    else this.#catchUpWith(reading)
    this.#appending.judgeIncoming()
    this.#refreshIfRulesRose()
    this.#afterProgress()
  }

  #open(stored: StoredDoc): void {
    const { space, party } = stored
    this.#space = { space, party }
    this.#epoch = stored.epoch
    this.#rulesRev = stored.rulesRev
    this.#compaction.start(stored.snapshot?.seq ?? 0)
    const state = new StoredState(stored)
    this.#follower.start(state)
    for (const member of this.members) {
      this.#checkEpoch(member)
      this.#answerStep1(member, state)
    }
  }

  #catchUpWith({ rules, entries, authors }: Extract<Reading, { type: "since" }>): void {
    this.#judging.rules = rules
    this.#rulesRev = Math.max(this.#rulesRev, rules.rev)
    if (this.#edits.judged.length > 0) this.context.tally.rejudgements++
    this.#judging.takeBack([])
    this.#follower.take(entries.map((entry) => ({ ...entry, own: false })))
    if (!authors) return
    for (const [clientId, author] of authors) this.#clientUsers.bind(clientId, author)
    this.#judging.makeJudge({ ...this.#space, authors, log: () => this.#follower.parts() })
  }

  /** A restore or a migration: the old document is gone, its clients make drafts of what they had. */
  #epochChanged(epoch: number): void {
    const now = this.context.now()
    this.#judging.forgetWaiting()
    for (const member of this.members) member.closeForEpoch(epoch, now)
    this.#judging.rules = null
    this.#epoch = epoch
    this.#follower.reset()
    this.#clientUsers.clear()
  }

  #storageFailed(error: unknown): void {
    this.context.logger.error("storage does not answer", { doc: this.doc, error: errorPlace(error) })
    // never an empty first sync: who has not been answered comes back later
    if (!this.#follower.state) return this.#letGo(CLOSE.tryLater, "storage is away")
    this.#refresh.retryLater()
  }

  /** Stale carets, a judge that nobody needs, bytes kept for newcomers who don't come. */
  sweep(now: number): void {
    this.#delegations.sweep(now)
    this.#judging.dropJudgeIfIdle(now)
    this.#follower.state?.sweep()
  }

  destroy(): void {
    this.#refresh.stop()
    this.#nodes.leave()
    this.#follower.reset()
    this.#judging.dropJudge()
    this.#delegations.destroy()
  }
}
