import { useStanding } from "../../api/index.ts"
import { formatTime, useT } from "../../i18n/index.ts"
import { usePlanSession, useSessionState, useWaited } from "../../live/index.ts"
import { Mark } from "../../ui/index.ts"
import { savedView } from "./saved-view.ts"

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
