/** Token buckets by address, in this process's memory: a brake against floods, not an account of anything. */
export interface RateLimiter {
  /** 0: go on; otherwise the seconds to wait */
  take(address: string, nowMs: number): number
}

const MAX_ADDRESSES = 10_000

export function createRateLimiter(rate: { readonly perSecond: number; readonly burst: number }): RateLimiter {
  const buckets = new Map<string, { tokens: number; at: number }>()
  return {
    take(address, nowMs) {
      const bucket = buckets.get(address) ?? { tokens: rate.burst, at: nowMs }
      const tokens = Math.min(rate.burst, bucket.tokens + (Math.max(0, nowMs - bucket.at) / 1000) * rate.perSecond)
      // Moved to the end, so that the map's first key is the address not heard of for longest.
      buckets.delete(address)
      buckets.set(address, { tokens: Math.max(0, tokens - 1), at: nowMs })
      if (buckets.size > MAX_ADDRESSES) dropOldest(buckets)
      return tokens >= 1 ? 0 : Math.max(1, Math.ceil((1 - tokens) / rate.perSecond))
    },
  }
}

function dropOldest(buckets: Map<string, unknown>): void {
  const oldest = buckets.keys().next()
  if (!oldest.done) buckets.delete(oldest.value)
}
