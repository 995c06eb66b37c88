import type { RoomContext } from "./room-context.ts"
import type { StoredState } from "./stored-state.ts"
import type { AuthorId, DocId, DocRules, LogEntry, StoredDoc } from "./update-log.ts"

export type Reading =
  | { readonly type: "whole"; readonly stored: StoredDoc }
  /** what came since, and, where there is something to judge, whose each client id is */
  | {
      readonly type: "since"
      readonly rules: DocRules
      readonly entries: readonly LogEntry[]
      readonly authors: ReadonlyMap<number, AuthorId> | null
    }

export interface RefreshHost {
  /** an append is under way: its answer comes first */
  awaitsLog(): boolean
  /** something waits to be committed */
  hasEdits(): boolean
  /** what the room holds of the log; null: nothing yet */
  held(): StoredState | null
  lacksJudge(): boolean
  /** what is to be done with it, all in one turn */
  take(reading: Reading): void
  /** there is no such document */
  gone(): void
  failed(error: unknown): void
}

/**
 * Reads a room's rules and log again, once at a time: on opening, on new rules, before a refusal, after a lost commit.
 * While it reads, or waits to try again because the storage is away, nothing is judged or committed.
 */
export class Refresh {
  #isReading = false
  #isWanted = false
  #retryMs = 0
  /** a commit has failed, and none has succeeded since: that the storage can be read does not say that it can be written */
  #doubtsCommits = false
  #retryTimer: ReturnType<typeof setTimeout> | null = null

  constructor(
    readonly doc: DocId,
    readonly context: Pick<RoomContext, "log" | "limits">,
    readonly host: RefreshHost,
  ) {}

  get isReading(): boolean {
    return this.#isReading
  }

  get isUnderWay(): boolean {
    return this.#isReading || this.#retryTimer !== null
  }

  /** it is under way, or will be as soon as the log has answered */
  get isDue(): boolean {
    return this.isUnderWay || this.#isWanted
  }

  get storageAway(): boolean {
    return this.#retryMs > 0
  }

  /** Once the answer to what is in flight is known. */
  start(): void {
    if (this.isUnderWay) return
    if (this.host.awaitsLog()) {
      this.#isWanted = true
      return
    }
    this.#isWanted = false
    this.#isReading = true
    const held = this.host.held()
    const reading = held ? this.#readSince(held) : this.#readWhole()
    reading
      .then((found) => {
        this.#isReading = false
        if (!this.#doubtsCommits || !this.host.hasEdits()) this.commits()
        if (!found) return this.host.gone()
        this.host.take(found)
      })
      .catch((error: unknown) => {
        this.#isReading = false
        this.host.failed(error)
      })
  }

  /** The log has answered. */
  startIfWanted(): void {
    if (this.#isWanted) this.start()
  }

  /** null: there is no such document */
  async #readWhole(): Promise<Reading | null> {
    const stored = await this.context.log.load(this.doc)
    return stored && { type: "whole", stored }
  }

  /** The rules first, so that the log is no older. */
  async #readSince(held: StoredState): Promise<Reading | null> {
    const { log } = this.context
    const rules = await log.rules(this.doc)
    if (!rules) return null
    const [entries, authors] = await Promise.all([
      rules.headSeq > held.seq ? log.readAfter(this.doc, held.seq) : [],
      this.host.lacksJudge() ? log.clientAuthors(this.doc) : null,
    ])
    return { type: "since", rules, entries, authors }
  }

  /** A commit has failed, as far as is known. */
  retryCommitLater(): void {
    this.#doubtsCommits = true
    this.retryLater()
  }

  /** The log has taken what waited, or holds it already, or nothing waits. */
  commits(): void {
    this.#doubtsCommits = false
    this.#retryMs = 0
  }

  /** After a failure, later each time: nothing is acknowledged or relayed meanwhile; what comes in waits, within bounds. */
  retryLater(): void {
    if (this.#retryTimer) return
    const { retryMinMs, retryMaxMs } = this.context.limits
    this.#retryMs = Math.min(retryMaxMs, Math.max(retryMinMs, this.#retryMs * 2))
    this.#retryTimer = setTimeout(() => {
      this.#retryTimer = null
      this.start()
    }, this.#retryMs)
  }

  stop(): void {
    if (this.#retryTimer) clearTimeout(this.#retryTimer)
  }
}
