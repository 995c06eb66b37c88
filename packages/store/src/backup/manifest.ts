/** What `manifest.json` of a backup says: enough to refuse a broken or foreign one before anything is written. */
export interface BackupManifest {
  readonly format: "alternat-backup/1"
  readonly madeAt: string
  /** those that had run; a restore wants the same */
  readonly migrations: readonly string[]
  readonly tables: readonly { readonly name: string; readonly rows: number; readonly sha256: string }[]
}
export interface BackupError {
  readonly type: "NotEmpty" | "NotABackup" | "Damaged" | "OtherSchema" | "NotWritable" | "Unreachable"
  /** one clear line */
  readonly message: string
}

export const MANIFEST = "manifest.json"
export const fileOf = (table: string): string => `${table}.jsonl`
