import type { EditKey } from "./session-face.ts"

interface Own {
  /** the frame of the present socket that carries the latest of it; null: not sent on this socket */
  frame: number | null
}

/**
 * What this client has changed and the log does not hold yet, by key, and the bytes of everything that the log does
 * hold, as far as this client knows: first syncs, broadcasts, and its own updates once acknowledged.
 */
export class OwnWork {
  readonly #keys = new Map<EditKey, Own>()
  #local: { frame: number | null; readonly bytes: Uint8Array }[] = []
  #saved: Uint8Array[] = []
  #step2Sent = false
  /** false: some of what is unsaved comes from an earlier visit, and what it was written against is not known */
  savedIsWhole = true
  /** when the first of what is unsaved came here, or the server last acknowledged anything */
  waitingSince: number | null = null

  get keys(): ReadonlySet<EditKey> {
    return new Set(this.#keys.keys())
  }

  /** the document as the log has it, in pieces */
  get saved(): readonly Uint8Array[] {
    return this.#saved
  }

  changed(keys: Iterable<EditKey>): void {
    for (const key of keys) this.#keys.set(key, { frame: null })
    if (this.#keys.size > 0) this.waitingSince ??= Date.now()
  }

  wrote(bytes: Uint8Array): void {
    this.#local.push({ frame: null, bytes })
  }

  socketOpened(): void {
    this.#step2Sent = false
    for (const own of this.#keys.values()) own.frame = null
    for (const local of this.#local) local.frame = null
  }

  /** Until step 2 a socket carries only what is typed meanwhile; with it comes all the rest. */
  sent(frame: number, { step2 }: { readonly step2: boolean }): void {
    if (step2) this.#step2Sent = true
    if (!this.#step2Sent) return
    for (const own of this.#keys.values()) own.frame ??= frame
    for (const local of this.#local) local.frame ??= frame
  }

  /** true: something became saved */
  acknowledged(frames: number): boolean {
    let any = false
    for (const [key, own] of this.#keys) {
      if (own.frame === null || own.frame > frames) continue
      this.#keys.delete(key)
      any = true
    }
    const inLog = (local: { frame: number | null }): boolean => local.frame !== null && local.frame <= frames
    for (const local of this.#local) if (inLog(local)) this.#keep(local.bytes)
    this.#local = this.#local.filter((local) => !inLog(local))
    this.waitingSince = this.#keys.size > 0 ? Date.now() : null
    return any
  }

  received(update: Uint8Array): void {
    this.#keep(update.slice())
  }

  #keep(bytes: Uint8Array): void {
    this.#saved.push(bytes)
  }

  /** All of `state` is in the log. */
  restart(state: Uint8Array): void {
    this.#saved = [state]
    this.savedIsWhole = true
  }

  /** The pieces as one, when they have become many. */
  shorten(fold: (pieces: readonly Uint8Array[]) => Uint8Array | null): void {
    if (this.#saved.length < 2000 || !this.savedIsWhole) return
    const whole = fold(this.#saved)
    if (whole) this.#saved = [whole]
  }
}
