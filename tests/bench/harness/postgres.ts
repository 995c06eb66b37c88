import { mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { createStore, type DatabaseUrls, migrate, type Store, startEmbeddedPostgres } from "@alternat/store"

export interface BenchDatabase {
  readonly store: Store
  readonly urls: DatabaseUrls
  close(): Promise<void>
}

/** A PostgreSQL as an installation runs it, fsync on, in a folder that goes with it. */
export async function openDatabase(): Promise<BenchDatabase> {
  const dataDir = mkdtempSync(join(tmpdir(), "alternat-bench-"))
  const remove = () => rmSync(dataDir, { recursive: true, force: true })
  const started = await startEmbeddedPostgres({ dataDir, fsync: true, log: () => undefined })
  if (!started.ok) {
    remove()
    throw new Error(started.error.message)
  }
  const { urls, stop } = started.value
  const migrated = await migrate(urls)
  if (!migrated.ok) {
    await stop()
    remove()
    throw new Error(migrated.error.message)
  }
  const store = createStore({ urls })
  return {
    store,
    urls,
    close: async () => {
      await store.close()
      await stop()
      remove()
    },
  }
}
