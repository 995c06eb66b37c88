import type { Bilingual } from "@alternat/plan"
import { type KeyPair, keyFingerprint, keyPairFromSeed } from "@alternat/seal"

const DATABASE = "alternat-keys"
const STORE = "keys"

/**
 * The key a head signs with. It is made on this device and never leaves it, but as a file that the head saves; the server
 * sees its public half only.
 */
export async function loadKey(userId: string): Promise<KeyPair | null> {
  const seed = await inStore<Uint8Array | undefined>("readonly", (store) => store.get(userId))
  return seed ? keyPairFromSeed(seed) : null
}

export async function createKey(userId: string): Promise<KeyPair> {
  const known = await loadKey(userId)
  if (known) return known
  const seed = crypto.getRandomValues(new Uint8Array(32))
  await keep(userId, seed)
  return keyPairFromSeed(seed)
}

/** A key file of `keyFile`; null when it is none. */
export async function importKey(userId: string, text: string): Promise<KeyPair | null> {
  const found = /^alternat-key\/1\s+([0-9a-f]{64})\s*$/.exec(text)?.[1]
  if (!found) return null
  const seed = Uint8Array.from(found.match(/../g) ?? [], (byte) => Number.parseInt(byte, 16))
  await keep(userId, seed)
  return keyPairFromSeed(seed)
}

export function keyFile(key: KeyPair): Blob {
  const hex = Array.from(key.secretKey, (byte) => byte.toString(16).padStart(2, "0")).join("")
  return new Blob([`alternat-key/1 ${hex}\n`], { type: "text/plain" })
}

/** The public half, for the other delegation and whoever verifies: `alternat verify --keys FILE` reads it. */
export function keyCard(key: KeyPair, owner: { readonly party: string; readonly name: Bilingual }): Blob {
  const card = { publicKey: key.publicKey, fingerprint: keyFingerprint(key.publicKey), ...owner }
  return new Blob([`${JSON.stringify(card, null, 2)}\n`], { type: "application/json" })
}

const keep = (userId: string, seed: Uint8Array) => inStore("readwrite", (store) => store.put(seed, userId))

function inStore<T>(mode: IDBTransactionMode, work: (store: IDBObjectStore) => IDBRequest): Promise<T> {
  return new Promise((resolve, reject) => {
    const open = indexedDB.open(DATABASE, 1)
    open.onupgradeneeded = () => open.result.createObjectStore(STORE)
    open.onerror = () => reject(open.error ?? new Error("the browser's storage can't be opened"))
    open.onsuccess = () => {
      const database = open.result
      const transaction = database.transaction(STORE, mode)
      const request = work(transaction.objectStore(STORE))
      transaction.oncomplete = () => {
        database.close()
        resolve(request.result as T)
      }
      transaction.onerror = () => {
        database.close()
        reject(transaction.error ?? new Error("the browser's storage refused"))
      }
    }
  })
}
