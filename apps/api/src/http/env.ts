import type { IncomingMessage } from "node:http"
import type { SignedIn } from "@alternat/store"

/** What middleware leaves for handlers. */
export interface ApiEnv {
  Variables: {
    requestId: string
    /** the socket's address, or what trusted proxies say it is */
    address: string
    /** looked up once, when the first handler asks */
    session?: Promise<SignedIn | null>
    /** the pattern that matched, for logs and metrics: never the address itself, which may hold private ids */
    route?: string
  }
  Bindings: { incoming?: IncomingMessage }
}

/** The part of a pino logger that we use. */
export interface Logger {
  info(fields: object, message: string): void
  warn(fields: object, message: string): void
  error(fields: object, message: string): void
}
