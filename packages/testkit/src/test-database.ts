import { randomBytes } from "node:crypto"
import {
  createDatabase,
  createStore,
  type DatabaseUrls,
  dropDatabase,
  type Store,
  type StoreOptions,
} from "@alternat/store"
import { inject } from "vitest"

export interface TestDatabase {
  readonly urls: DatabaseUrls
  /** the superuser's address of this database: to plant and to look behind row-level security */
  readonly superUrl: string
  readonly store: Store
  close(): Promise<void>
}

/** A fresh, migrated database of its own, from the run's template; close it in `afterAll`. */
export async function createTestDatabase(options: Partial<Omit<StoreOptions, "urls">> = {}): Promise<TestDatabase> {
  const { adminUrl, urls: template } = inject("alternatPg")
  const name = `test_${randomBytes(6).toString("hex")}`
  await createDatabase(adminUrl, name, nameOf(template.owner))
  const urls: DatabaseUrls = {
    owner: inDatabase(template.owner, name),
    app: inDatabase(template.app, name),
    sync: inDatabase(template.sync, name),
    auth: inDatabase(template.auth, name),
  }
  const store = createStore({ maxConnections: 4, ...options, urls })
  return {
    urls,
    superUrl: inDatabase(adminUrl, name),
    store,
    close: async () => {
      await store.close()
      await dropDatabase(adminUrl, name)
    },
  }
}

const nameOf = (url: string): string => new URL(url).pathname.slice(1)

function inDatabase(url: string, name: string): string {
  const parsed = new URL(url)
  parsed.pathname = `/${name}`
  return parsed.href
}
