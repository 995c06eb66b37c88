import type { DatabaseUrls, Store, StoreOptions } from "@alternat/store"

export interface TestDatabase {
  readonly urls: DatabaseUrls
  readonly store: Store
  close(): Promise<void>
}
/** A fresh, migrated database of its own, from the run's template; close it in `afterAll`. */
export declare function createTestDatabase(options?: Partial<StoreOptions>): Promise<TestDatabase>
