import type { Histogram } from "./histogram.ts"
import { readSpans, type Span } from "./update-reader.ts"

const REMEMBERED = 8

/**
 * Who has received which letter, and how long after it was sent. Writers are numbered; the Yjs client of writer `w` is
 * `FIRST_CLIENT + w` and its letters are its clocks 0, 1, 2 …
 */
export class Arrivals {
  /** letters that reached somebody other than their writer; each once, however often it is sent */
  delivered = 0
  readonly #sentAt: Float64Array
  readonly #next: Uint32Array
  #recent: { bytes: Uint8Array; spans: readonly Span[] }[] = []

  constructor(
    readonly writers: number,
    readonly lettersEach: number,
    readers: number,
    readonly latencies: Histogram,
    readonly isTimed: (reader: number, writer: number) => boolean = () => true,
  ) {
    this.#sentAt = new Float64Array(writers * lettersEach)
    this.#next = new Uint32Array(writers * readers)
  }

  sent(writer: number, letter: number): void {
    this.#sentAt[writer * this.lettersEach + letter] = performance.now()
  }

  /** `self`: the reader's own number as a writer, or -1. Throws when letters of one writer come out of their order. */
  arrived(reader: number, self: number, update: Uint8Array): void {
    const now = performance.now()
    for (const { client, clock, length } of this.#spansOf(update)) {
      const writer = client - FIRST_CLIENT
      if (writer < 0 || writer >= this.writers || writer === self) continue
      const place = reader * this.writers + writer
      const next = this.#next[place] ?? 0
      if (clock > next) throw new Error(`letter ${next} of writer ${writer} never reached reader ${reader}`)
      for (let letter = next; letter < clock + length; letter++) this.#count(reader, writer, letter, now)
      if (clock + length > next) this.#next[place] = clock + length
    }
  }

  /** the letters of a writer that this reader has */
  has(reader: number, writer: number): number {
    return this.#next[reader * this.writers + writer] ?? 0
  }

  #count(reader: number, writer: number, letter: number, now: number): void {
    this.delivered++
    if (!this.isTimed(reader, writer)) return
    this.latencies.add(now - (this.#sentAt[writer * this.lettersEach + letter] ?? now))
  }

  // A frame goes to all readers, so that the same bytes come fifty times: they are read once.
  #spansOf(update: Uint8Array): readonly Span[] {
    for (const one of this.#recent)
      if (one.bytes.length === update.length && Buffer.compare(one.bytes, update) === 0) return one.spans
    const spans = readSpans(update)
    this.#recent = [{ bytes: update.slice(), spans }, ...this.#recent.slice(0, REMEMBERED - 1)]
    return spans
  }
}

export const FIRST_CLIENT = 100_000
/** the Yjs client of whatever was written before a scenario begins */
export const HISTORY_CLIENT = 99_999
