/**
 * Removes what sessions of this person have kept on this device: the offline documents, caucuses included, the notes of what was
 * unsaved and the offers. Called when the person has signed out and the page is loaded anew, so that no session of this
 * page has them open; what another page still holds is emptied now and deleted when that page closes.
 */
export async function forgetDevice(userId: string, prefix = "alternat"): Promise<void> {
  const own = `${prefix}:${userId}:`
  forgetNotes(own)
  if (typeof indexedDB === "undefined" || typeof indexedDB.databases !== "function") return
  const databases = await indexedDB.databases()
  await Promise.all(databases.flatMap(({ name }) => (name?.startsWith(own) ? [empty(name)] : [])))
}

function forgetNotes(own: string): void {
  try {
    for (const name of Object.keys(globalThis.localStorage))
      if (name.startsWith(own)) globalThis.localStorage.removeItem(name)
  } catch {
    // storage switched off by the person: then nothing was kept in it
  }
}

function empty(name: string): Promise<void> {
  return new Promise((resolve) => {
    const opened = indexedDB.open(name)
    opened.addEventListener("error", () => resolve())
    opened.addEventListener("success", () => {
      const { result: database } = opened
      const stores = [...database.objectStoreNames]
      const done = () => {
        database.close()
        indexedDB.deleteDatabase(name)
        resolve()
      }
      if (stores.length === 0) return done()
      const transaction = database.transaction(stores, "readwrite")
      for (const store of stores) transaction.objectStore(store).clear()
      transaction.addEventListener("complete", done)
      transaction.addEventListener("abort", done)
      return undefined
    })
  })
}
