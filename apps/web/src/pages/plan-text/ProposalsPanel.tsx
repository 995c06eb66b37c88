import { RedlineText } from "@alternat/editor"
import { LANGS, type Lang, type Proposal } from "@alternat/plan"
import { redline } from "@alternat/text"
import { useEffect, useMemo, useRef } from "react"
import { PartyTag, sideOf } from "../../ui/index.ts"
import { nameOf, usePlanText } from "./context.ts"
import { followedOf } from "./followed.ts"
import { HowItFollows, ProposalActs, rankOf } from "./ProposalActs.tsx"
import type { ClauseView } from "./plan-view.ts"
import { dateOf, shortOf } from "./words.ts"

/** Every open proposal in the order of the text, each as a redline against the working text. */
export function ProposalsPanel() {
  const { view, say } = usePlanText()
  const rows = view.order.flatMap((id) => {
    const clause = view.byId.get(id)
    return clause === undefined
      ? []
      : [...clause.proposals, ...clause.inserts].map((proposal) => ({ clause, proposal }))
  })
  if (rows.length === 0) {
    return (
      <div className="em">
        <h3>{say("pt.noProposals")}</h3>
        <p>{say("pt.noProposals.hint")}</p>
      </div>
    )
  }
  return rows.map(({ clause, proposal }) => <ProposalItem key={proposal.id} view={clause} proposal={proposal} />)
}

interface ProposalItemProps {
  readonly view: ClauseView
  readonly proposal: Proposal
}

function ProposalItem({ view, proposal }: ProposalItemProps) {
  const page = usePlanText()
  const { say, hand } = page
  const name = nameOf(view, say)
  const title =
    proposal.kind === "insert_after"
      ? say("pt.newClauseAfter", { number: name })
      : proposal.kind === "delete"
        ? say("pt.deleteOf", { number: name })
        : name
  const isActive = hand.active === view.id
  const ref = useRef<HTMLElement>(null)
  useEffect(() => {
    if (isActive) ref.current?.scrollIntoView({ block: "nearest" })
  }, [isActive])
  const rank = rankOf(proposal, proposal.kind === "insert_after" ? view.inserts : view.proposals)
  return (
    <section
      ref={ref}
      className={isActive ? "prop on" : "prop"}
      aria-label={`${say("pt.proposalOf", { party: shortOf(proposal.party, page) })}, ${title}`}
    >
      <div className="ph2">
        <PartyTag code={proposal.party} />
        <a
          href={`#c-${view.id}`}
          onClick={(event) => {
            event.preventDefault()
            page.goTo(view.id)
          }}
        >
          {title}
        </a>
        <span className="due">{dateOf(proposal.openedAt, say)}</span>
      </div>
      {LANGS.map((lang) => (
        <ProposedText key={lang} view={view} proposal={proposal} lang={lang} />
      ))}
      <p className="follows">
        <HowItFollows view={view} proposal={proposal} rank={rank} />
      </p>
      {proposal.note !== null && <p className="note-of">{say.pick(proposal.note)}</p>}
      <div className="ac">
        <ProposalActs view={view} proposal={proposal} rank={rank} />
      </div>
    </section>
  )
}

/** What a proposal would make of one text. */
export function ProposedText({ view, proposal, lang }: ProposalItemProps & { readonly lang: Lang }) {
  const { parties, display } = usePlanText()
  const base = proposal.kind === "insert_after" ? NO_TEXT : view.clause[lang]
  const next = proposal.kind === "delete" ? NO_TEXT : followedOf(proposal, view).proposal[lang]
  const made = useMemo(() => redline(base, next), [base, next])
  return (
    <div className="tx" lang={lang}>
      <RedlineText redline={made} lang={lang} author={sideOf(parties, proposal.party)} display={display[lang]} />
    </div>
  )
}

const NO_TEXT = [] as const
