import type { Server } from "node:http"
import type { SyncOptions, SyncService } from "./attach-face.ts"

export declare function attachSync(server: Server, options: SyncOptions): SyncService
