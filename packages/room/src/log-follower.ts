import type { StoredState } from "./stored-state.ts"
import type { AuthorId, LogEntry } from "./update-log.ts"

export interface Followed {
  readonly seq: number
  readonly bytes: Uint8Array
  readonly author: AuthorId
  /** from this room's own append: its judge has it already */
  readonly own: boolean
}

export interface FollowerHost {
  /** an append or a reading of everything is under way: what it brings may be what the news is about */
  isBusy(): boolean
  /** other nodes' updates come by the bus, a moment after the news of their position */
  hearsUpdates(): boolean
  /** how long they may take; after this the log is read instead */
  readonly busGraceMs: number
  readAfter(seq: number): Promise<readonly LogEntry[]>
  /** entries that follow on the state, and are part of it now; the same in as few updates as may cheaply be made */
  advanced(entries: readonly Followed[], merged: readonly Uint8Array[]): void
  /** the log does not hold what the news promised: everything has to be read again */
  lost(): void
  failed(error: unknown): void
}

const AHEAD_AT_MOST = 4096

/**
 * Follows one document's log. Entries come from the room's own appends, from other nodes by the bus, and from reading
 * the log, in any order and more than once; they enter the state in the order of the log, each once ([LOG2]).
 */
export class LogFollower {
  state: StoredState | null = null
  /** how far the log is known to reach */
  #knownSeq = 0
  /** what is known of positions that don't follow on yet; null: nothing, as in most rooms most of the time */
  #ahead: Map<number, Followed> | null = null
  #reading = false
  #grace: ReturnType<typeof setTimeout> | null = null

  constructor(readonly host: FollowerHost) {}

  get seq(): number {
    return this.state?.seq ?? 0
  }

  /** Everything that is known to be in the log, the entries that wait for others included. */
  parts(): readonly Uint8Array[] {
    return [...(this.state?.parts() ?? []), ...[...(this.#ahead?.values() ?? [])].map((entry) => entry.bytes)]
  }

  start(state: StoredState): void {
    this.state = state
    for (const seq of this.#ahead?.keys() ?? []) if (seq <= state.seq) this.#ahead?.delete(seq)
    this.#drain()
  }

  /** A hint only. */
  news(headSeq: number): void {
    this.#knownSeq = Math.max(this.#knownSeq, headSeq)
    this.catchUp()
  }

  take(entries: readonly Followed[]): void {
    for (const entry of entries) {
      this.#knownSeq = Math.max(this.#knownSeq, entry.seq)
      if (entry.seq <= this.seq || this.#ahead?.has(entry.seq)) continue
      // a reading of the log brings it, once it is its turn
      if (this.#ahead && this.#ahead.size >= AHEAD_AT_MOST && !entry.own) continue
      this.#ahead ??= new Map()
      this.#ahead.set(entry.seq, entry)
    }
    this.#drain()
  }

  #drain(): void {
    const { state } = this
    const ahead = this.#ahead
    if (!state || !ahead) return
    const following: Followed[] = []
    let seq = state.seq
    for (let entry = ahead.get(seq + 1); entry; entry = ahead.get(seq + 1)) {
      ahead.delete(++seq)
      following.push(entry)
    }
    if (ahead.size === 0) this.#ahead = null
    if (following.length === 0) return
    // merged once, for the state and for the clients
    const merged = state.append(
      seq,
      following.map((entry) => entry.bytes),
    )
    this.host.advanced(following, merged)
  }

  get isBehind(): boolean {
    return this.state !== null && this.#knownSeq > this.seq
  }

  /** Reads what is missing, unless something that is under way will bring it; then whoever ends that calls again. */
  catchUp(): void {
    if (!this.isBehind || this.#reading || this.#grace || this.host.isBusy()) return
    if (!this.host.hearsUpdates()) return this.#read()
    const awaited = this.#knownSeq
    this.#grace = setTimeout(() => {
      this.#grace = null
      if (!this.isBehind || this.#reading || this.host.isBusy()) return
      // where much is written something is always on its way: what is awaited now is younger, and has its own time
      if (this.seq >= awaited) return this.catchUp()
      this.#read()
    }, this.host.busGraceMs)
  }

  #read(): void {
    this.#reading = true
    const wanted = this.#knownSeq
    this.host
      .readAfter(this.seq)
      .then((entries) => {
        this.#reading = false
        this.take(entries.map((entry) => ({ ...entry, own: false })))
        if (this.state === null || this.seq >= wanted) return this.catchUp()
        this.#knownSeq = this.seq
        this.host.lost()
      })
      .catch((error: unknown) => {
        this.#reading = false
        this.host.failed(error)
      })
  }

  /** The document is another one now: nothing that was known of it holds. */
  reset(): void {
    this.state = null
    this.#knownSeq = 0
    this.#ahead = null
    if (this.#grace) clearTimeout(this.#grace)
    this.#grace = null
  }
}
