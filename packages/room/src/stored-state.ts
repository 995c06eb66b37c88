import * as encoding from "lib0/encoding"
import * as Y from "yjs"
import { foldUpdates, mergeInGroups } from "./fold.ts"
import { encodeStep1, encodeStep2, encodeUpdate } from "./protocol.ts"
import type { StoredDoc } from "./update-log.ts"

const EMPTY_UPDATE = new Uint8Array([0, 0])
const MERGE_TAIL_AT = 64
const FOLD_AFTER = 1000

/**
 * What the log holds of one document, as bytes ready to be sent: a base and the updates since. No Y.Doc lives here,
 * and nothing that is not in the log ever enters ([LOG1]).
 */
export class StoredState {
  #base: Uint8Array
  readonly #clocks: Map<number, number>
  #tail: Uint8Array[] = []
  #sinceFold = 0
  /** the log position these bytes stand for */
  seq: number

  constructor(stored: StoredDoc) {
    const tail = stored.tail.map((entry) => entry.bytes)
    const folded = tail.length > 0 ? foldUpdates(stored.snapshot ? [stored.snapshot.state, ...tail] : tail) : null
    this.#base = folded?.state ?? stored.snapshot?.state ?? EMPTY_UPDATE
    const vector = folded?.stateVector ?? stored.snapshot?.stateVector
    this.#clocks = vector ? Y.decodeStateVector(vector) : new Map()
    this.seq = stored.snapshot?.seq ?? 0
    if (folded) this.seq = stored.headSeq
    else for (const entry of stored.tail) this.append(entry.seq, entry.bytes)
    this.seq = stored.headSeq
  }

  append(seq: number, update: Uint8Array): void {
    this.#tail.push(update)
    this.seq = seq
    const { from, to } = Y.parseUpdateMeta(update)
    for (const [client, end] of to) {
      const have = this.#clocks.get(client) ?? 0
      if ((from.get(client) ?? 0) <= have && end > have) this.#clocks.set(client, end)
    }
    this.#sinceFold++
    if (this.#tail.length >= MERGE_TAIL_AT) this.#shortenTail()
  }

  get stateVector(): Uint8Array {
    const encoder = encoding.createEncoder()
    encoding.writeVarUint(encoder, this.#clocks.size)
    for (const [client, clock] of this.#clocks) {
      encoding.writeVarUint(encoder, client)
      encoding.writeVarUint(encoder, clock)
    }
    return encoding.toUint8Array(encoder)
  }

  /** What somebody with this state vector lacks of a newer state, as updates. */
  static missing(stored: StoredDoc, have: Uint8Array): Uint8Array[] {
    const parts = stored.tail.map((entry) => entry.bytes)
    return stored.snapshot ? [Y.diffUpdate(stored.snapshot.state, have), ...parts] : parts
  }

  /**
   * The frames of a first sync. The tail goes ahead of step 2: a provider calls itself synced at the first step 2,
   * so that one must complete the document, and until then Yjs keeps the tail as pending.
   */
  firstSync(theirs: Uint8Array): Uint8Array[] {
    const tail = mergeInGroups(this.#tail)
    const isNew = theirs.length === 1 && theirs[0] === 0
    const step2 = encodeStep2(isNew ? this.#base : Y.diffUpdate(this.#base, theirs))
    return [...tail.map(encodeUpdate), step2]
  }

  step1(): Uint8Array {
    return encodeStep1(this.stateVector)
  }

  #shortenTail(): void {
    if (this.#sinceFold < FOLD_AFTER) {
      this.#tail = mergeInGroups(this.#tail)
      return
    }
    const folded = foldUpdates([this.#base, ...this.#tail])
    if (!folded) return
    this.#base = folded.state
    this.#tail = []
    this.#sinceFold = 0
  }
}
