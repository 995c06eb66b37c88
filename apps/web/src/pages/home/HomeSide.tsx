import type { EventEntry } from "@alternat/plan"
import { Link } from "@tanstack/react-router"
import { formatDate, formatTime, useT } from "../../i18n/index.ts"
import { subjectLabel } from "../../live/index.ts"
import { useSignedIn } from "../../shell/SignedIn.tsx"
import { Mark, PartyMark } from "../../ui/index.ts"
import type { PlanState } from "./plan-state.ts"

const SHOWN = 9

/** What has happened across the table; and, inside its own wall, how many words of one's own delegation wait. */
export function HomeSide({ states }: { readonly states: readonly PlanState[] }) {
  const t = useT()
  const planId = states[0]?.planId
  const latest = states
    .flatMap((state) =>
      state.events.map((event) => ({
        ...event,
        about: state.live ? subjectLabel(state.live.plan, event.subject) : null,
      })),
    )
    .toSorted((a, b) => (a.at < b.at ? 1 : a.at > b.at ? -1 : b.seq - a.seq))
    .slice(0, SHOWN)
  const days = [...new Set(latest.map((event) => event.at.slice(0, 10)))]
  return (
    <aside className="side" aria-label={t("home.since")}>
      <h2>
        {t("home.since")}
        {planId ? (
          <Link to="/plans/$planId/history" params={{ planId }}>
            {t("home.history")}
          </Link>
        ) : null}
      </h2>
      {latest.length === 0 ? <p className="day">{t("home.none")}</p> : null}
      {days.map((day) => (
        <div key={day}>
          <p className="day">{formatDate(t.lang, day)}</p>
          {latest
            .filter((event) => event.at.startsWith(day))
            .map((event) => (
              <EventLine key={`${event.seq}`} event={event} />
            ))}
        </div>
      ))}
      <Caucus states={states} />
    </aside>
  )
}

function EventLine({ event }: { readonly event: EventEntry & { readonly about: string | null } }) {
  const t = useT()
  return (
    <div className="ev">
      {event.party ? <PartyMark code={event.party} named /> : <Mark name="talk" />}
      <span>
        {t.pick(event.summary)}
        {event.about !== null && !t.pick(event.summary).includes(event.about) ? (
          <span className="dim"> · {event.about}</span>
        ) : null}
      </span>
      <span>{formatTime(t.lang, event.at)}</span>
    </div>
  )
}

function Caucus({ states }: { readonly states: readonly PlanState[] }) {
  const t = useT()
  const me = useSignedIn()
  const planId = states[0]?.planId
  if (me.party === null || !planId) return null
  const own = states
    .flatMap((state) => state.threadCounts)
    .reduce((sum, count) => sum + (count.audience === me.party ? count.open : 0), 0)
  return (
    <div className="env cau">
      <div className="env-in">
        <h3>
          <Mark name="env" /> {t("home.caucus")}
        </h3>
        <p>{t("home.caucus.threads", { count: own })}</p>
        <p className="go">
          <Link className="btn s" to="/plans/$planId" params={{ planId }}>
            {t("home.caucus.open")}
          </Link>
        </p>
        <p className="only">{t("home.caucus.only")}</p>
      </div>
    </div>
  )
}
