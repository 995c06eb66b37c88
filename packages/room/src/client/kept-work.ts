import * as Y from "yjs"
import type { EditKey, OfferedDraft } from "./session-face.ts"

/** Work that tabs of this person, closed or asleep, have noted as unsaved on this device, with the document it is in. */
export interface KeptWork {
  readonly room: string
  readonly keys: readonly EditKey[]
  readonly doc: Y.Doc
}

/**
 * Everything unsaved that this device keeps for a person, of all plans and rooms: what `forgetDevice` would remove.
 * An open session's own is among it. Empty where the browser keeps nothing.
 */
export async function keptUnsaved(userId: string, prefix = "alternat"): Promise<readonly KeptWork[]> {
  const own = `${prefix}:${userId}:`
  if (typeof indexedDB === "undefined" || typeof indexedDB.databases !== "function") return []
  const databases = await indexedDB.databases()
  const rooms = databases.flatMap(({ name }) => (name?.startsWith(own) ? [name.slice(own.length)] : []))
  const kept = await Promise.all(rooms.map((room) => readRoom(`${own}${room}`, room)))
  return kept.filter((one) => one !== null)
}

function readRoom(name: string, room: string): Promise<KeptWork | null> {
  return new Promise((resolve) => {
    const opened = indexedDB.open(name)
    opened.addEventListener("error", () => resolve(null))
    opened.addEventListener("success", () => {
      const { result: database } = opened
      const finish = (kept: KeptWork | null): void => {
        database.close()
        resolve(kept)
      }
      const stores = database.objectStoreNames
      if (!stores.contains("updates") || !stores.contains("custom")) return finish(null)
      const transaction = database.transaction(["updates", "custom"], "readonly")
      const updates = transaction.objectStore("updates").getAll()
      const custom = transaction.objectStore("custom")
      const [names, notes] = [custom.getAllKeys(), custom.getAll()]
      transaction.addEventListener("abort", () => finish(null))
      transaction.addEventListener("complete", () => finish(keptOf(room, updates.result, names.result, notes.result)))
      return undefined
    })
  })
}

function keptOf(
  room: string,
  updates: readonly unknown[],
  names: readonly IDBValidKey[],
  notes: readonly unknown[],
): KeptWork | null {
  const keys = new Set<EditKey>()
  for (const [index, name] of names.entries()) {
    const note = notes[index]
    if (typeof name === "string" && name.startsWith("unsaved") && Array.isArray(note))
      for (const key of note as EditKey[]) keys.add(key)
  }
  if (keys.size === 0) return null
  const doc = new Y.Doc()
  for (const update of updates) if (update instanceof Uint8Array) Y.applyUpdate(doc, update)
  return { room, keys: [...keys], doc }
}

/** What servers have refused of this person's work, in all plans, and nobody has dismissed yet. */
export function keptOffers(userId: string, prefix = "alternat"): readonly OfferedDraft[] {
  try {
    const { localStorage } = globalThis
    const names = Object.keys(localStorage).filter(
      (name) => name.startsWith(`${prefix}:${userId}:`) && name.endsWith(":offered"),
    )
    return names.flatMap((name) => JSON.parse(localStorage.getItem(name) ?? "[]") as OfferedDraft[])
  } catch {
    return [] // storage switched off by the person, or damaged: nothing that could be shown
  }
}
