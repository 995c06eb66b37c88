const AHEAD_MS = 60_000
const AT_LEAST_MS = 5000
const AT_MOST_MS = 600_000

/**
 * When to ask for the next ticket, of one that was given just now and ends in `leftMs` by this machine's clock. That
 * clock may be wrong by years: what has ended already says so, and no timer holds more than 24 days.
 */
export const renewInMs = (leftMs: number): number =>
  leftMs > 0 ? Math.max(AT_LEAST_MS, Math.min(AT_MOST_MS, leftMs - AHEAD_MS)) : AT_MOST_MS
