import * as encoding from "lib0/encoding"
import * as Y from "yjs"
import type { Folded } from "./fold.ts"
import { encodeStep1, encodeStep2, encodeUpdate } from "./protocol.ts"
import { SharedMessages } from "./shared-messages.ts"
import { mergeInFew } from "./update-joining.ts"
import { metaOf, type UpdateMeta } from "./update-layout.ts"
import type { StoredDoc } from "./update-log.ts"

const EMPTY_UPDATE = new Uint8Array([0, 0])
/** so many updates are kept each by itself before they are made one */
const KEPT_APART = 32

interface Piece {
  /** the last log position in it */
  readonly seq: number
  readonly bytes: Uint8Array
}

/**
 * What the log holds of one document, as bytes ready to be sent: a base and the updates since. No Y.Doc lives here,
 * and nothing that is not in the log ever enters ([LOG1]). Updates since are merged by the group, each once:
 * `mergeUpdates` is quadratic, and the next snapshot takes them all.
 */
export class StoredState {
  #base: Uint8Array
  readonly #clocks: Map<number, number>
  #merged: Piece[] = []
  #recent: Piece[] = []
  /** the log position these bytes stand for */
  seq = 0
  /** what a newcomer is sent, who may write and who may only read; kept while many come */
  #welcome: { readonly writer: SharedMessages; readonly reader: SharedMessages } | null = null
  #welcomed = false

  constructor({ snapshot, tail, headSeq }: StoredDoc) {
    const entries = tail.map((entry) => entry.bytes)
    // before its first snapshot a document's first entry, which made it, is as good a base
    this.#base = snapshot?.state ?? entries.shift() ?? EMPTY_UPDATE
    this.#clocks = snapshot ? Y.decodeStateVector(snapshot.stateVector) : new Map()
    if (!snapshot) this.#count(metaOf(this.#base))
    this.append(headSeq, entries)
  }

  /** What follows in the log up to `seq`. Gives it as it was taken: in few updates, and cut to what was not there. */
  append(seq: number, updates: readonly Uint8Array[]): readonly Uint8Array[] {
    this.seq = seq
    this.#welcome = null
    const merged = mergeInFew(updates)
    const overlaps = merged.some(({ meta }) => this.#overlaps(meta))
    const taken = bytesOf(overlaps ? mergeInFew(this.#lacking(updates)) : merged)
    if (!overlaps) for (const { meta } of merged) this.#count(meta)
    for (const bytes of taken) this.#recent.push({ seq, bytes })
    if (this.#recent.length >= KEPT_APART) {
      for (const bytes of bytesOf(mergeInFew(bytesOf(this.#recent)))) this.#merged.push({ seq, bytes })
      this.#recent = []
    }
    return taken
  }

  /**
   * Two nodes may log what one liar told them differently under one id. Of two entries the first counts, for whoever
   * reads the log in its order; a newcomer gets what came since ahead of the base, and would believe the second.
   */
  #lacking(updates: readonly Uint8Array[]): readonly Uint8Array[] {
    return updates.map((update) => {
      const meta = metaOf(update)
      if (!this.#overlaps(meta)) {
        this.#count(meta)
        return update
      }
      const news = Y.diffUpdate(update, this.stateVector)
      this.#count(metaOf(news))
      return news
    })
  }

  #overlaps({ from }: UpdateMeta): boolean {
    for (const [client, begin] of from) if (begin < (this.#clocks.get(client) ?? 0)) return true
    return false
  }

  #count({ from, to }: UpdateMeta): void {
    for (const [client, end] of to) {
      const have = this.#clocks.get(client) ?? 0
      if ((from.get(client) ?? 0) <= have && end > have) this.#clocks.set(client, end)
    }
  }

  get baseBytes(): number {
    return this.#base.length
  }

  /** Everything, as updates in the order of the log. */
  parts(): readonly Uint8Array[] {
    return [this.#base, ...this.#since()]
  }

  #since(): Uint8Array[] {
    return bytesOf([...this.#merged, ...this.#recent])
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

  /**
   * The messages of a first sync, with our step 1 for who may write. What came since the base goes ahead of step 2: a
   * provider calls itself synced at the first step 2, so that one must complete the document, and until then Yjs keeps
   * the rest as pending.
   */
  firstSync(theirs: Uint8Array, mayEdit: boolean): SharedMessages {
    const isNew = theirs.length === 1 && theirs[0] === 0
    if (!isNew) {
      const messages = [...this.#sinceMessages(), encodeStep2(Y.diffUpdate(this.#base, theirs))]
      return new SharedMessages(mayEdit ? [...messages, encodeStep1(this.stateVector)] : messages)
    }
    this.#welcomed = true
    if (!this.#welcome) {
      const messages = [...this.#sinceMessages(), encodeStep2(this.#base)]
      const writer = new SharedMessages([...messages, encodeStep1(this.stateVector)])
      this.#welcome = { writer, reader: new SharedMessages(messages) }
    }
    return mayEdit ? this.#welcome.writer : this.#welcome.reader
  }

  #sinceMessages(): Uint8Array[] {
    return [...bytesOf(this.#merged), ...bytesOf(mergeInFew(bytesOf(this.#recent)))].map(encodeUpdate)
  }

  /** Lets go of what was kept for newcomers, when none has come since the last time. */
  sweep(): void {
    if (!this.#welcomed) this.#welcome = null
    this.#welcomed = false
  }

  /** A snapshot of this document up to `seq` takes the place of all it covers. */
  rebase(seq: number, { state }: Folded): void {
    this.#base = state
    this.#merged = this.#merged.filter((piece) => piece.seq > seq)
    this.#recent = this.#recent.filter((piece) => piece.seq > seq)
    this.#welcome = null
  }
}

const bytesOf = (all: readonly { readonly bytes: Uint8Array }[]): Uint8Array[] => all.map(({ bytes }) => bytes)
