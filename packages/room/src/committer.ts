import { performance } from "node:perf_hooks"
import type { RoomLimits } from "./limits.ts"
import type { Tally } from "./tally.ts"
import type { AppendOutcome, AppendRequest, UpdateLog } from "./update-log.ts"
import { StorageAwayError } from "./update-log.ts"

/** What the committer asks of a room. Each `takeBatch` that gave a request is answered by exactly one `settle`. */
export interface Committing {
  /** where its commits are counted */
  readonly tally: Tally
  /** sockets that are written to for each commit */
  readonly audience: number
  /** judges what has come in since the last time */
  judgeIncoming(): void
  takeBatch(): AppendRequest | null
  settle(outcome: AppendOutcome | { readonly type: "unknown" } | { readonly type: "poisoned" }): void
}

/** What one more write to a socket costs, and what one more commit costs here and in the database; as measured. */
const DELIVERY_MS = 0.008
const COMMIT_MS = 0.6
const METER_MS = 100
/** fewer sockets than this in a room are few: what they do costs little more than its commits */
const FEW = 8
/** and wait so many times longer for company, */
const FEW_WAIT = 12
/** from a third of the demand on */
const FEW_FULL_AT = 1 / 3
/** Where commits are held at least so long, what gathers is judged in one just before: the more in one, the less for each. */
const JUDGE_AT_COMMIT_FROM_MS = 1

/**
 * The one queue to the log of this process. What sockets bring in one turn of the event loop is judged together in the
 * next; one append is in flight, and what is judged meanwhile, over all rooms, is the next one.
 *
 * How long updates wait for company follows from what it would cost to serve each alone: that share of a processor,
 * the demand, is near nothing for a few people who type, and far more than there is for fifty who type fast, or for
 * hundreds of rooms. Below `holdFrom` nothing waits, above `holdFullAt` everything waits some `maxHoldMs`: the fewer
 * and larger the frames that follow a commit, the less each delivery costs. The load of the event loop would be no
 * guide: it falls as soon as it has been acted upon.
 */
export class Committer {
  readonly #unjudged = new Set<Committing>()
  readonly #waiting = new Set<Committing>()
  #judging = false
  #busy = false
  #lastCommitAt = 0
  /** since the last measurement: updates that came, and what it costs to write each to its room */
  #updates = 0
  #fanOutMs = 0
  #hold = 0
  #metAt = performance.now()
  readonly #meter: ReturnType<typeof setInterval>

  constructor(
    readonly log: UpdateLog,
    readonly limits: RoomLimits,
    readonly onError: (error: unknown) => void,
  ) {
    this.#meter = setInterval(() => this.#measure(), METER_MS)
    this.#meter.unref()
  }

  /** This room has got one more edit to be judged: in the next turn, or, where commits are held, just before the next. */
  judgeSoon(room: Committing): void {
    this.#updates++
    this.#fanOutMs += room.audience * DELIVERY_MS
    this.#unjudged.add(room)
    if (this.#judging) return
    if (this.#hold > JUDGE_AT_COMMIT_FROM_MS) {
      if (!this.#busy) this.#schedule()
      return
    }
    this.#judging = true
    setImmediate(() => {
      this.#judge()
      this.#judging = false
      if (!this.#busy && this.#waiting.size > 0) this.#schedule()
    })
  }

  /** This room has judged edits for the log. */
  kick(room: Committing): void {
    this.#waiting.add(room)
    if (!this.#busy && !this.#judging) this.#schedule()
  }

  get idle(): boolean {
    return !this.#busy && this.#unjudged.size === 0 && this.#waiting.size === 0
  }

  stop(): void {
    clearInterval(this.#meter)
  }

  #measure(): void {
    const now = performance.now()
    const demand = (this.#fanOutMs + this.#updates * COMMIT_MS) / Math.max(1, now - this.#metAt)
    const { maxHoldMs, holdFrom, holdFullAt } = this.limits
    const fanOutMs = this.#fanOutMs / Math.max(1, this.#updates)
    // where an update goes to many, the writes are what it costs; where it goes to few, the commit, and that waits longer
    const [full, holdMs] =
      fanOutMs < FEW * DELIVERY_MS
        ? [FEW_FULL_AT * holdFullAt, FEW_WAIT * maxHoldMs]
        : [holdFullAt, maxHoldMs + fanOutMs]
    const share = Math.min(1, Math.max(0, (demand - holdFrom) / (full - holdFrom)))
    // by its square: where there is little to gather yet, a wait is felt and gathers nothing
    this.#hold = holdMs * share * share
    this.#updates = 0
    this.#fanOutMs = 0
    this.#metAt = now
  }

  #judge(): void {
    const rooms = [...this.#unjudged]
    this.#unjudged.clear()
    for (const room of rooms) room.judgeIncoming()
  }

  #schedule(): void {
    this.#busy = true
    const waitMs = this.#lastCommitAt + this.#hold - performance.now()
    if (waitMs > 0.7) setTimeout(() => void this.#commit(), waitMs)
    else void this.#commit()
  }

  async #commit(): Promise<void> {
    if (this.#unjudged.size > 0) this.#judge()
    const rooms: Committing[] = []
    const requests: AppendRequest[] = []
    for (const room of this.#waiting) {
      const request = room.takeBatch()
      if (!request) continue
      rooms.push(room)
      requests.push(request)
    }
    this.#waiting.clear()
    this.#lastCommitAt = performance.now()
    if (requests.length > 0) await this.#append(rooms, requests)
    this.#busy = false
    if (this.#waiting.size > 0 || (this.#unjudged.size > 0 && !this.#judging)) this.#schedule()
  }

  async #append(rooms: readonly Committing[], requests: readonly AppendRequest[]): Promise<void> {
    let outcomes: readonly (AppendOutcome | { type: "unknown" } | { type: "poisoned" })[]
    try {
      outcomes = await this.log.append(requests)
      for (const tally of new Set(rooms.map((room) => room.tally))) {
        tally.commits++
        tally.commitMsTotal += performance.now() - this.#lastCommitAt
      }
    } catch (error) {
      this.onError(error)
      if (!(error instanceof StorageAwayError) && requests.length > 1) {
        // something in this batch breaks the log: each document alone, so that one can't hold up the others
        for (const [i, room] of rooms.entries()) await this.#append([room], requests.slice(i, i + 1))
        return
      }
      const type = error instanceof StorageAwayError ? "unknown" : "poisoned"
      outcomes = requests.map(() => ({ type }))
    }
    for (const [i, room] of rooms.entries()) room.settle(outcomes[i] ?? { type: "unknown" })
  }
}
