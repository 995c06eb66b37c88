/** A clock that stands still until it is told to move. */
export function fixedClock(start = "2009-11-05T15:00:00.000Z"): { now: () => Date; advance: (ms: number) => void } {
  let ms = Date.parse(start)
  return { now: () => new Date(ms), advance: (by) => (ms += by) }
}
