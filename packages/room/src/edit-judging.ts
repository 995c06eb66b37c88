import type { AcceptedVerdict } from "@alternat/document"
import type { EarlyEdits } from "./early-edits.ts"
import type { Edit, EditQueue } from "./edit-queue.ts"
import { companyOf, mergeRuns } from "./edits-together.ts"
import type { Judge, JudgedDoc } from "./judge.ts"
import type { Member } from "./member.ts"
import { CLOSE } from "./protocol.ts"
import type { Refresh } from "./refresh.ts"
import type { RoomContext } from "./room-context.ts"
import type { DocId, DocRules } from "./update-log.ts"

/**
 * Moves a room's edits from incoming to judged, as many in one judgement as may be. It needs rules and a judge, which a
 * refresh brings; while one is due nothing is judged. What the judge has accepted and the log has not taken, it forgets
 * again with `takeBack`.
 */
export class EditJudging {
  rules: DocRules | null = null
  #judge: Judge | null = null
  #judgedAt = 0
  #isExpected = false

  constructor(
    readonly doc: DocId,
    readonly context: Pick<RoomContext, "makeJudge" | "limits" | "logger" | "now">,
    readonly queue: EditQueue,
    readonly refresh: Pick<Refresh, "isDue" | "isReading" | "start">,
  ) {}

  /** There is something to judge, and nobody to judge it. */
  get lacksJudge(): boolean {
    return this.#judge === null && (this.#isExpected || this.queue.incoming.some((edit) => !edit.empty))
  }

  /** There will soon be something to judge. The judge of a long document takes some fifty milliseconds to make. */
  expectEdits(): void {
    // whoever moves about will go on writing
    if (this.#judge) this.#judgedAt = this.context.now()
    if (this.#judge || this.refresh.isDue) return
    this.#isExpected = true
    this.refresh.start()
  }

  makeJudge(judged: JudgedDoc): void {
    this.#isExpected = false
    this.#judgedAt = this.context.now()
    this.#judge ??= this.context.makeJudge(judged)
  }

  /** Judges all that has come in. false: something has to be read first, and whoever has read it calls again. */
  judgeIncoming(): boolean {
    const { queue, refresh } = this
    for (let edit = queue.incoming[0]; edit; edit = queue.incoming[0]) {
      if (refresh.isDue) return false
      if (edit.member.phase === "closed" && edit.member.refusedHere) {
        queue.dropFirst()
        continue
      }
      if (edit.empty) {
        queue.passFirst()
        continue
      }
      const { rules } = this
      const judge = this.#judge
      if (!judge || !rules) {
        refresh.start()
        return false
      }
      if (!this.#judgeTogether(edit, judge, rules)) this.#judgeOne(edit, judge, rules)
    }
    return true
  }

  /** With others whose authors have the same rights, if there are any. false: it has to be judged by itself. */
  #judgeTogether({ alone, member }: Edit, judge: Judge, rules: DocRules): boolean {
    const { incoming } = this.queue
    if (alone || incoming.length === 1) return false
    const { together, rest } = companyOf(member, incoming)
    if (together.length === 1) return false
    const merged = mergeRuns(together)
    const edits = merged?.map((edit) => ({ update: edit.bytes, bearer: edit.member.bearer }))
    const verdicts = edits && judge.judgeAll(edits, rules)
    if (!merged || !verdicts) {
      for (const edit of together) edit.alone = true
      return false
    }
    this.#judgedAt = this.context.now()
    for (const [i, edit] of merged.entries())
      accept(edit, verdicts[i] ?? { touched: [], news: edit.bytes, newClients: [] })
    this.queue.passTogether(together, merged, rest)
    return true
  }

  /** Takes the oldest edit from the queue, or leaves it there when everything is being read again. */
  #judgeOne(edit: Edit, judge: Judge, rules: DocRules): void {
    const { member } = edit
    this.#judgedAt = this.context.now()
    const verdict = judge.judge(edit.bytes, member.bearer, rules)
    if (verdict.type === "ok") {
      accept(edit, verdict)
      return this.queue.passFirst()
    }
    if (verdict.type === "missing" && member.early) return this.#keepForStep2(member, member.early)
    if (!edit.refreshed) {
      // other nodes and acts may have moved on: what they wrote may be what this edit builds on, or what permits it
      edit.refreshed = true
      return this.refresh.start()
    }
    const [reason, clauseId] = verdict.type === "missing" ? ["missing", null] : [verdict.reason, verdict.clauseId]
    this.context.logger.warn("update refused", { doc: this.doc, user: member.bearer.userId, reason, clauseId })
    member.refusedHere = true
    member.refuse(reason, clauseId, this.context.now())
    this.queue.dropFirst()
  }

  #keepForStep2(member: Member, early: EarlyEdits): void {
    this.queue.keepForStep2(member, early, this.context.now())
    if (early.isTooMuch(this.context.limits)) this.letGoOf(member, "too much ahead of step 2")
  }

  /** Lets go of all that waits of one socket, and of the socket: it still has it. The others' edits keep their order. */
  letGoOf(member: Member, reason: string): void {
    if (this.queue.hasJudged(member)) {
      // a new judge, since one that takes back forgets what the log is being asked for as well
      this.queue.takeBack([])
      this.dropJudge()
    }
    this.queue.forgetIncoming(member)
    member.close(CLOSE.tryLater, reason)
  }

  /** The oldest `count` accepted updates are in the log now. */
  commit(count: number): void {
    this.#judge?.commit(count)
  }

  /** An update that is in the log by another way. */
  apply(update: Uint8Array, author: string): void {
    this.#judge?.apply(update, author)
  }

  /** These are to be judged again, and all that was accepted after them. */
  takeBack(batch: readonly Edit[]): void {
    this.queue.takeBack(batch)
    this.#judge?.rollback()
  }

  /** Lets go of all that waits: its senders still have it. */
  forgetWaiting(): void {
    this.queue.forgetWaiting()
    this.dropJudge()
  }

  dropJudge(): void {
    this.#judge?.destroy()
    this.#judge = null
  }

  /** A judge is large, and a new one is soon made. */
  dropJudgeIfIdle(now: number): void {
    if (now - this.#judgedAt > this.context.limits.idleJudgeMs && this.#isAtRest) this.dropJudge()
  }

  dropJudgeWithoutWriters(members: ReadonlySet<Member>): void {
    if (!this.#judge || !this.#isAtRest) return
    for (const member of members) if (member.bearer.mayEdit) return
    this.dropJudge()
  }

  get #isAtRest(): boolean {
    return this.queue.length === 0 && !this.refresh.isReading
  }
}

function accept(edit: Edit, verdict: Pick<AcceptedVerdict, "touched" | "news" | "newClients">): void {
  edit.news = verdict.news
  edit.newClients = verdict.newClients
  edit.empty = verdict.touched.length === 0 && verdict.newClients.length === 0
}
