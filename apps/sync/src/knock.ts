import type { IncomingMessage } from "node:http"

/** What an upgrade request asks for. */
export interface Knock {
  readonly room: string
  readonly ticket: string
  readonly ext: boolean
  /** the epoch in the room's name; null: it holds none */
  readonly epoch: number | null
  /** the form of the document that the room's name holds; null: it holds none */
  readonly schema: number | null
}

/** null: not our path. A room that is no room of ours comes back with an empty ticket, and is refused as such. */
export function readKnock(url: string, path: string): Knock | null {
  const [pathname = "", query = ""] = url.split("?", 2)
  if (!pathname.startsWith(`${path}/`)) return null
  const room = pathname.slice(path.length + 1)
  const params = new URLSearchParams(query)
  const named = /^[A-Za-z0-9._-]{1,200}$/.test(room)
  const [, epoch, schema] = /\.e(\d{1,9})\.s(\d{1,9})$/.exec(room) ?? []
  return {
    room,
    ticket: named ? (params.get("ticket") ?? "") : "",
    ext: params.get("ext") === "1",
    epoch: epoch === undefined ? null : Number(epoch),
    schema: schema === undefined ? null : Number(schema),
  }
}

/** The client's address, past as many proxies as are ours: what stands left of them anybody may have written. */
export function addressOf(request: IncomingMessage, trustedHops: number): string {
  const peer = request.socket.remoteAddress ?? "unknown"
  if (trustedHops <= 0) return peer
  const header = request.headers["x-forwarded-for"]
  const hops = (Array.isArray(header) ? header.join(",") : (header ?? ""))
    .split(",")
    .map((hop) => hop.trim())
    .filter((hop) => hop !== "")
  return hops[Math.max(0, hops.length - trustedHops)] ?? peer
}
