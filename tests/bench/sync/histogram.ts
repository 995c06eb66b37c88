const BUCKET_MS = 0.05
const BUCKETS = 600_000

/** Millions of latencies in little room, told to a twentieth of a millisecond. */
export class Histogram {
  readonly #counts = new Uint32Array(BUCKETS)

  add(ms: number): void {
    const bucket = Math.min(BUCKETS - 1, Math.max(0, Math.floor(ms / BUCKET_MS)))
    this.#counts[bucket] = (this.#counts[bucket] ?? 0) + 1
  }

  clear(): void {
    this.#counts.fill(0)
  }

  /** NaN where nothing was added */
  percentile(p: number): number {
    let left = (this.#counts.reduce((sum, count) => sum + count, 0) * p) / 100
    const bucket = this.#counts.findIndex((count) => (left -= count) < 0)
    return bucket < 0 ? Number.NaN : (bucket + 0.5) * BUCKET_MS
  }
}
