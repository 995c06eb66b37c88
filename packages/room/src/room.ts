import type { EditRules } from "@alternat/plan"
import * as Y from "yjs"
import type { Committer, Committing } from "./committer.ts"
import { foldUpdates, mergeInGroups } from "./fold.ts"
import type { RoomLogger } from "./hub-face.ts"
import type { Judge, MakeJudge } from "./judge.ts"
import type { RoomLimits } from "./limits.ts"
import type { Member, Tally } from "./member.ts"
import { type AwarenessEntry, CLOSE, encodeUpdate, type Message } from "./protocol.ts"
import { RoomAwareness } from "./room-awareness.ts"
import { StoredState } from "./stored-state.ts"
import type { AppendOutcome, AppendRequest, AuthorId, DocId, LogEntry, StoredDoc, UpdateLog } from "./update-log.ts"

/** An update frame on its way: received, then judged, then appended. */
interface Edit {
  readonly member: Member
  readonly bytes: Uint8Array
  /** the how-manieth update frame of its socket */
  readonly frame: number
  newClients: readonly number[]
  /** judged again after everything was read anew: the next refusal is final */
  refreshed: boolean
  /** holds nothing the document lacks: goes along only to be acknowledged in its turn */
  empty: boolean
}

export interface RoomContext {
  readonly log: UpdateLog
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
 * - `#state`: what the log holds, as bytes, up to `#state.seq`. Grows only by what is committed ([LOG1]) and in the
 *   order of the log; from it come first syncs and broadcasts.
 * - an edit waits in `#incoming` until judged, in `#judged` until the committer takes it, in `#inFlight` until the log
 *   has answered. Anything but "appended" sends it back to `#incoming`, to be judged again by a judge made anew.
 * - `#refresh`, one at a time, reads everything again: on opening, on new rules, before a refusal, after a lost
 *   commit. While it runs nothing is judged or committed.
 *
 * Longer than most files here, because these parts share one state and one order.
 */
export class Room implements Committing {
  readonly members = new Set<Member>()
  idleSince: number
  #state: StoredState | null = null
  #epoch = 0
  #rules: EditRules | null = null
  #rulesRev = 0
  #newsRulesRev = 0
  #judge: Judge | null = null
  #incoming: Edit[] = []
  #judged: Edit[] = []
  #inFlight: Edit[] = []
  #pendingBytes = 0
  #refreshing = false
  #refreshWanted = false
  #catchingUp = false
  #newsSeq = 0
  #snapshotSeq = 0
  #compacting = false
  #retryMs = 0
  #retryTimer: ReturnType<typeof setTimeout> | null = null
  /** users of Yjs client ids, as far as this room has seen them */
  readonly #clientUsers = new Map<number, AuthorId>()
  readonly #awareness = new Map<string, RoomAwareness>()

  constructor(
    readonly doc: DocId,
    readonly context: RoomContext,
  ) {
    this.idleSince = context.now()
  }

  get pendingUpdates(): number {
    return this.#incoming.length + this.#judged.length + this.#inFlight.length
  }

  get storageAway(): boolean {
    return this.#retryMs > 0
  }

  /** nobody here and nothing on its way: may leave memory, all of it is in the log */
  get idle(): boolean {
    return this.members.size === 0 && this.pendingUpdates === 0 && !this.#refreshing && !this.#compacting
  }

  // ── members ────────────────────────────────────────────────────────────────────────────────────────────────

  join(member: Member): void {
    this.members.add(member)
    if (this.#state) this.#checkEpoch(member)
    else this.#refresh()
  }

  left(member: Member): void {
    this.members.delete(member)
    if (member.early) this.#pendingBytes -= sizeOf(member.early)
    member.early = null
    this.#awareness.get(awarenessGroup(member))?.leave(member)
    if (this.members.size === 0) this.idleSince = this.context.now()
    this.#dropJudgeWithoutWriters()
  }

  receive(member: Member, message: Message): void {
    switch (message.type) {
      case "step1":
        member.waitingStep1 = message.stateVector
        if (this.#state) this.#answerStep1(member, this.#state)
        return
      case "update":
        return this.#receiveUpdate(member, message.update, message.step2)
      case "awareness":
        return this.#receiveAwareness(member, message.entries)
      case "queryAwareness": {
        const frame = this.#awarenessOf(member).frame()
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
    for (const frame of state.firstSync(theirs)) member.send(frame, now)
    if (member.phase === "joining") {
      member.phase = "live"
      const present = this.#awarenessOf(member).frame()
      if (present) member.send(present, now)
    }
    if (member.bearer.mayEdit) member.send(state.step1(), now)
  }

  // ── awareness ──────────────────────────────────────────────────────────────────────────────────────────────

  #awarenessOf(member: Member): RoomAwareness {
    const group = awarenessGroup(member)
    let awareness = this.#awareness.get(group)
    if (!awareness) {
      awareness = new RoomAwareness(this.context.limits, (frame) => {
        const now = this.context.now()
        for (const other of this.members)
          if (other.phase === "live" && awarenessGroup(other) === group) other.send(frame, now)
      })
      this.#awareness.set(group, awareness)
    }
    return awareness
  }

  #receiveAwareness(member: Member, entries: readonly AwarenessEntry[]): void {
    // [LOG4] a client id that somebody has written under, or shows a caret under, is nobody else's
    const mayUse = (clientId: number): boolean => {
      const owner = this.#clientUsers.get(clientId)
      if (owner === undefined && this.#clientUsers.size < 10_000) this.#clientUsers.set(clientId, member.bearer.userId)
      return owner === undefined || owner === member.bearer.userId
    }
    this.#awarenessOf(member).receive(member, entries, mayUse, this.context.now())
  }

  sweepAwareness(now: number): void {
    for (const awareness of this.#awareness.values()) awareness.sweep(now)
  }

  // ── edits: received → judged → appended → broadcast and acknowledged ───────────────────────────────────────

  #receiveUpdate(member: Member, update: Uint8Array, step2: boolean): void {
    const frame = ++member.updateFrames
    const bytes = step2 ? this.#withEarlyEdits(member, update) : update
    if (bytes === null) return member.refuse("malformed", null, this.context.now())
    const empty = bytes.length === 2 && bytes[0] === 0 && bytes[1] === 0
    if (!empty && !member.bearer.mayEdit) return member.refuse("read_only", null, this.context.now())
    // a copy: the view would keep the transport's whole read buffer alive
    this.#incoming.push({ member, bytes: bytes.slice(), frame, newClients: [], refreshed: false, empty })
    this.#pendingBytes += bytes.length
    // what comes alone is taken at any size a frame may have, or it would be offered again for ever
    const full = this.#pendingBytes > this.context.limits.maxPendingBytes && this.pendingUpdates > 1
    if (full) return this.#giveUpPending("storage is behind")
    this.#judgeIncoming()
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

  #judgeIncoming(): void {
    while (this.#incoming.length > 0) {
      if (this.#refreshing || this.#refreshWanted || this.#retryTimer) return
      const edit = this.#incoming[0]
      if (!edit) return
      if (edit.member.phase === "closed" && edit.member.refusedHere) {
        this.#forget(this.#incoming.splice(0, 1))
        continue
      }
      if (!edit.empty && (!this.#judge || !this.#rules)) return this.#refresh()
      if (!edit.empty && !this.#judgeOne(edit)) return
      this.#incoming.shift()
      this.#judged.push(edit)
    }
    if (this.#judged.length > 0) this.context.committer.kick(this)
  }

  /** false: not judged to the end; either everything is being read again, or its socket has been refused. */
  #judgeOne(edit: Edit): boolean {
    if (!this.#judge || !this.#rules) return false
    const verdict = this.#judge.judge(edit.bytes, edit.member.bearer, this.#rules)
    if (verdict.type === "ok") {
      edit.newClients = verdict.newClients
      edit.empty = verdict.touched.length === 0 && verdict.newClients.length === 0
      return true
    }
    if (verdict.type === "missing" && edit.member.early) {
      edit.member.early.push(edit.bytes)
      this.#incoming.shift()
      this.#judgeIncoming()
      return false
    }
    if (!edit.refreshed) {
      // other nodes and acts may have moved on: what they wrote may be what this edit builds on, or what permits it
      edit.refreshed = true
      this.#refresh()
      return false
    }
    const [reason, clauseId] = verdict.type === "missing" ? ["missing", null] : [verdict.reason, verdict.clauseId]
    this.context.logger.warn("update refused", { doc: this.doc, user: edit.member.bearer.userId, reason, clauseId })
    edit.member.refusedHere = true
    edit.member.refuse(reason, clauseId, this.context.now())
    this.#forget(this.#incoming.splice(0, 1))
    this.#judgeIncoming()
    return false
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
      updates: updates.map(({ member, bytes }) => ({ author: member.bearer.userId, bytes })),
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
        return this.#appended(batch, outcome.firstSeq, outcome.lastSeq)
      case "rulesChanged":
      case "clientTaken":
        this.context.tally.rejudgements++
        return this.#judgeAgain(batch)
      case "unknown":
        this.#judgeAgain(batch, "later")
        return
      case "poisoned":
        this.#forget(batch)
        return this.#giveUpPending("the log does not take it")
      case "noSuchDocument":
        this.#forget(batch)
        this.#forgetAll()
        return this.closeAll(CLOSE.noTicket, "no such room")
    }
  }

  #appended(batch: Edit[], firstSeq: number, lastSeq: number): void {
    const updates = batch.filter((edit) => !edit.empty)
    this.context.tally.updatesCommitted += updates.length
    this.#judge?.commit(updates.length)
    for (const { newClients, member } of updates)
      for (const clientId of newClients) this.#clientUsers.set(clientId, member.bearer.userId)
    if (this.#state && firstSeq === this.#state.seq + 1)
      this.#advance(updates.map((edit, i) => ({ seq: firstSeq + i, bytes: edit.bytes })))
    else this.#newsSeq = Math.max(this.#newsSeq, lastSeq)
    this.#acknowledge(batch)
    this.#catchUpIfBehind()
    this.#dropJudgeWithoutWriters()
    this.#compactIfLong()
    if (this.#refreshWanted) this.#refresh()
    if (this.#judged.length > 0) this.context.committer.kick(this)
  }

  /** Back to the start of the queue, before everything that came later; the judge that accepted it is no longer true. */
  #judgeAgain(batch: Edit[], when: "now" | "later" = "now"): void {
    this.#incoming = [...batch, ...this.#judged, ...this.#incoming]
    this.#judged = []
    this.#dropJudge()
    if (when === "now") this.#refresh()
    else this.#retryLater()
  }

  #acknowledge(batch: Edit[]): void {
    const now = this.context.now()
    const lastFrame = new Map<Member, number>()
    for (const edit of batch) lastFrame.set(edit.member, edit.frame)
    for (const [member, frame] of lastFrame) member.acknowledge(frame, this.#state?.seq ?? 0, now)
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

  /** Entries that follow on `#state`, all committed: to everybody, sender included, in as few frames as may be. */
  #advance(entries: readonly { readonly seq: number; readonly bytes: Uint8Array }[]): void {
    if (!this.#state) return
    for (const entry of entries) this.#state.append(entry.seq, entry.bytes)
    this.#broadcast(entries.map((entry) => entry.bytes))
  }

  #broadcast(updates: readonly Uint8Array[]): void {
    if (updates.length === 0) return
    const now = this.context.now()
    const frames = mergeInGroups(updates).map(encodeUpdate)
    for (const member of this.members) if (member.phase === "live") for (const frame of frames) member.send(frame, now)
  }

  /** From this process or another; a hint only. */
  news(headSeq: number, rulesRev: number): void {
    if (!this.#state) return
    this.#newsSeq = Math.max(this.#newsSeq, headSeq)
    this.#newsRulesRev = Math.max(this.#newsRulesRev, rulesRev)
    if (this.#newsRulesRev > this.#rulesRev) return this.#refresh()
    this.#catchUpIfBehind()
  }

  #catchUpIfBehind(): void {
    if (!this.#state || this.#newsSeq <= this.#state.seq) return
    // an append of our own may be what the news is about: its answer brings us here again
    if (this.#catchingUp || this.#refreshing || this.#inFlight.length > 0) return
    this.#catchingUp = true
    this.context.tally.catchUps++
    this.context.log
      .readAfter(this.doc, this.#state.seq)
      .then((entries) => {
        this.#catchingUp = false
        this.#takeEntries(entries)
      })
      .catch((error: unknown) => {
        this.#catchingUp = false
        this.#storageFailed(error)
      })
  }

  #takeEntries(entries: readonly LogEntry[]): void {
    const state = this.#state
    if (!state) return
    const lacking = entries.filter((entry) => entry.seq > state.seq)
    const first = lacking[0]
    if (!first || first.seq !== state.seq + 1) {
      if (this.#newsSeq > state.seq) this.#refresh()
      return
    }
    for (const entry of lacking) this.#judge?.apply(entry.bytes, entry.author)
    this.#advance(lacking)
    this.#catchUpIfBehind()
  }

  /** Reads everything again, once the answer to what is in flight is known, and judges what waits. */
  #refresh(): void {
    if (this.#refreshing || this.#retryTimer) return
    if (this.#inFlight.length > 0) {
      this.#refreshWanted = true
      return
    }
    this.#refreshWanted = false
    this.#refreshing = true
    this.#readAll()
      .then(([stored, rules, authors]) => {
        this.#refreshing = false
        this.#retryMs = 0
        if (stored) this.#refreshed(stored, rules, authors)
        else {
          this.#forgetAll()
          this.closeAll(CLOSE.noTicket, "no such room")
        }
      })
      .catch((error: unknown) => {
        this.#refreshing = false
        this.#storageFailed(error)
      })
  }

  async #readAll(): Promise<[StoredDoc | null, EditRules | null, ReadonlyMap<number, AuthorId>]> {
    const { log } = this.context
    const judges = this.#judge !== null || this.#rules !== null || this.pendingUpdates > 0
    const stored = await log.load(this.doc)
    if (!stored || !judges) return [stored, null, new Map()]
    const [rules, authors] = await Promise.all([log.rules(this.doc), log.clientAuthors(this.doc)])
    return [stored, rules, authors]
  }

  #refreshed(stored: StoredDoc, rules: EditRules | null, authors: ReadonlyMap<number, AuthorId>): void {
    const old = this.#state
    // a catch-up that was under way has overtaken this read
    if (old && this.#epoch === stored.epoch && stored.headSeq < old.seq) return this.#refresh()
    this.#rulesRev = Math.max(stored.rulesRev, rules?.rev ?? 0)
    if (old && this.#epoch !== stored.epoch) return this.#epochChanged(stored)
    this.#epoch = stored.epoch
    this.#snapshotSeq = stored.snapshot?.seq ?? 0
    this.#replaceState(stored, old)
    if (rules) {
      for (const [clientId, author] of authors) this.#clientUsers.set(clientId, author)
      this.#rules = rules
      this.#dropJudge()
      if (this.#judged.length > 0) this.context.tally.rejudgements++
      this.#incoming = [...this.#judged, ...this.#incoming]
      this.#judged = []
      if (this.#incoming.some((edit) => !edit.empty)) this.#judge = this.context.makeJudge(stored, authors)
    }
    this.#judgeIncoming()
    if (this.#newsRulesRev > this.#rulesRev) this.#refresh()
    this.#catchUpIfBehind()
    this.#compactIfLong()
  }

  #replaceState(stored: StoredDoc, old: StoredState | null): void {
    this.#state = new StoredState(stored)
    if (old && stored.headSeq > old.seq) {
      const behind = (stored.snapshot?.seq ?? 0) > old.seq
      this.#broadcast(
        behind
          ? StoredState.missing(stored, old.stateVector)
          : stored.tail.filter((entry) => entry.seq > old.seq).map((entry) => entry.bytes),
      )
    }
    for (const member of this.members) {
      if (!old) this.#checkEpoch(member)
      this.#answerStep1(member, this.#state)
    }
  }

  /** A restore or a migration: the old document is gone, its clients make drafts of what they had. */
  #epochChanged(stored: StoredDoc): void {
    const now = this.context.now()
    this.#forgetAll()
    for (const member of this.members) member.closeForEpoch(stored.epoch, now)
    this.#rules = null
    this.#newsSeq = 0
    this.#epoch = stored.epoch
    this.#snapshotSeq = stored.snapshot?.seq ?? 0
    this.#state = new StoredState(stored)
  }

  // ── storage away ───────────────────────────────────────────────────────────────────────────────────────────

  #storageFailed(error: unknown): void {
    this.context.logger.error("storage does not answer", { doc: this.doc, error: String(error) })
    if (!this.#state) {
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

  #compactIfLong(): void {
    const { compactAfter } = this.context.limits
    if (!this.#state || this.#state.seq - this.#snapshotSeq < compactAfter) return
    void this.compact()
  }

  /** Folds what the log holds into a snapshot, beside the path of edits. */
  async compact(): Promise<void> {
    if (this.#compacting) return
    this.#compacting = true
    const { log, logger, tally } = this.context
    try {
      const stored = await log.load(this.doc)
      if (!stored || stored.tail.length === 0) return
      const bytes = stored.tail.map((entry) => entry.bytes)
      const folded = foldUpdates(stored.snapshot ? [stored.snapshot.state, ...bytes] : bytes)
      this.#snapshotSeq = stored.headSeq
      if (!folded) return logger.warn("log has gaps, not compacted", { doc: this.doc })
      await log.compact(this.doc, { seq: stored.headSeq, ...folded })
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
    this.#dropJudge()
    for (const awareness of this.#awareness.values()) awareness.destroy()
  }
}

const sizeOf = (updates: readonly Uint8Array[]): number => updates.reduce((sum, bytes) => sum + bytes.length, 0)

/** Who sees whose caret: one's own delegation; those without one see each other. */
const awarenessGroup = (member: Member): string => member.bearer.party ?? ""
