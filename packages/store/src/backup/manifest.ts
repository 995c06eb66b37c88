/** What `manifest.json` of a backup says: enough to refuse a broken or foreign one before anything is written. */
export interface BackupManifest {
  readonly format: "alternat-backup/1"
  readonly madeAt: string
  readonly migrations: readonly string[]
  readonly tables: readonly { readonly name: string; readonly rows: number; readonly sha256: string }[]
}
export type BackupError = {
  readonly type: "NotEmpty" | "NotABackup" | "Damaged" | "OtherSchema" | "NotWritable"
  readonly message: string
}
