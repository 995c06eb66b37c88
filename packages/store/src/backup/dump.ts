import type { Result } from "@alternat/plan"
import type { BackupError, BackupManifest } from "./manifest.ts"
/** One consistent snapshot of every table, as JSON lines and a manifest, into an empty directory. Safe while people work. */
export declare function dumpDatabase(ownerUrl: string, dir: string): Promise<Result<BackupManifest, BackupError>>
