import * as Y from "yjs"
import type { EarlyEdits } from "./early-edits.ts"
import { FRAME_COST } from "./limits.ts"
import type { Member } from "./member.ts"
import { mergeInFew } from "./update-joining.ts"

/** An update frame on its way: received, then judged, then appended. */
export interface Edit {
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

/**
 * The edits of one room that are not in the log yet, in their order: one waits in `incoming` until judged, in `judged`
 * until the committer takes it, in `inFlight` until the log has answered. What can't be judged before its socket's first
 * step 2 waits with the member (`early`); its bytes are counted here.
 */
export class EditQueue {
  #incoming: Edit[] = []
  #judged: Edit[] = []
  #inFlight: Edit[] = []
  #heldBytes = 0

  get incoming(): readonly Edit[] {
    return this.#incoming
  }

  get judged(): readonly Edit[] {
    return this.#judged
  }

  get isInFlight(): boolean {
    return this.#inFlight.length > 0
  }

  get length(): number {
    return this.#incoming.length + this.#judged.length + this.#inFlight.length
  }

  /** as they came in, those with their members included, with {@link FRAME_COST} for each */
  get heldBytes(): number {
    return this.#heldBytes
  }

  #hold(member: Member, bytes: number): void {
    this.#heldBytes += bytes
    member.hold(bytes)
  }

  /** Takes in one update frame. Gives the word it is refused with, or null. */
  receive(member: Member, update: Uint8Array, step2: boolean, now: number): "malformed" | "read_only" | null {
    const frame = ++member.updateFrames
    const bytes = step2 ? this.#withEarly(member, update) : update
    if (bytes === null) return "malformed"
    const empty = bytes.length === 2 && bytes[0] === 0 && bytes[1] === 0
    if (!empty && !member.bearer.mayEdit) return "read_only"
    // a copy: the view would keep the transport's whole read buffer alive
    const own = bytes.slice()
    const edit = { member, bytes: own, news: own, frame, newClients: [], refreshed: false, empty, alone: false }
    // what waits for step 2 keeps back what follows on it: an acknowledgement speaks for all before it
    if (member.early && member.early.since !== null) member.early.add([own], now)
    else this.#incoming.push(edit)
    this.#hold(member, costOf(edit))
    return null
  }

  // ── what a socket sends ahead of its step 2 ────────────────────────────────────────────────────────────────

  /** A first step 2 and what its socket sent ahead of it, as one edit; null: its bytes are no update. */
  #withEarly(member: Member, step2: Uint8Array): Uint8Array | null {
    if (member.early === null) return step2
    const waiting = this.#incoming.filter((edit) => edit.member === member && !edit.empty)
    const early = [...member.early.updates, ...waiting.map((edit) => edit.bytes)]
    this.forgetEarly(member)
    if (early.length === 0) return step2
    this.#incoming = this.#incoming.filter((edit) => edit.member !== member || edit.empty)
    this.forget(waiting)
    try {
      return Y.mergeUpdates([step2, ...inFew(inFew(early))])
    } catch {
      return null // the guard has not seen these bytes yet, and Yjs can't read them
    }
  }

  /** What this socket has sent builds on what its step 2 will bring. */
  keepForStep2(member: Member, early: EarlyEdits, now: number): void {
    const ofMember = this.#incoming.filter((edit) => edit.member === member)
    early.add(
      ofMember.map(({ bytes }) => bytes),
      now,
    )
    this.#incoming = this.#incoming.filter((edit) => edit.member !== member)
  }

  /** Its step 2 will not come. */
  forgetEarly(member: Member): void {
    if (member.early) this.#hold(member, -member.early.heldBytes)
    member.early = null
  }

  // ── incoming → judged → in flight, and back ────────────────────────────────────────────────────────────────

  /** The oldest one has nothing against it. */
  passFirst(): void {
    const first = this.#incoming.shift()
    if (first) this.#judged.push(first)
  }

  dropFirst(): void {
    const first = this.#incoming.shift()
    if (first) this.forget([first])
  }

  /** `together`, as `merged`, have nothing against them; `rest` is all that came in beside them. */
  passTogether(together: readonly Edit[], merged: readonly Edit[], rest: Edit[]): void {
    this.#incoming = rest
    this.forget(together)
    for (const edit of merged) {
      this.#judged.push(edit)
      this.#hold(edit.member, costOf(edit))
    }
  }

  /** It needs no answer of the log. */
  takeJudged(): readonly Edit[] {
    return this.#judged.splice(0)
  }

  /** What is judged goes to the log. */
  sendJudged(): readonly Edit[] {
    this.#inFlight = this.#judged
    this.#judged = []
    return this.#inFlight
  }

  /** The log has answered. Whoever takes these says what becomes of them: `forget` or `takeBack`. */
  takeAnswered(): readonly Edit[] {
    const answered = this.#inFlight
    this.#inFlight = []
    return answered
  }

  /** Back to the start, with all that was judged after them, before everything that came later. */
  takeBack(batch: readonly Edit[]): void {
    this.#incoming = [...batch, ...this.#judged, ...this.#incoming]
    this.#judged = []
  }

  forget(edits: readonly Edit[]): void {
    for (const edit of edits) this.#hold(edit.member, -costOf(edit))
  }

  /** What is in flight stays: the log will say what becomes of it. */
  forgetWaiting(): void {
    this.forget(this.#incoming.splice(0))
    this.forget(this.#judged.splice(0))
  }

  // ── bounds ─────────────────────────────────────────────────────────────────────────────────────────────────

  /** Something of this socket is judged: whoever lets go of it has to take back what was judged after it. */
  hasJudged(member: Member): boolean {
    return this.#judged.some((edit) => edit.member === member)
  }

  /** All of one socket that has not been judged. */
  forgetIncoming(member: Member): void {
    const [gone, kept] = [[] as Edit[], [] as Edit[]]
    for (const edit of this.#incoming) (edit.member === member ? gone : kept).push(edit)
    this.#incoming = kept
    this.forget(gone)
    if (member.early) this.forgetEarly(member)
  }

  /** Of the person who has most waiting here, what is being written aside: the socket that has most of that. */
  heaviest(open: Iterable<Member>): Member | null {
    const byMember = new Map<Member, number>()
    const byUser = new Map<string, number>()
    const add = (member: Member, bytes: number): void => {
      const { userId } = member.bearer
      byMember.set(member, (byMember.get(member) ?? 0) + bytes)
      byUser.set(userId, (byUser.get(userId) ?? 0) + bytes)
    }
    for (const edit of [...this.#incoming, ...this.#judged]) add(edit.member, costOf(edit))
    for (const member of open) if (member.early?.since != null) add(member, member.early.heldBytes)
    const weight = (member: Member): readonly [number, number] => [
      byUser.get(member.bearer.userId) ?? 0,
      byMember.get(member) ?? 0,
    ]
    const [heaviest] = [...byMember.keys()].toSorted((a, b) => {
      const [[userA, ownA], [userB, ownB]] = [weight(a), weight(b)]
      return userB - userA || ownB - ownA
    })
    return heaviest ?? null
  }
}

const costOf = (edit: Edit): number => edit.bytes.length + FRAME_COST

const inFew = (updates: readonly Uint8Array[]): readonly Uint8Array[] => mergeInFew(updates).map(({ bytes }) => bytes)
