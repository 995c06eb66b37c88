import { appendFileSync } from "node:fs"
import { mkdtemp, rm } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { type DatabaseUrls, migrate, startEmbeddedPostgres } from "@alternat/store"
import type { TestProject } from "vitest/node"

declare module "vitest" {
  export interface ProvidedContext {
    /** the run's cluster: its template database is migrated and must not be written to */
    alternatPg: { readonly adminUrl: string; readonly urls: DatabaseUrls; readonly log: string }
  }
}

/** One PostgreSQL for the whole run, without fsync; each test file makes its databases from the migrated template. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const dataDir = await mkdtemp(join(tmpdir(), "alternat-pg-"))
  const remove = () => rm(dataDir, { recursive: true, force: true })
  // what PostgreSQL says, for tests that look for words that must not stand there
  const log = join(dataDir, "said.log")
  const started = await startEmbeddedPostgres({
    dataDir,
    fsync: false,
    log: (line) => appendFileSync(log, `${line}\n`),
  })
  if (!started.ok) {
    await remove()
    throw new Error(started.error.message)
  }
  const { urls, adminUrl, stop } = started.value
  const migrated = await migrate(urls)
  if (!migrated.ok) {
    await stop()
    await remove()
    throw new Error(migrated.error.message)
  }
  project.provide("alternatPg", { adminUrl, urls, log })
  return async () => {
    await stop()
    await remove()
  }
}
