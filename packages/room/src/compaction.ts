import { errorPlace } from "./error-place.ts"
import type { RoomContext } from "./room-context.ts"
import type { StoredState } from "./stored-state.ts"
import type { DocId } from "./update-log.ts"

/** folding so many bytes takes some 3 µs, a tenth of what is spent on an update anyway */
const BASE_BYTES_PER_UPDATE = 25

/** Folds what the log holds of a document into a snapshot, beside the path of edits. */
export class Compaction {
  #snapshotSeq = 0
  #isUnderWay = false
  #begunAt = Number.NEGATIVE_INFINITY

  constructor(
    readonly doc: DocId,
    readonly context: Pick<RoomContext, "log" | "logger" | "tally" | "fold" | "limits" | "now">,
  ) {}

  get isUnderWay(): boolean {
    return this.#isUnderWay
  }

  /** The document has been read, and its snapshot goes so far. */
  start(snapshotSeq: number): void {
    this.#snapshotSeq = snapshotSeq
  }

  /**
   * A snapshot costs the more the larger the document is, so that of a large one waits for more. Where many write at once
   * it waits for its time, too: each takes a tenth of a second from them, and a newcomer reads thousands of updates in less.
   */
  compactIfLong(state: StoredState): void {
    const { compactAfter, compactEveryMs } = this.context.limits
    const worthIt = Math.min(4 * compactAfter, state.baseBytes / BASE_BYTES_PER_UPDATE)
    if (state.seq - this.#snapshotSeq < Math.max(compactAfter, worthIt)) return
    if (this.context.now() - this.#begunAt >= compactEveryMs) void this.#compact(state)
  }

  /** The last one has left: whoever comes next finds a short tail. */
  compactOnLeaving(state: StoredState): void {
    if (state.seq - this.#snapshotSeq >= this.context.limits.compactOnLeaving) void this.#compact(state)
  }

  async #compact(state: StoredState): Promise<void> {
    if (this.#isUnderWay || state.seq === this.#snapshotSeq) return
    this.#isUnderWay = true
    const { log, logger, tally, fold } = this.context
    const { seq } = state
    // whatever comes of it: the next attempt is due after as many edits again
    this.#snapshotSeq = seq
    this.#begunAt = this.context.now()
    try {
      const folded = await fold(state.parts())
      if (!folded) return logger.warn("log has gaps, not compacted", { doc: this.doc })
      await log.compact(this.doc, { seq, ...folded })
      state.rebase(seq, folded)
      tally.compactions++
    } catch (error) {
      // only an economy: the next long tail tries again
      logger.warn("compaction failed", { doc: this.doc, error: errorPlace(error) })
    } finally {
      this.#isUnderWay = false
    }
  }
}
