import { FRAME_COST, type RoomLimits } from "./limits.ts"

/**
 * Edits sent before the step 2 that holds what they build on: a stock provider sends what is typed as soon as its socket
 * is open, offline work only when asked. They wait for it, within bounds: a step 2 that never comes keeps nothing here.
 */
export class EarlyEdits {
  readonly updates: Uint8Array[] = []
  /** since when something waits; null: nothing does */
  since: number | null = null
  #bytes = 0

  add(updates: readonly Uint8Array[], now: number): void {
    for (const update of updates) {
      this.updates.push(update)
      this.#bytes += update.length
    }
    if (updates.length > 0) this.since ??= now
  }

  /** what these count for among the edits of the socket */
  get heldBytes(): number {
    return this.#bytes + this.updates.length * FRAME_COST
  }

  isTooMuch({ maxEarlyBytes, maxEarlyFrames }: Pick<RoomLimits, "maxEarlyBytes" | "maxEarlyFrames">): boolean {
    return this.#bytes > maxEarlyBytes || this.updates.length > maxEarlyFrames
  }

  hasWaitedTooLong(now: number, { maxEarlyMs }: Pick<RoomLimits, "maxEarlyMs">): boolean {
    return this.since !== null && now - this.since > maxEarlyMs
  }
}
