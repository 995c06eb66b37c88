import type { Result } from "@alternat/plan"
import type { DatabaseUrls } from "./store.ts"

export interface MigrateReport {
  /** names of the migrations that ran now */
  readonly applied: readonly string[]
}
export type MigrateError = {
  readonly type: "Unreachable" | "TooOld" | "AlteredMigration" | "RolesMissing" | "MigrationFailed" | "NewerDatabase"
  /** one clear line */
  readonly message: string
}
/** Makes the roles if it may, then runs what is missing, one transaction each. */
export declare function migrate(urls: DatabaseUrls): Promise<Result<MigrateReport, MigrateError>>
