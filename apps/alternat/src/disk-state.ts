import { statfs } from "node:fs/promises"

/** PostgreSQL ends when its write-ahead log, 16 MB a piece, has no room; this leaves somebody the time to make some. */
const LOW_BYTES = 512 << 20

/** Of the disk that holds the embedded database. Low is reported to whoever runs it and whoever writes, and stops nothing. */
export async function diskState(dataDir: string, lowBytes = LOW_BYTES): Promise<"ok" | "low"> {
  try {
    const { bavail, bsize } = await statfs(dataDir)
    return bavail * bsize < lowBytes ? "low" : "ok"
  } catch {
    // a disk that does not even say how full it is
    return "low"
  }
}
