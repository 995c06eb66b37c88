import { memo } from "react"
import { Mark, partyOf, partyShort, Segmented, stateMark } from "../../ui/index.ts"
import { usePlanText } from "./context.ts"
import type { OpenCounts, SectionView } from "./plan-view.ts"

/** The sections with what is open in each. Counts come from shared text only. */
export function Outline() {
  const { view, hand, setHand, say, parties } = usePlanText()
  const current = hand.active === null ? null : (view.byId.get(hand.active)?.section.id ?? null)
  const shown = hand.filter === "all" ? view.sections : view.sections.filter((section) => section.counts.open > 0)
  const by = parties
    .map((party) => `${partyShort(partyOf(parties, party.code), say.lang)} ${view.proposalsByParty[party.code] ?? 0}`)
    .join(", ")
  return (
    <nav className="outline" aria-label={say("pt.outline")}>
      <div className="oh">
        <b>{say("pt.outline")}</b>
        <Segmented
          label={say("pt.outline")}
          value={hand.filter}
          options={[
            { value: "all", label: say("pt.all") },
            { value: "open", label: say("pt.openCount", { count: view.counts.open }) },
          ]}
          onChange={(filter) => setHand({ filter })}
        />
      </div>
      <ol>
        {shown.map((section, index) => (
          <OutlineItem
            key={section.section.id}
            section={section}
            isCurrent={section.section.id === current}
            hasGap={index > 0 && section.section.kind !== "section" && shown[index - 1]?.section.kind === "section"}
            onGo={() => {
              setHand({ active: section.clauses[0]?.id ?? null, panel: null })
              requestAnimationFrame(() =>
                document.getElementById(section.section.id)?.scrollIntoView({ block: "start" }),
              )
            }}
          />
        ))}
      </ol>
      <div className="of">
        <Counts counts={view.counts} />
        <br />
        {say("pt.proposalsBy", { list: by })} ·{" "}
        <span className="lk">
          <button type="button" className="link" onClick={() => setHand({ sheet: { type: "open" } })}>
            {say("pt.list")}
          </button>{" "}
          <kbd>O</kbd>
        </span>
        <br />
        <button
          type="button"
          className="link"
          onClick={() => setHand({ isPicking: !hand.isPicking, picked: new Set() })}
        >
          {say("pt.select")}
        </button>
      </div>
    </nav>
  )
}

function Counts({ counts }: { readonly counts: OpenCounts }) {
  const { say } = usePlanText()
  return (
    <>
      {say("pt.brackets", { count: counts.brackets })} · {say("pt.reservesCount", { count: counts.reserves })} · ●{" "}
      {say("pt.toFill", { count: counts.placeholders })}
    </>
  )
}

const OutlineItem = memo(
  function OutlineItem(props: {
    readonly section: SectionView
    readonly isCurrent: boolean
    readonly hasGap: boolean
    readonly onGo: () => void
  }) {
    const { say } = usePlanText()
    const { section, counts, state } = props.section
    const name =
      section.kind === "annex"
        ? `${say("pt.annexes", { number: section.number ?? 0 })}. ${say.pick(section.heading)}`
        : say.pick(section.heading)
    return (
      <li className={`${props.isCurrent ? "cur" : ""}${props.hasGap ? " gap" : ""}`}>
        <a
          href={`#${section.id}`}
          aria-current={props.isCurrent ? "location" : undefined}
          title={name}
          onClick={(event) => {
            event.preventDefault()
            props.onGo()
          }}
        >
          <Mark name={stateMark(state)} label={say(`pt.state.${state}`)} />
          <span className="on">{section.kind === "section" ? section.number : ""}</span>
          <span className="ot">{name}</span>
          <span className="oc">{countWords(counts, say.lang === "ru" ? "Р" : "R")}</span>
        </a>
      </li>
    )
  },
  (a, b) => a.section === b.section && a.isCurrent === b.isCurrent && a.hasGap === b.hasGap,
)

const countWords = (counts: OpenCounts, reserve: string): string =>
  [
    counts.brackets > 0 ? `[${counts.brackets}]` : "",
    counts.reserves > 0 ? reserve : "",
    counts.placeholders > 0 ? "●" : "",
  ]
    .filter((word) => word !== "")
    .join(" ")
