/** A stretch of one client's clock, and what is known of it. */
export interface Stretch<T> {
  readonly client: number
  readonly clock: number
  readonly length: number
  readonly value: T
}

/** What is known of every place of every client's clock: stretches that never overlap, each client's in order. */
export class StretchBook<T> {
  readonly #byClient = new Map<number, Stretch<T>[]>()

  /** Mostly behind the last one; a stretch that comes late finds its place. */
  add(stretch: Stretch<T>): void {
    const list = this.#byClient.get(stretch.client)
    if (list === undefined) {
      this.#byClient.set(stretch.client, [stretch])
      return
    }
    const last = list.at(-1)
    if (last === undefined || last.clock < stretch.clock) {
      if (last?.value === stretch.value && last.clock + last.length === stretch.clock)
        list[list.length - 1] = { ...last, length: last.length + stretch.length }
      else list.push(stretch)
    } else list.splice(indexOf(list, stretch.clock) + 1, 0, stretch)
  }

  /** The stretches that lie within a piece of a clock, cut to it. */
  find(client: number, clock: number, length: number): readonly Stretch<T>[] {
    const list = this.#byClient.get(client) ?? []
    const end = clock + length
    const found: Stretch<T>[] = []
    for (let index = Math.max(0, indexOf(list, clock)); index < list.length; index++) {
      const stretch = list[index]
      if (stretch === undefined || stretch.clock >= end) break
      const from = Math.max(clock, stretch.clock)
      const to = Math.min(end, stretch.clock + stretch.length)
      if (from < to) found.push({ client, clock: from, length: to - from, value: stretch.value })
    }
    return found
  }
}

/** The last stretch that begins at or before a clock; -1 when there is none. */
function indexOf(list: readonly Stretch<unknown>[], clock: number): number {
  let low = -1
  let high = list.length - 1
  while (low < high) {
    const middle = Math.ceil((low + high) / 2)
    if ((list[middle]?.clock ?? 0) <= clock) low = middle
    else high = middle - 1
  }
  return low
}
