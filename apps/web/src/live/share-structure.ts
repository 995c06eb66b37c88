/** `next`, with every part that equals the same part of `previous` replaced by it; plain JSON values only. */
export function shareStructure<T>(previous: T, next: T): T {
  if (Object.is(previous, next)) return previous
  if (Array.isArray(previous) && Array.isArray(next)) return shareArray(previous, next) as T
  if (isRecord(previous) && isRecord(next)) return shareRecord(previous, next) as T
  return next
}

function shareArray(previous: readonly unknown[], next: readonly unknown[]): readonly unknown[] {
  const byId = new Map(previous.filter(isRecord).map((item) => [item["id"], item]))
  const shared = next.map((item, i) => {
    // rows move: what has an id is compared with its own past, not with what stood in its place
    const before = isRecord(item) && item["id"] !== undefined ? byId.get(item["id"]) : previous[i]
    return before === undefined ? item : shareStructure(before, item)
  })
  const same = shared.length === previous.length && shared.every((item, i) => Object.is(item, previous[i]))
  return same ? previous : shared
}

function shareRecord(previous: Readonly<Record<string, unknown>>, next: Readonly<Record<string, unknown>>) {
  const names = Object.keys(next)
  const shared = Object.fromEntries(names.map((name) => [name, shareStructure(previous[name], next[name])]))
  const same =
    names.length === Object.keys(previous).length &&
    names.every((n) => n in previous && Object.is(shared[n], previous[n]))
  return same ? previous : shared
}

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null && !Array.isArray(value)
