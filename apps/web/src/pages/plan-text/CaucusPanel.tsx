import { useEffect, useRef } from "react"
import { Mark, partyOf } from "../../ui/index.ts"
import { CaucusOffers } from "../plan-layout/index.ts"
import { BegunComments } from "./BegunComments.tsx"
import { Compose } from "./Compose.tsx"
import { type CaucusTab, usePlanText } from "./context.ts"
import { DraftCard } from "./DraftCard.tsx"
import { NotesPanel } from "./NotesPanel.tsx"
import { ThreadsByClause } from "./ThreadList.tsx"
import { sumOf } from "./threads.ts"

const TABS: readonly CaucusTab[] = ["drafts", "comments", "instructions", "scenarios"]

/** The own delegation's private space. The frame is the wall: nothing private is drawn outside it, nothing shared inside. */
export function CaucusPanel() {
  const page = usePlanText()
  const { say, caucus, hand, setHand, actor, parties } = page
  const frame = useRef<HTMLElement>(null)
  useEffect(() => {
    // unless a draft in it has the focus already: one typed on its clause
    if (!frame.current?.contains(document.activeElement)) frame.current?.focus({ preventScroll: true })
  }, [])
  if (caucus === null || actor.party === null || hand.caucus === null) return null
  const party = partyOf(parties, actor.party)
  const title = say("pt.caucus.title", { party: party.names.en.adjective, gen: party.names.ru.cases.gen })
  const threads = [...page.threadCounts.own.values()]
  const openThreads = sumOf(threads, "open")
  const { drafts, notes } = caucus.content
  const counts: Readonly<Record<CaucusTab, number>> = {
    drafts: drafts.length,
    comments: openThreads,
    instructions: notes.filter((note) => note.kind !== "scenario").length,
    scenarios: notes.filter((note) => note.kind === "scenario").length,
  }
  return (
    <aside ref={frame} className="env" tabIndex={-1} aria-label={title}>
      <div className="env-in">
        <div className="env-flap">
          <Mark name="env" />
          <span>{title}</span>
          <span className="mk">{say("pt.caucus.marking")}</span>
        </div>
        <div className="ctabs" role="tablist" aria-label={say("pt.caucus")}>
          {TABS.map((tab) => (
            <button
              key={tab}
              type="button"
              role="tab"
              aria-selected={hand.caucus === tab}
              onClick={() => setHand({ caucus: tab })}
            >
              {say(`pt.caucus.${tab}`)} {counts[tab] > 0 && counts[tab]}
            </button>
          ))}
          <button
            type="button"
            className="closes"
            aria-label={say("pt.caucus.close")}
            onClick={() => setHand({ caucus: null })}
          >
            <Mark name="close" /> <kbd>Esc</kbd>
          </button>
        </div>
        <div className="cbody">
          <p className="wall">{say("pt.caucus.wall")}</p>
          <CaucusOffers session={caucus.session} />
          {hand.caucus === "drafts" && <Drafts />}
          {hand.caucus === "comments" && (
            <>
              {hand.composing?.audience === "own" && <Compose composing={hand.composing} />}
              <BegunComments audience="own" />
              <ThreadsByClause counts={threads} audience={actor.party} />
              {threads.length === 0 && hand.composing === null && <p className="em">{say("pt.caucus.noNotes")}</p>}
            </>
          )}
          {hand.caucus === "instructions" && <NotesPanel kinds={["red_line", "instruction", "fallback", "note"]} />}
          {hand.caucus === "scenarios" && <NotesPanel kinds={["scenario"]} />}
        </div>
      </div>
    </aside>
  )
}

function Drafts() {
  const { say, caucus, hand, view } = usePlanText()
  const drafts = caucus?.content.drafts ?? []
  if (drafts.length === 0) {
    return (
      <div className="em">
        <h3>{say("pt.caucus.noDrafts")}</h3>
        <p>{say("pt.caucus.noDrafts.hint")}</p>
      </div>
    )
  }
  // the draft of the clause one is on comes first: it is why the caucus was opened
  const rank = (clauseId: string) => (clauseId === hand.active ? -1 : view.order.indexOf(clauseId))
  return drafts
    .toSorted((a, b) => rank(a.clauseId) - rank(b.clauseId))
    .map((draft) => <DraftCard key={draft.id} draft={draft} />)
}
