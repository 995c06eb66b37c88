export type { SyncConfig, SyncOptions, SyncService } from "./attach-face.ts"
export { attachSync } from "./attach-sync.ts"
export { readConfig, type SyncEnvironment } from "./config.ts"
export { jsonLogger } from "./json-logger.ts"
