import type { DatabaseUrls } from "./store.ts"
/** An outside database has one address; the role is set when a connection starts. */
export const urlsFor = (url: string): DatabaseUrls => ({ owner: url, app: url, sync: url, auth: url })
