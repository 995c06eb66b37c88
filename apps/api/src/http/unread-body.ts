import type { IncomingMessage } from "node:http"
import type { MiddlewareHandler } from "hono"
import type { ApiEnv } from "./env.ts"

const MAX_UNREAD_BYTES = 16 * 1024 * 1024
const MAX_UNREAD_MS = 5000

/**
 * A reply that does not wait for its request's body (413, 404, 429) leaves the rest of it on the connection, where the
 * next request would stand. The rest is read and dropped, and the connection stays good; a rest that is too long, or
 * too slow, is not waited for, and the reply says that the connection ends.
 */
export const finishUnreadBody =
  (limits = { bytes: MAX_UNREAD_BYTES, ms: MAX_UNREAD_MS }): MiddlewareHandler<ApiEnv> =>
  async (c, next) => {
    await next()
    const incoming = c.env?.incoming
    if (incoming && hasBody(incoming) && !(await dropRest(incoming, limits))) c.header("connection", "close")
  }

const hasBody = ({ headers }: IncomingMessage): boolean =>
  headers["transfer-encoding"] !== undefined || Number(headers["content-length"] ?? 0) > 0

/** Whether the body has been read to its end. */
function dropRest(
  incoming: IncomingMessage,
  limits: { readonly bytes: number; readonly ms: number },
): Promise<boolean> {
  if (incoming.readableEnded) return Promise.resolve(true)
  if (incoming.destroyed || Number(incoming.headers["content-length"] ?? 0) > limits.bytes)
    return Promise.resolve(false)
  return new Promise((resolve) => {
    let bytes = 0
    const finish = (ended: boolean) => () => {
      clearTimeout(timer)
      incoming.off("data", count)
      resolve(ended)
    }
    const count = (chunk: Buffer): void => {
      bytes += chunk.length
      if (bytes > limits.bytes) finish(false)()
    }
    const timer = setTimeout(finish(false), limits.ms)
    // The web stream over the body pauses it as soon as a little is unread; after the reply nobody reads that stream.
    incoming.removeAllListeners("data")
    incoming.on("data", count).once("end", finish(true)).once("close", finish(false))
    incoming.resume()
  })
}
