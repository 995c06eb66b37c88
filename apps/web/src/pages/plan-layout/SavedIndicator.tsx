import { useEffect, useState } from "react"
import { useStanding } from "../../api/index.ts"
import { formatTime, useT } from "../../i18n/index.ts"
import { usePlanSession, useSessionState } from "../../live/index.ts"
import { Mark } from "../../ui/index.ts"
import { savedView, type Waited } from "./saved-view.ts"

const FELT_MS = 400
/** a commit takes milliseconds: by then the line or the disk is not what it should be */
const LONG_MS = 4000

/** Always words, always here, always about the server's disk. */
export function SavedIndicator() {
  const t = useT()
  const { planId, session } = usePlanSession()
  const state = useSessionState(session)
  const standing = useStanding(planId).data
  const waited = useWaited(state.waitingSince)
  const frozen = standing !== undefined && standing.status !== "negotiation"
  const view = savedView(state, { frozen, waited })
  const values = {
    count: state.unsaved.size,
    time: state.lastSavedAt === null ? "" : formatTime(t.lang, state.lastSavedAt),
  }
  return (
    <span className="saved" role="status" data-testid="saved" data-state={view.kind}>
      <Mark name={view.mark} />
      {view.strong ? <b>{t(view.message, values)}</b> : t(view.message, values)}
    </span>
  )
}

/** Each acknowledgement begins the wait anew: who types without a pause always has a last letter on its way. */
function useWaited(since: number | null): Waited {
  const [waited, setWaited] = useState<Waited>("short")
  useEffect(() => {
    if (since === null) return
    const timers = [setTimeout(() => setWaited("felt"), FELT_MS), setTimeout(() => setWaited("long"), LONG_MS)]
    return () => {
      for (const timer of timers) clearTimeout(timer)
      setWaited("short")
    }
  }, [since])
  return waited
}
