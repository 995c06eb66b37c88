import type { IncomingMessage } from "node:http"

/**
 * The address that limits are counted by. `X-Forwarded-For` is written by whoever sends it, so only the entries that
 * our own proxies appended count: the last one with one proxy, the last but one with two.
 */
export function clientAddress(
  incoming: IncomingMessage | undefined,
  forwarded: string | undefined,
  trustedProxies: number,
): string {
  const socket = incoming?.socket.remoteAddress ?? "local"
  if (trustedProxies === 0 || !forwarded) return socket
  const hops = forwarded.split(",").map((hop) => hop.trim())
  return hops[hops.length - trustedProxies] || socket
}
