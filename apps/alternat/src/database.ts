import path from "node:path"
import { createStore, type DatabaseUrls, migrate, type Store, startEmbeddedPostgres, urlsFor } from "@alternat/store"
import { CommandError } from "./command-error.ts"
import type { Config } from "./config.ts"
import { LogFile } from "./log-file.ts"
import { prepareDataDir } from "./secret.ts"

export interface OpenDatabase {
  readonly urls: DatabaseUrls
  readonly store: Store
  /** what `migrate` ran now */
  readonly applied: readonly string[]
  /** settles only when the embedded server ends without having been asked, with its last words */
  readonly died: Promise<string>
  close(): Promise<void>
}

/**
 * The database of this installation, migrated: the embedded one, started if nobody did, or the one that
 * `DATABASE_URL` names. Throws one clear line when it can't be had. `share`: beside a running start, use its server.
 */
export async function openDatabase(config: Config, { share = false } = {}): Promise<OpenDatabase> {
  // keys, the log, what PostgreSQL keeps: nobody else's to read
  process.umask(0o077)
  await prepareDataDir(config.dataDir)
  const server =
    config.databaseUrl === null
      ? await startEmbedded(config, share)
      : { urls: urlsFor(config.databaseUrl), stop: async () => {}, died: new Promise<string>(() => {}) }
  const migrated = await migrate(server.urls).catch(async (error: unknown) => {
    await server.stop()
    throw error
  })
  if (!migrated.ok) {
    await server.stop()
    throw new CommandError(migrated.error.message)
  }
  const store = createStore({ urls: server.urls })
  return {
    urls: server.urls,
    store,
    applied: migrated.value.applied,
    died: server.died,
    close: async () => {
      await store.close()
      await server.stop()
    },
  }
}

/** What the database says of itself goes to a file beside it, of the running start alone. */
async function startEmbedded(config: Config, share: boolean) {
  const file = share ? null : new LogFile(path.join(config.dataDir, "postgres.log"))
  const started = await startEmbeddedPostgres({
    dataDir: path.join(config.dataDir, "postgres"),
    log: (line) => file?.write(line),
    fsync: true,
    share,
  })
  if (!started.ok) throw new CommandError(started.error.message)
  const { urls, stop, died } = started.value
  return {
    urls,
    died,
    stop: async () => {
      await stop()
      file?.close()
    },
  }
}
