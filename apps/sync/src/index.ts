export type { SyncConfig, SyncOptions, SyncService } from "./attach-face.ts"
export { attachSync } from "./attach-sync.ts"
