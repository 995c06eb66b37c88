import type { Result } from "@alternat/plan"
import type { BackupError, BackupManifest } from "./manifest.ts"
/** Into a migrated, empty database. Every document's epoch rises, sessions and tickets are not restored. */
export declare function restoreDatabase(ownerUrl: string, dir: string): Promise<Result<BackupManifest, BackupError>>
