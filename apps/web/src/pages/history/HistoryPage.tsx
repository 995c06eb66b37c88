import type { EventEntry } from "@alternat/plan"
import { Link } from "@tanstack/react-router"
import { useState } from "react"
import { useEvents } from "../../api/index.ts"
import { formatDate, formatMoment, formatTime, formatZone, localDay, useT } from "../../i18n/index.ts"
import { subjectLabel, useLivePlan, usePlanSession } from "../../live/index.ts"
import { Button, Empty, Hash, Loading, Mark, PartyMark, ProblemNotice } from "../../ui/index.ts"
import "./history.css"

const PAGE = 60

/** The append-only story of the negotiation, latest first; each line carries the hash of all before it. */
export function HistoryPage() {
  const t = useT()
  const { planId } = usePlanSession()
  const events = useEvents(planId)
  const [shown, setShown] = useState(PAGE)
  const latest = (events.data ?? []).toSorted((a, b) => b.seq - a.seq)
  const days = groupByDay(latest.slice(0, shown))
  return (
    <main className="history" id="content">
      <h1>{t("history.title")}</h1>
      <p className="lead2">{t("history.lead")}</p>
      {events.error ? <ProblemNotice error={events.error} onAgain={() => void events.refetch()} /> : null}
      {events.isPending ? <Loading /> : null}
      {events.data?.length === 0 ? <Empty title={t("history.empty")}>{t("history.empty.more")}</Empty> : null}
      {days.map(([day, ofDay]) => (
        <section key={day}>
          <h2>
            {formatDate(t.lang, day)} <span className="dim">{ofDay[0] ? formatZone(t.lang, ofDay[0].at) : null}</span>
          </h2>
          <ol>
            {ofDay.map((event) => (
              <EventRow key={event.seq} event={event} planId={planId} />
            ))}
          </ol>
        </section>
      ))}
      {latest.length > shown ? (
        <Button onPress={() => setShown(shown + PAGE)}>{t("history.more", { count: latest.length - shown })}</Button>
      ) : null}
    </main>
  )
}

function EventRow({ event, planId }: { readonly event: EventEntry; readonly planId: string }) {
  const t = useT()
  const plan = useLivePlan((live) => live.plan)
  const about = subjectLabel(plan, event.subject)
  const clause = event.subject?.type === "clause" ? event.subject.id : null
  return (
    <li>
      <time dateTime={event.at} title={formatMoment(t.lang, event.at)}>
        {formatTime(t.lang, event.at)}
      </time>
      {event.party ? <PartyMark code={event.party} named /> : <Mark name="talk" />}
      <span>
        {clause ? (
          <Link to="/plans/$planId" params={{ planId }} hash={clause}>
            {t.pick(event.summary)}
          </Link>
        ) : (
          t.pick(event.summary)
        )}
        {about !== null && !t.pick(event.summary).includes(about) ? <span className="serif"> · {about}</span> : null}
        {event.role ? <span className="dim"> · {t(`shell.role.${event.role}`)}</span> : null}
      </span>
      <span className="dim note">
        <Hash hash={event.hash} groups={2} />
      </span>
    </li>
  )
}

function groupByDay(events: readonly EventEntry[]): readonly (readonly [string, readonly EventEntry[]])[] {
  const days = new Map<string, EventEntry[]>()
  for (const event of events) {
    const day = localDay(event.at)
    days.set(day, [...(days.get(day) ?? []), event])
  }
  return [...days]
}
