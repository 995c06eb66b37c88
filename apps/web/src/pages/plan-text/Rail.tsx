import { useEvents } from "../../api/index.ts"
import { formatMoment } from "../../i18n/index.ts"
import { Mark, PartyMark } from "../../ui/index.ts"
import { CommentsPanel } from "./CommentsPanel.tsx"
import { usePlanText } from "./context.ts"
import { ProposalsPanel } from "./ProposalsPanel.tsx"
import { sumOf } from "./threads.ts"

const TABS = ["comments", "proposals", "activity"] as const

/** Beside the text: what both delegations say about it. Nothing private is ever drawn here. */
export function Rail() {
  const page = usePlanText()
  const { say, hand, setHand } = page
  const counts = {
    comments: sumOf(page.threadCounts.shared.values(), "open"),
    proposals: page.live.proposals.filter((proposal) => proposal.status === "open").length,
    activity: null,
  }
  return (
    <aside className="rail" aria-label={say("pt.rail")}>
      <div className="rt">
        <div className="rt-tabs" role="tablist" aria-label={say("pt.rail")}>
          {TABS.map((tab) => (
            <button
              key={tab}
              type="button"
              role="tab"
              id={`rail-${tab}`}
              aria-selected={hand.rail === tab}
              aria-controls="rail-panel"
              onClick={() => setHand({ rail: tab })}
            >
              {say(`pt.${tab}`)} {counts[tab] !== null && <span>{counts[tab]}</span>}
            </button>
          ))}
        </div>
        {page.caucus !== null && (
          <button type="button" className="cau" onClick={() => setHand({ caucus: "drafts" })}>
            <Mark name="env" /> {say("pt.caucus")}
          </button>
        )}
      </div>
      <div className="rb" role="tabpanel" id="rail-panel" aria-labelledby={`rail-${hand.rail}`} tabIndex={0}>
        {hand.rail === "comments" && <CommentsPanel />}
        {hand.rail === "proposals" && <ProposalsPanel />}
        {hand.rail === "activity" && <Activity />}
      </div>
      {page.caucus !== null && (
        <div className="rf">
          <Mark name="env" /> <span>{say("pt.caucusNote")}</span>
        </div>
      )}
    </aside>
  )
}

const SHOWN = 80

/** The story of the negotiation, newest first. */
function Activity() {
  const { planId, say } = usePlanText()
  const events = useEvents(planId)
  const latest = (events.data ?? []).toSorted((a, b) => b.seq - a.seq).slice(0, SHOWN)
  if (latest.length === 0) {
    return (
      <div className="em">
        <h3>{say("pt.noActivity")}</h3>
      </div>
    )
  }
  return (
    <ul className="act-log">
      {latest.map((event) => (
        <li key={event.seq}>
          <div className="mh">
            {event.party !== null && <PartyMark code={event.party} named />}
            <b>{event.role === null ? "" : say(`pt.role.${event.role}`)}</b>
            <span className="dim">{formatMoment(say.lang, event.at)}</span>
          </div>
          {say.pick(event.summary)}
        </li>
      ))}
    </ul>
  )
}
