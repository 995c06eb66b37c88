import { IndexeddbPersistence } from "y-indexeddb"
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
  /** each tab keeps its own note: one that has nothing unsaved must not speak for another */
  readonly #note = `${NOTE}:${globalThis.crypto.randomUUID()}`
  /** notes of tabs that were there before, answered for by this one until their keys are saved */
  #inherited: IDBValidKey[] = []

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
    const persistence = new IndexeddbPersistence(this.#name(room), doc)
    this.#persistence = persistence
    // private windows and full disks refuse, another tab may block: the session does not wait for either
    await withPatience(persistence.whenSynced)
    const notes = await withPatience(readNotes(persistence))
    this.#inherited = notes?.map(([name]) => name) ?? []
    // what was noted before the inherited keys were known would wipe them out
    this.#noted = null
    return new Set(notes?.flatMap(([, keys]) => keys))
  }

  noteUnsaved(keys: ReadonlySet<EditKey>): void {
    if (!this.#persistence) return
    const persistence = this.#persistence
    const isDue = this.#noted === null
    this.#noted = keys
    if (!isDue) return
    setTimeout(() => {
      const latest = this.#noted
      this.#noted = null
      if (latest && persistence === this.#persistence) this.#writeNote(persistence, [...latest])
    }, 0)
  }

  #writeNote({ db }: IndexeddbPersistence, keys: readonly EditKey[]): void {
    try {
      const custom = db?.transaction(["custom"], "readwrite").objectStore("custom")
      if (keys.length > 0) custom?.put(keys, this.#note)
      else for (const name of [this.#note, ...this.#inherited.splice(0)]) custom?.delete(name)
    } catch {
      // the database is closing; lost only together with it
    }
  }

  async close(): Promise<void> {
    const persistence = this.#persistence
    this.#persistence = null
    if (persistence) await withPatience(persistence.destroy())
  }

  /** The document of the room is void, here too. Emptied, not deleted: another tab that has it open would block that. */
  async drop(): Promise<void> {
    const database = this.#persistence?.db
    if (database) {
      const transaction = database.transaction(["updates", "custom"], "readwrite")
      transaction.objectStore("updates").clear()
      transaction.objectStore("custom").clear()
      await withPatience(new Promise((resolve) => transaction.addEventListener("complete", resolve)))
    }
    await this.close()
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

const NOTE = "unsaved"

/** The notes that all tabs have left, by name. */
function readNotes({ db }: IndexeddbPersistence): Promise<(readonly [IDBValidKey, EditKey[]])[]> {
  return new Promise((resolve, reject) => {
    if (!db) return resolve([])
    const transaction = db.transaction(["custom"], "readonly")
    const custom = transaction.objectStore("custom")
    const [names, values] = [custom.getAllKeys(), custom.getAll()]
    transaction.addEventListener("abort", () => reject(transaction.error ?? new Error("aborted")))
    transaction.addEventListener("complete", () =>
      resolve(
        names.result.flatMap((name, index) => {
          const keys: unknown = values.result[index]
          return typeof name === "string" && name.startsWith(NOTE) && Array.isArray(keys)
            ? [[name, keys as EditKey[]] as const]
            : []
        }),
      ),
    )
  })
}

const PATIENCE_MS = 2000

/** What comes of it, or null when it fails or takes too long. */
function withPatience<T>(work: Promise<T>): Promise<T | null> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => resolve(null), PATIENCE_MS)
    work.then(resolve, () => resolve(null)).finally(() => clearTimeout(timer))
  })
}
