import { ClauseText, type TextMark } from "@alternat/editor"
import { isEmptyText, LANGS, type Lang, type Proposal } from "@alternat/plan"
import { memo } from "react"
import { Mark, PartyTag, partyOf, partyShort, sideOf } from "../../ui/index.ts"
import { Awaited, ClauseRow, withMember } from "./ClauseRow.tsx"
import { type Authored, nameOf, useDesk } from "./context.ts"
import type { ClauseView, SectionView } from "./plan-view.ts"
import type { ClauseCount } from "./threads.ts"

export interface SectionBlockProps {
  readonly section: SectionView
  readonly active: string | null
  readonly thread: string | null
  readonly isPicking: boolean
  readonly picked: ReadonlySet<string>
  readonly threads: ReadonlyMap<string, ClauseCount>
  readonly carets: ReadonlyMap<string, Readonly<Record<Lang, readonly TextMark[]>>>
  readonly frozen: number | null
  readonly authored: Authored | null
}

/** A section: its heading in both languages and its clauses. Off screen the browser lays none of it out. */
export const SectionBlock = memo(
  function SectionBlock(props: SectionBlockProps) {
    const { section, clauses } = props.section
    const { say, setHand } = useDesk()
    const isNumbered = section.kind === "section"
    const mark = section.kind === "annex" ? say("pt.annexes", { number: section.number ?? 0 }) : ""
    const isAllPicked = clauses.every((clause) => props.picked.has(clause.id))
    return (
      <section className={props.active === null ? "secbox" : "secbox now"} aria-labelledby={`h-${section.id}`}>
        <div className={isNumbered ? "sec" : "sec unnumbered"} id={section.id}>
          <span className="sn">
            {props.isPicking ? (
              <input
                type="checkbox"
                checked={isAllPicked}
                aria-label={say("pt.selectSection", {
                  number: isNumbered ? (section.number ?? "") : say.pick(section.heading),
                })}
                onChange={(event) => {
                  const { checked } = event.currentTarget
                  setHand((hand) => ({
                    picked: clauses.reduce((set, clause) => withMember(set, clause.id, checked), hand.picked),
                  }))
                }}
              />
            ) : null}{" "}
            {isNumbered ? section.number : mark}
          </span>
          <h2 lang="en" id={`h-${section.id}`}>
            {section.heading.en}
          </h2>
          <span />
          <h2 lang="ru">{section.heading.ru}</h2>
        </div>
        {clauses.map((view) => (
          <ClauseWithNew key={view.id} view={view} {...props} />
        ))}
      </section>
    )
  },
  (a, b) =>
    isSameSection(a.section, b.section) &&
    a.active === b.active &&
    a.isPicking === b.isPicking &&
    a.picked === b.picked &&
    a.section.clauses.every((clause) => a.threads.get(clause.id) === b.threads.get(clause.id)) &&
    a.carets === b.carets &&
    a.frozen === b.frozen &&
    a.authored === b.authored &&
    // the active thread matters only to the section it is in; the row decides which number is filled
    a.thread === b.thread,
)

const isSameSection = (a: SectionView, b: SectionView): boolean =>
  a.section.heading === b.section.heading &&
  a.clauses.length === b.clauses.length &&
  a.clauses.every((clause, index) => clause === b.clauses[index])

function ClauseWithNew(props: SectionBlockProps & { readonly view: ClauseView }) {
  const { view } = props
  const threads = props.threads.get(view.id) ?? null
  return (
    <>
      <ClauseRow
        view={view}
        isActive={props.active === view.id}
        isPicking={props.isPicking}
        isPicked={props.picked.has(view.id)}
        threads={threads}
        thread={threads === null ? null : props.thread}
        carets={props.carets.get(view.id) ?? null}
        frozen={props.frozen}
        authored={props.authored?.clauseId === view.id ? props.authored : null}
      />
      {view.inserts.map((proposal) => (
        <NewClause key={proposal.id} view={view} proposal={proposal} />
      ))}
    </>
  )
}

/** A clause that so far only one side wants: all of it stands in that side's bracket. */
function NewClause({ view, proposal }: { readonly view: ClauseView; readonly proposal: Proposal }) {
  const { say, parties, display, setHand, activate } = useDesk()
  const side = sideOf(parties, proposal.party)
  return (
    <article
      className="cl nc"
      aria-label={`${say("pt.proposalOf", { party: partyShort(partyOf(parties, proposal.party), say.lang) })}: ${say("pt.newClauseAfter", { number: nameOf(view, say) })}`}
      onClick={() => {
        activate(view.id)
        setHand({ rail: "proposals" })
      }}
    >
      <div className="cn">
        <Mark name="bracketed" label={say("pt.state.bracketed")} />
        <span>
          <PartyTag code={proposal.party} />
        </span>
      </div>
      {LANGS.map((lang, index) => (
        <div key={lang} style={{ gridColumn: index === 0 ? 2 : 4 }} className={`tx ${lang}`} lang={lang}>
          {isEmptyText(proposal[lang]) ? (
            <Awaited lang={lang} />
          ) : (
            <div className={`br block ${side}`}>
              <b>{partyShort(partyOf(parties, proposal.party), lang)}:</b>
              <i>
                <ClauseText text={proposal[lang]} lang={lang} marks={NO_MARKS} display={display[lang]} />
              </i>
            </div>
          )}
        </div>
      ))}
      <div className="cf" style={{ gridColumn: 3, gridRow: 1 }} />
    </article>
  )
}
const NO_MARKS: readonly TextMark[] = []
