import type { AcceptedVerdict } from "@alternat/document"
import * as Y from "yjs"
import { type BusMessage, decodeBusMessage, encodeBusMessage, MAX_CARRIED_BYTES } from "./bus-message.ts"
import type { Committer, Committing } from "./committer.ts"
import type { Fold } from "./fold.ts"
import { MERGE_AT_MOST } from "./fold.ts"
import type { RoomLogger } from "./hub-face.ts"
import type { Judge, MakeJudge } from "./judge.ts"
import type { RoomLimits } from "./limits.ts"
import { type Followed, LogFollower } from "./log-follower.ts"
import type { Member, Tally } from "./member.ts"
import type { NodeBus } from "./node-bus.ts"
import { type AwarenessEntry, CLOSE, encodeUpdate, type Message } from "./protocol.ts"
import { RoomAwareness } from "./room-awareness.ts"
import { SharedMessages } from "./shared-messages.ts"
import { StoredState } from "./stored-state.ts"
import type { AppendOutcome, AppendRequest, AuthorId, DocId, DocRules, StoredDoc, UpdateLog } from "./update-log.ts"

/** An update frame on its way: received, then judged, then appended. */
interface Edit {
  readonly member: Member
  readonly bytes: Uint8Array
  /** what the judge has found new in it: what goes into the log */
  news: Uint8Array
  /** the how-manieth update frame of its socket; of several in one, the last */
  readonly frame: number
  newClients: readonly number[]
  /** judged again after everything was read anew: the next refusal is final */
  refreshed: boolean
  /** holds nothing the document lacks: goes along only to be acknowledged in its turn */
  empty: boolean
  /** not to be judged in one with its neighbours: that has been tried */
  alone: boolean
}

export interface RoomContext {
  readonly log: UpdateLog
  readonly bus: NodeBus | null
  readonly fold: Fold
  readonly makeJudge: MakeJudge
  readonly limits: RoomLimits
  readonly logger: RoomLogger
  readonly tally: Tally
  readonly committer: Committer
  now(): number
}

/**
 * One document's live session. The moving parts:
 *
 * - `#follower` holds what is in the log, as bytes, up to a position. It grows only by what is committed ([LOG1]) and in
 *   the order of the log; from it come first syncs and broadcasts.
 * - an edit waits in `#incoming` until judged, in `#judged` until the committer takes it, in `#inFlight` until the log
 *   has answered. Anything but "appended" sends it back to `#incoming`, and the judge forgets that it accepted it.
 * - `#refresh`, one at a time, reads rules and log again: on opening, on new rules, before a refusal, after a lost
 *   commit. While it runs nothing is judged or committed.
 *
 * Longer than most files here, because these parts share one state and one order.
 */
export class Room implements Committing {
  readonly members = new Set<Member>()
  idleSince: number
  readonly #follower: LogFollower
  #epoch = 0
  #space: Pick<StoredDoc, "space" | "party"> = { space: "plan", party: null }
  #rules: DocRules | null = null
  #rulesRev = 0
  #newsRulesRev = 0
  #judge: Judge | null = null
  #judgedAt = 0
  #incoming: Edit[] = []
  #judged: Edit[] = []
  #inFlight: Edit[] = []
  /** frames of the batch that is being told: the acknowledgement goes out with the broadcast, in one write */
  #acks: ReadonlyMap<Member, number> | null = null
  #pendingBytes = 0
  #refreshing = false
  #refreshWanted = false
  #snapshotSeq = 0
  #compacting = false
  #retryMs = 0
  #retryTimer: ReturnType<typeof setTimeout> | null = null
  /** users of Yjs client ids, as far as this room has seen them */
  readonly #clientUsers = new Map<number, AuthorId>()
  readonly #awareness = new Map<string, RoomAwareness>()
  readonly #leaveBus: () => void

  constructor(
    readonly doc: DocId,
    readonly context: RoomContext,
  ) {
    this.idleSince = context.now()
    this.#follower = new LogFollower(this.#followerHost())
    this.#leaveBus = context.bus?.subscribe(doc, (bytes) => this.#hearNode(bytes)) ?? (() => undefined)
    this.tellNodes({ type: "whoIsThere" })
  }

  #followerHost(): ConstructorParameters<typeof LogFollower>[0] {
    const isBusy = (): boolean => this.#refreshing || this.#inFlight.length > 0 || this.#retryTimer !== null
    const { bus, limits, log, tally } = this.context
    return {
      busGraceMs: limits.busGraceMs,
      get isBusy() {
        return isBusy()
      },
      get hearsUpdates() {
        return bus?.state === "up"
      },
      readAfter: (seq) => {
        tally.catchUps++
        return log.readAfter(this.doc, seq)
      },
      advanced: (entries, merged) => this.#advanced(entries, merged),
      lost: () => this.#refresh(),
      failed: (error) => this.#storageFailed(error),
    }
  }

  get pendingUpdates(): number {
    return this.#incoming.length + this.#judged.length + this.#inFlight.length
  }

  get storageAway(): boolean {
    return this.#retryMs > 0
  }

  get audience(): number {
    return this.members.size
  }

  /** nobody here and nothing on its way: may leave memory, all of it is in the log */
  get idle(): boolean {
    return this.members.size === 0 && this.pendingUpdates === 0 && !this.#refreshing && !this.#compacting
  }

  // ── members ────────────────────────────────────────────────────────────────────────────────────────────────

  join(member: Member): void {
    this.members.add(member)
    if (this.#follower.state) this.#checkEpoch(member)
    else this.#refresh()
  }

  left(member: Member): void {
    this.members.delete(member)
    if (member.early) this.#pendingBytes -= sizeOf(member.early)
    member.early = null
    this.#awareness.get(awarenessGroup(member))?.leave(member)
    if (this.members.size === 0) {
      this.idleSince = this.context.now()
      // whoever comes next finds a short tail
      if (this.#follower.seq - this.#snapshotSeq >= this.context.limits.compactOnLeaving) void this.compact()
    }
    this.#dropJudgeWithoutWriters()
  }

  receive(member: Member, message: Message): void {
    switch (message.type) {
      case "step1":
        member.waitingStep1 = message.stateVector
        if (this.#follower.state) this.#answerStep1(member, this.#follower.state)
        return
      case "update":
        return this.#receiveUpdate(member, message.update, message.step2)
      case "awareness":
        return this.#receiveAwareness(member, message.entries)
      case "queryAwareness": {
        const frame = this.#awareness.get(awarenessGroup(member))?.frame()
        if (frame) member.send(frame, this.context.now())
        return
      }
      case "ignored":
        return
    }
  }

  closeAll(code: number, reason: string): void {
    for (const member of this.members) member.close(code, reason)
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
    const present = isJoining ? this.#awareness.get(awarenessGroup(member))?.frame() : null
    if (present) member.send(present, now)
  }

  // ── awareness ──────────────────────────────────────────────────────────────────────────────────────────────

  #awarenessOf(group: string): RoomAwareness {
    let awareness = this.#awareness.get(group)
    if (!awareness) {
      awareness = new RoomAwareness(this.context.limits, {
        tell: (frame) => this.#tellGroup(group, new SharedMessages([frame])),
        tellNodes: (entries) => this.tellNodes({ type: "awareness", group, entries }),
        mayUse: (clientId, userId) => this.#mayUse(clientId, userId),
      })
      this.#awareness.set(group, awareness)
    }
    return awareness
  }

  #tellGroup(group: string, shared: SharedMessages): void {
    const now = this.context.now()
    for (const member of this.members)
      if (member.phase === "live" && awarenessGroup(member) === group) member.sendShared(shared, null, now)
  }

  /** [LOG4] a client id that somebody has written under, or shows a caret under, is nobody else's */
  #mayUse(clientId: number, userId: string): boolean {
    const owner = this.#clientUsers.get(clientId)
    if (owner === undefined && this.#clientUsers.size < 10_000) this.#clientUsers.set(clientId, userId)
    return owner === undefined || owner === userId
  }

  #receiveAwareness(member: Member, entries: readonly AwarenessEntry[]): void {
    if (entries.length === 0) return
    this.#awarenessOf(awarenessGroup(member)).receive(member, entries, this.context.now())
  }

  /** Stale carets, a judge that nobody needs, bytes kept for newcomers who don't come. */
  sweep(now: number): void {
    for (const awareness of this.#awareness.values()) awareness.sweep(now)
    if (now - this.#judgedAt > this.context.limits.idleJudgeMs && this.pendingUpdates === 0 && !this.#refreshing)
      this.#dropJudge()
    this.#follower.state?.sweep()
  }

  // ── the other nodes ────────────────────────────────────────────────────────────────────────────────────────

  tellNodes(message: BusMessage): void {
    const { bus } = this.context
    if (bus?.state === "up") bus.publish(this.doc, encodeBusMessage(message))
  }

  #hearNode(bytes: Uint8Array): void {
    const decoded = decodeBusMessage(bytes)
    if (!decoded.ok) return this.context.logger.warn("what another node said is not understood", { doc: this.doc })
    const message = decoded.value
    switch (message.type) {
      case "appended":
        return this.#hearAppended(message)
      case "awareness":
        return this.#awarenessOf(message.group).receiveFromNode(message.entries, this.context.now())
      case "whoIsThere":
        this.#tellWhoIsHere()
    }
  }

  /** After messages may have been lost, in both directions: who was gone tells, and asks. */
  meetNodes(): void {
    this.#tellWhoIsHere()
    this.tellNodes({ type: "whoIsThere" })
  }

  #tellWhoIsHere(): void {
    for (const [group, awareness] of this.#awareness) {
      const entries = awareness.here()
      if (entries.length > 0) this.tellNodes({ type: "awareness", group, entries })
    }
  }

  #hearAppended({ epoch, rulesRev, firstSeq, updates }: Extract<BusMessage, { type: "appended" }>): void {
    if (!this.#follower.state || epoch !== this.#epoch) return
    // copies: views would keep the broker's whole read buffer alive
    const entries = updates.map(({ author, bytes }, i) => ({
      seq: firstSeq + i,
      author,
      bytes: bytes.slice(),
      own: false,
    }))
    this.#follower.take(entries)
    this.news(firstSeq + updates.length - 1, rulesRev)
  }

  // ── edits: received → judged → appended → broadcast and acknowledged ───────────────────────────────────────

  #receiveUpdate(member: Member, update: Uint8Array, step2: boolean): void {
    const frame = ++member.updateFrames
    const bytes = step2 ? this.#withEarlyEdits(member, update) : update
    if (bytes === null) return member.refuse("malformed", null, this.context.now())
    const empty = bytes.length === 2 && bytes[0] === 0 && bytes[1] === 0
    if (!empty && !member.bearer.mayEdit) return member.refuse("read_only", null, this.context.now())
    // a copy: the view would keep the transport's whole read buffer alive
    const own = bytes.slice()
    const edit = { member, bytes: own, news: own, frame, newClients: [], refreshed: false, empty, alone: false }
    // what waits for step 2 keeps back what follows on it: an acknowledgement speaks for all before it
    if (member.early && member.early.length > 0) member.early.push(edit.bytes)
    else this.#incoming.push(edit)
    this.#pendingBytes += bytes.length
    // what comes alone is taken at any size a frame may have, or it would be offered again for ever
    const full = this.#pendingBytes > this.context.limits.maxPendingBytes && this.pendingUpdates > 1
    if (full) return this.#giveUpPending("storage is behind")
    this.context.committer.judgeSoon(this)
  }

  /** A first step 2 and what its socket sent ahead of it, as one edit; null: its bytes are no update. */
  #withEarlyEdits(member: Member, step2: Uint8Array): Uint8Array | null {
    if (member.early === null) return step2
    const waiting = this.#incoming.filter((edit) => edit.member === member && !edit.empty)
    const early = [...member.early, ...waiting.map((edit) => edit.bytes)]
    member.early = null
    if (early.length === 0) return step2
    this.#incoming = this.#incoming.filter((edit) => !waiting.includes(edit))
    this.#pendingBytes -= sizeOf(early)
    try {
      return Y.mergeUpdates([step2, ...early])
    } catch {
      return null // the guard has not seen these bytes yet, and Yjs can't read them
    }
  }

  judgeIncoming(): void {
    while (this.#incoming.length > 0) {
      if (this.#refreshing || this.#refreshWanted || this.#retryTimer) return
      const edit = this.#incoming[0]
      if (!edit) return
      if (edit.member.phase === "closed" && edit.member.refusedHere) {
        this.#forget(this.#incoming.splice(0, 1))
        continue
      }
      if (!edit.empty && (!this.#judge || !this.#rules)) return this.#refresh()
      if (edit.empty) this.#judged.push(...this.#incoming.splice(0, 1))
      else if (!this.#judgeTogether(edit)) this.#judgeOne(edit)
    }
    if (this.#judged.length > 0) this.context.committer.kick(this)
  }

  /** Judges the oldest edits of everybody who has the same rights as the first one's author, if there are several. */
  #judgeTogether({ alone, member }: Edit): boolean {
    if (alone || this.#incoming.length === 1 || !this.#judge || !this.#rules) return false
    const { together, rest } = this.#companyOf(rightsOf(member))
    if (together.length === 1) return false
    const merged = mergeRuns(together)
    const edits = merged?.map((edit) => ({ update: edit.bytes, bearer: edit.member.bearer }))
    const verdicts = edits && this.#judge.judgeAll(edits, this.#rules)
    if (!merged || !verdicts) {
      for (const edit of together) edit.alone = true
      return false
    }
    this.#judgedAt = this.context.now()
    this.#incoming = rest
    this.#pendingBytes += sizeOf(merged.map((edit) => edit.bytes)) - sizeOf(together.map((edit) => edit.bytes))
    for (const [i, edit] of merged.entries())
      this.#accept(edit, verdicts[i] ?? { touched: [], news: edit.bytes, newClients: [] })
    return true
  }

  /** The edits of one socket keep their order: who has one that can't go along keeps back those that follow on it. */
  #companyOf(rights: string): { readonly together: Edit[]; readonly rest: Edit[] } {
    const together: Edit[] = []
    const rest: Edit[] = []
    const keptBack = new Set<Member>()
    let bytes = 0
    for (const edit of this.#incoming) {
      const { member, alone, empty } = edit
      bytes += edit.bytes.length
      const goes = !alone && !empty && !keptBack.has(member) && !member.refusedHere && rightsOf(member) === rights
      if (goes && together.length < TOGETHER_AT_MOST && (bytes <= TOGETHER_MAX_BYTES || together.length === 0))
        together.push(edit)
      else {
        keptBack.add(member)
        rest.push(edit)
      }
    }
    return { together, rest }
  }

  #verdictOf(edit: Edit): ReturnType<Judge["judge"]> | null {
    this.#judgedAt = this.context.now()
    return this.#judge && this.#rules && this.#judge.judge(edit.bytes, edit.member.bearer, this.#rules)
  }

  #accept(edit: Edit, verdict: Pick<AcceptedVerdict, "touched" | "news" | "newClients">): void {
    edit.news = verdict.news
    edit.newClients = verdict.newClients
    edit.empty = verdict.touched.length === 0 && verdict.newClients.length === 0
    this.#judged.push(edit)
  }

  /** Takes the oldest edit from the queue, or leaves it there when everything is being read again. */
  #judgeOne(edit: Edit): void {
    const verdict = this.#verdictOf(edit)
    if (verdict === null) return
    if (verdict.type === "ok") {
      this.#incoming.shift()
      this.#accept(edit, verdict)
      return
    }
    if (verdict.type === "missing" && edit.member.early) {
      const ofMember = this.#incoming.filter(({ member }) => member === edit.member)
      edit.member.early.push(...ofMember.map(({ bytes }) => bytes))
      this.#incoming = this.#incoming.filter(({ member }) => member !== edit.member)
      return
    }
    if (!edit.refreshed) {
      // other nodes and acts may have moved on: what they wrote may be what this edit builds on, or what permits it
      edit.refreshed = true
      this.#refresh()
      return
    }
    const [reason, clauseId] = verdict.type === "missing" ? ["missing", null] : [verdict.reason, verdict.clauseId]
    this.context.logger.warn("update refused", { doc: this.doc, user: edit.member.bearer.userId, reason, clauseId })
    edit.member.refusedHere = true
    edit.member.refuse(reason, clauseId, this.context.now())
    this.#forget(this.#incoming.splice(0, 1))
    return
  }

  takeBatch(): AppendRequest | null {
    if (this.#refreshing || this.#retryTimer || this.#inFlight.length > 0 || !this.#rules) {
      // without rules there are only empty edits here: nothing for the log
      if (!this.#rules && this.#judged.every((edit) => edit.empty)) this.#acknowledge(this.#judged.splice(0))
      return null
    }
    this.#inFlight = this.#judged
    this.#judged = []
    const updates = this.#inFlight.filter((edit) => !edit.empty)
    if (updates.length === 0) {
      this.#acknowledge(this.#inFlight.splice(0))
      return null
    }
    return {
      doc: this.doc,
      rulesRev: this.#rules.rev,
      updates: updates.map(({ member, news }) => ({ author: member.bearer.userId, bytes: news })),
      newClients: updates.flatMap(({ member, newClients }) =>
        newClients.map((clientId) => ({ clientId, author: member.bearer.userId })),
      ),
    }
  }

  settle(outcome: AppendOutcome | { readonly type: "unknown" } | { readonly type: "poisoned" }): void {
    const batch = this.#inFlight
    this.#inFlight = []
    switch (outcome.type) {
      case "appended":
        return this.#appended(batch, outcome.firstSeq)
      case "clientTaken":
        this.context.tally.rejudgements++
        // whose the ids are has to be read again
        this.#dropJudge()
        return this.#judgeAgain(batch, "now")
      case "rulesChanged":
        this.context.tally.rejudgements++
        return this.#judgeAgain(batch, "now")
      case "unknown":
        return this.#judgeAgain(batch, "later")
      case "poisoned":
        this.#forget(batch)
        return this.#giveUpPending("the log does not take it")
      case "noSuchDocument":
        this.#forget(batch)
        return this.#gone()
    }
  }

  #gone(): void {
    this.#forgetAll()
    this.closeAll(CLOSE.noTicket, "no such room")
  }

  #appended(batch: Edit[], firstSeq: number): void {
    const updates = batch.filter((edit) => !edit.empty)
    this.context.tally.updatesCommitted += updates.length
    this.#judge?.commit(updates.length)
    for (const { newClients, member } of updates)
      for (const clientId of newClients) this.#clientUsers.set(clientId, member.bearer.userId)
    const entries = updates.map(({ member, news }, i) => {
      return { seq: firstSeq + i, author: member.bearer.userId, bytes: news, own: true }
    })
    this.#tellAppended(entries)
    this.#acks = acksOf(batch)
    this.#follower.take(entries)
    this.#acks = null
    this.#acknowledge(batch, firstSeq + entries.length - 1)
    this.#afterProgress()
  }

  #afterProgress(): void {
    this.#dropJudgeWithoutWriters()
    if (this.#refreshWanted) this.#refresh()
    this.#follower.catchUp()
    this.#compactIfLong()
    if (this.#judged.length > 0) this.context.committer.kick(this)
  }

  /** What is too large to be carried is read from the log: the news of its position goes out with the commit. */
  #tellAppended(entries: readonly Followed[]): void {
    const [first] = entries
    if (!first || this.context.bus?.state !== "up") return
    if (sizeOf(entries.map((entry) => entry.bytes)) > MAX_CARRIED_BYTES) return
    const rulesRev = this.#rules?.rev ?? 0
    this.tellNodes({ type: "appended", epoch: this.#epoch, rulesRev, firstSeq: first.seq, updates: entries })
  }

  /** Back to the start of the queue, before everything that came later. */
  #judgeAgain(batch: readonly Edit[], when: "now" | "later"): void {
    this.#takeBack(batch)
    if (when === "now") this.#refresh()
    else this.#retryLater()
  }

  /** The judge forgets that it has accepted these, and all that it accepted after them. */
  #takeBack(batch: readonly Edit[]): void {
    this.#incoming = [...batch, ...this.#judged, ...this.#incoming]
    this.#judged = []
    this.#judge?.rollback()
  }

  /** What has not been told together with the broadcast. */
  #acknowledge(batch: readonly Edit[], seq = this.#follower.seq): void {
    const now = this.context.now()
    for (const [member, frames] of acksOf(batch)) member.acknowledge(frames, Math.max(seq, this.#follower.seq), now)
    this.#forget(batch)
  }

  #forget(edits: readonly Edit[]): void {
    for (const edit of edits) this.#pendingBytes -= edit.bytes.length
  }

  #forgetAll(): void {
    this.#forget(this.#incoming.splice(0))
    this.#forget(this.#judged.splice(0))
    this.#dropJudge()
  }

  /** What waits is let go and its senders told to come back: they still have it, and will offer it again. */
  #giveUpPending(reason: string): void {
    this.#forgetAll()
    this.closeAll(CLOSE.tryLater, reason)
  }

  #dropJudge(): void {
    this.#judge?.destroy()
    this.#judge = null
  }

  #dropJudgeWithoutWriters(): void {
    if (!this.#judge || this.pendingUpdates > 0 || this.#refreshing) return
    for (const member of this.members) if (member.bearer.mayEdit) return
    this.#dropJudge()
  }

  // ── the log moves ──────────────────────────────────────────────────────────────────────────────────────────

  /** Entries that are part of the state now: to everybody, senders included, in as few frames as may be. */
  #advanced(entries: readonly Followed[], merged: readonly Uint8Array[]): void {
    for (const { own, bytes, author } of entries) if (!own) this.#judge?.apply(bytes, author)
    const now = this.context.now()
    const shared = new SharedMessages(merged.map(encodeUpdate))
    for (const member of this.members) {
      if (member.phase !== "live") continue
      member.sendShared(shared, member.takeAck(this.#acks?.get(member) ?? 0, this.#follower.seq), now)
    }
  }

  /** From this process or another; a hint only. */
  news(headSeq: number, rulesRev: number): void {
    // kept while the room is being read, too: what is being read may be older than this
    this.#newsRulesRev = Math.max(this.#newsRulesRev, rulesRev)
    if (this.#follower.state && this.#newsRulesRev > this.#rulesRev) this.#refresh()
    this.#follower.news(headSeq)
  }

  /** Reads rules and log again, once the answer to what is in flight is known, and judges what waits. */
  #refresh(): void {
    if (this.#refreshing || this.#retryTimer) return
    if (this.#inFlight.length > 0) {
      this.#refreshWanted = true
      return
    }
    this.#refreshWanted = false
    this.#refreshing = true
    const reading = this.#follower.state ? this.#readSince(this.#follower.state) : this.#readWhole()
    reading
      .then((result) => {
        this.#refreshing = false
        this.#retryMs = 0
        if (!result) return this.#gone()
        result()
        this.#judgeAndGoOn()
      })
      .catch((error: unknown) => {
        this.#refreshing = false
        this.#storageFailed(error)
      })
  }

  #judgeAndGoOn(): void {
    this.judgeIncoming()
    if (this.#newsRulesRev > this.#rulesRev) this.#refresh()
    this.#afterProgress()
  }

  /** The document as it stands. Gives what is to be done with it in one turn; null: there is none. */
  async #readWhole(): Promise<(() => void) | null> {
    const stored = await this.context.log.load(this.doc)
    return stored && (() => this.#open(stored))
  }

  /** What came since, and, where there is something to judge, the rules; the rules first, so that the log is no older. */
  async #readSince(state: StoredState): Promise<(() => void) | null> {
    const { log } = this.context
    const rules = await log.rules(this.doc)
    if (!rules) return null
    const judges = this.#judge === null && this.#incoming.some((edit) => !edit.empty)
    const [entries, authors] = await Promise.all([
      rules.headSeq > state.seq ? log.readAfter(this.doc, state.seq) : [],
      judges ? log.clientAuthors(this.doc) : null,
    ])
    return () => {
      if (rules.epoch !== this.#epoch) return this.#epochChanged(rules.epoch)
      this.#rules = rules
      this.#rulesRev = Math.max(this.#rulesRev, rules.rev)
      if (this.#judged.length > 0) this.context.tally.rejudgements++
      this.#takeBack([])
      this.#follower.take(entries.map((entry) => ({ ...entry, own: false })))
      if (authors) this.#makeJudge(authors)
    }
  }

  #makeJudge(authors: ReadonlyMap<number, AuthorId>): void {
    for (const [clientId, author] of authors) this.#clientUsers.set(clientId, author)
    this.#judge ??= this.context.makeJudge({ ...this.#space, authors, log: () => this.#follower.parts() })
  }

  #open(stored: StoredDoc): void {
    const { space, party } = stored
    this.#space = { space, party }
    this.#epoch = stored.epoch
    this.#rulesRev = stored.rulesRev
    this.#snapshotSeq = stored.snapshot?.seq ?? 0
    const state = new StoredState(stored)
    this.#follower.start(state)
    for (const member of this.members) {
      this.#checkEpoch(member)
      this.#answerStep1(member, state)
    }
  }

  /** A restore or a migration: the old document is gone, its clients make drafts of what they had. */
  #epochChanged(epoch: number): void {
    const now = this.context.now()
    this.#forgetAll()
    for (const member of this.members) member.closeForEpoch(epoch, now)
    this.#rules = null
    this.#epoch = epoch
    this.#follower.reset()
    this.#clientUsers.clear()
  }

  // ── storage away ───────────────────────────────────────────────────────────────────────────────────────────

  #storageFailed(error: unknown): void {
    this.context.logger.error("storage does not answer", { doc: this.doc, error: String(error) })
    if (!this.#follower.state) {
      // never an empty first sync: who has not been answered comes back later
      this.#forgetAll()
      this.closeAll(CLOSE.tryLater, "storage is away")
      return
    }
    this.#retryLater()
  }

  /** Nothing is acknowledged or relayed meanwhile; what comes in waits, within bounds. */
  #retryLater(): void {
    if (this.#retryTimer) return
    const { retryMinMs, retryMaxMs } = this.context.limits
    this.#retryMs = Math.min(retryMaxMs, Math.max(retryMinMs, this.#retryMs * 2))
    this.#retryTimer = setTimeout(() => {
      this.#retryTimer = null
      this.#refresh()
    }, this.#retryMs)
  }

  // ── compaction, end ────────────────────────────────────────────────────────────────────────────────────────

  /** A snapshot costs the more the larger the document is, so that of a large one waits for more. */
  #compactIfLong(): void {
    const { compactAfter } = this.context.limits
    const worthIt = Math.min(4 * compactAfter, (this.#follower.state?.baseBytes ?? 0) / BASE_BYTES_PER_UPDATE)
    if (this.#follower.seq - this.#snapshotSeq >= Math.max(compactAfter, worthIt)) void this.compact()
  }

  /** Folds what the log holds into a snapshot, beside the path of edits. */
  async compact(): Promise<void> {
    const { state } = this.#follower
    if (this.#compacting || !state || state.seq === this.#snapshotSeq) return
    this.#compacting = true
    const { log, logger, tally, fold } = this.context
    const { seq } = state
    // whatever comes of it: the next attempt is due after as many edits again
    this.#snapshotSeq = seq
    try {
      const folded = await fold(state.parts())
      if (!folded) return logger.warn("log has gaps, not compacted", { doc: this.doc })
      await log.compact(this.doc, { seq, ...folded })
      state.rebase(seq, folded)
      tally.compactions++
    } catch (error) {
      // only an economy: the next long tail tries again
      logger.warn("compaction failed", { doc: this.doc, error: String(error) })
    } finally {
      this.#compacting = false
    }
  }

  destroy(): void {
    if (this.#retryTimer) clearTimeout(this.#retryTimer)
    this.#leaveBus()
    this.#follower.reset()
    this.#dropJudge()
    for (const awareness of this.#awareness.values()) awareness.destroy()
  }
}

const TOGETHER_AT_MOST = 512
/** folding so many bytes takes some 3 µs, a tenth of what is spent on an update anyway */
const BASE_BYTES_PER_UPDATE = 25
const TOGETHER_MAX_BYTES = 128 * 1024

/** Runs of one socket's edits as one each; null: something in them is no update, and the judge has to say which. */
function mergeRuns(edits: readonly Edit[]): Edit[] | null {
  const byMember = new Map<Member, Edit[]>()
  for (const edit of edits) {
    const run = byMember.get(edit.member)
    if (run) run.push(edit)
    else byMember.set(edit.member, [edit])
  }
  try {
    return [...byMember.values()].flatMap(mergeRun)
  } catch {
    return null
  }
}

function mergeRun(run: readonly Edit[]): Edit[] {
  const merged: Edit[] = []
  for (let i = 0; i < run.length; i += MERGE_AT_MOST) {
    const group = run.slice(i, i + MERGE_AT_MOST)
    const last = group.at(-1)
    if (last)
      merged.push(group.length === 1 ? last : { ...last, bytes: Y.mergeUpdates(group.map((edit) => edit.bytes)) })
  }
  return merged
}

/** How far each socket's frames have come with this batch. */
function acksOf(batch: readonly Edit[]): ReadonlyMap<Member, number> {
  const lastFrames = new Map<Member, number>()
  for (const edit of batch) lastFrames.set(edit.member, edit.frame)
  return lastFrames
}

const sizeOf = (updates: readonly Uint8Array[]): number => updates.reduce((sum, bytes) => sum + bytes.length, 0)

/** Who sees whose caret: one's own delegation; those without one see each other. */
const awarenessGroup = (member: Member): string => member.bearer.party ?? ""

/** Who have these alike are judged together. */
const rightsOf = ({ bearer: { mayEdit, party, roles } }: Member): string => [mayEdit, party, ...roles].join(" ")
