const AWAY = new Set([
  "ECONNREFUSED",
  "ECONNRESET",
  "ENOTFOUND",
  "ETIMEDOUT",
  "EPIPE",
  "CONNECTION_CLOSED",
  "CONNECTION_ENDED",
  "CONNECTION_DESTROYED",
  "CONNECT_TIMEOUT",
  // PostgreSQL: shutting down, starting up, too many connections, cancelled by its own time limit
  "57P01",
  "57P02",
  "57P03",
  "53300",
  "57014",
])

/** Whether the database could not be reached, as opposed to having refused what we asked. */
export function isStorageAway(error: unknown): boolean {
  if (!(error instanceof Error)) return false
  if (error.name === "StorageAwayError") return true
  const { code } = error as { code?: unknown }
  return typeof code === "string" && AWAY.has(code)
}
