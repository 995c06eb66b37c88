import type { Store, StoreOptions } from "./store.ts"
export declare function createStore(options: StoreOptions): Store
