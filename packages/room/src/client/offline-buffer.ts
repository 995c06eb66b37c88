import { clearDocument, IndexeddbPersistence } from "y-indexeddb"
import type * as Y from "yjs"
import type { EditKey, OfferedDraft } from "./session-face.ts"

/**
 * What waits on this device: the document's updates in IndexedDB under a name with user, room and (in the room's
 * name) epoch; which keys of it are unsaved; and, in local storage, the last room's name and the offers not yet
 * dismissed. A buffer and not a store: where the browser has none of it, the session does without.
 */
export class OfflineBuffer {
  #persistence: IndexeddbPersistence | null = null
  #noted: ReadonlySet<EditKey> | null = null

  constructor(
    /** null: keep nothing */
    readonly prefix: string | null,
    readonly scope: { readonly userId: string; readonly planId: string; readonly space: string },
  ) {}

  get #scopeName(): string {
    return `${this.prefix}:${this.scope.userId}:${this.scope.planId}:${this.scope.space}`
  }

  #name(room: string): string {
    return `${this.prefix}:${this.scope.userId}:${room}`
  }

  get #usable(): boolean {
    return this.prefix !== null && typeof indexedDB !== "undefined"
  }

  lastRoom(): string | null {
    return this.#read(`${this.#scopeName}:room`)
  }

  rememberRoom(room: string): void {
    this.#write(`${this.#scopeName}:room`, room)
  }

  offers(): OfferedDraft[] {
    const text = this.#read(`${this.#scopeName}:offered`)
    if (text === null) return []
    try {
      const value: unknown = JSON.parse(text)
      return Array.isArray(value) ? (value as OfferedDraft[]) : []
    } catch {
      return [] // damaged: nothing that could be shown
    }
  }

  keepOffers(offers: readonly OfferedDraft[]): void {
    this.#write(`${this.#scopeName}:offered`, offers.length > 0 ? JSON.stringify(offers) : null)
  }

  /** Fills `doc` with what waits, and goes on writing what it gets. The keys that were unsaved come back. */
  async open(room: string, doc: Y.Doc): Promise<ReadonlySet<EditKey>> {
    if (!this.#usable) return new Set()
    try {
      this.#persistence = new IndexeddbPersistence(this.#name(room), doc)
      await this.#persistence.whenSynced
      const keys: unknown = await this.#persistence.get("unsaved")
      return new Set(Array.isArray(keys) ? (keys as EditKey[]) : [])
    } catch {
      this.#persistence = null
      return new Set() // private windows and full disks refuse: the session goes on without a buffer
    }
  }

  noteUnsaved(keys: ReadonlySet<EditKey>): void {
    if (!this.#persistence) return
    const persistence = this.#persistence
    const isDue = this.#noted === null
    this.#noted = keys
    if (!isDue) return
    setTimeout(() => {
      const latest = [...(this.#noted ?? [])]
      this.#noted = null
      // lost only together with the database itself
      void persistence.set("unsaved", latest as unknown as string).catch(() => undefined)
    }, 0)
  }

  async close(): Promise<void> {
    await this.#persistence?.destroy()
    this.#persistence = null
  }

  /** The document of this room is void, here too. */
  async drop(room: string): Promise<void> {
    await this.close()
    if (this.#usable) await clearDocument(this.#name(room)).catch(() => undefined) // another tab may hold it open
  }

  #read(name: string): string | null {
    try {
      return this.prefix === null ? null : (globalThis.localStorage?.getItem(name) ?? null)
    } catch {
      return null // storage switched off by the person
    }
  }

  #write(name: string, value: string | null): void {
    try {
      if (this.prefix === null) return
      if (value === null) globalThis.localStorage?.removeItem(name)
      else globalThis.localStorage?.setItem(name, value)
    } catch {
      // switched off or full: offers live as long as the page
    }
  }
}
