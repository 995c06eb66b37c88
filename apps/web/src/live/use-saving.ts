import type { SessionState } from "@alternat/room/client"
import { useEffect, useState } from "react"

/** How long the server has acknowledged nothing of what waits: not worth a word yet, felt, or too long to call it saving. */
export type Waited = "short" | "felt" | "long"

const FELT_MS = 400
/** a commit takes milliseconds: by then the line or the disk is not what it should be */
const LONG_MS = 4000

/** Each acknowledgement begins the wait anew: who types without a pause always has a last letter on its way. */
export function useWaited(since: number | null): Waited {
  const [waited, setWaited] = useState<Waited>("short")
  useEffect(() => {
    if (since === null) return
    // whoever comes to look later sees how long it has been
    const after = (ms: number, becomes: Waited) => setTimeout(() => setWaited(becomes), since + ms - Date.now())
    const timers = [after(FELT_MS, "felt"), after(LONG_MS, "long")]
    return () => {
      for (const timer of timers) clearTimeout(timer)
      setWaited("short")
    }
  }, [since])
  return waited
}

/** What waits is not being saved: nobody takes it, or nobody says so. */
export const isHeldUp = ({ connection }: Pick<SessionState, "connection">, waited: Waited): boolean =>
  connection === "offline" || connection === "refused" || waited === "long"
