import type { Hub, HubOptions } from "./hub-face.ts"

export declare function createHub(options: HubOptions): Hub
