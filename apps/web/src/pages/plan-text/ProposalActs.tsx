import { may, overlapLangs, type Proposal } from "@alternat/plan"
import { proposalHash } from "@alternat/seal"
import { Button, Mark } from "../../ui/index.ts"
import { usePlanText } from "./context.ts"
import { followedOf } from "./followed.ts"
import type { ClauseView } from "./plan-view.ts"
import { shortOf } from "./words.ts"

interface OfProposal {
  readonly view: ClauseView
  readonly proposal: Proposal
  readonly rank?: number | null
}

/** A side with several proposals on one clause: which of them, in the order they were tabled. */
export function rankOf(proposal: Proposal, all: readonly Proposal[]): number | null {
  const own = all.filter((one) => one.party === proposal.party)
  return own.length < 2 ? null : own.indexOf(proposal) + 1
}

const numbered = (rank: number | null | undefined) => (rank === null || rank === undefined ? "" : ` ${rank}`)

/** That the working text has moved on since this was tabled, and what follows from it for the reader. */
export function HowItFollows({ view, proposal, rank }: OfProposal) {
  const page = usePlanText()
  const { say, actor } = page
  const followed = followedOf(proposal, view)
  if (!followed.moved || proposal.kind === "delete") return null
  const party = `${shortOf(proposal.party, page)}${numbered(rank)}`
  if (overlapLangs(followed).length === 0) {
    return (
      <span className="why">
        <Mark name="ok" /> {say("pt.follows", { party })}
      </span>
    )
  }
  return (
    <span className="why">
      <Mark name="warn" />{" "}
      {proposal.party === actor.party ? say("pt.overEarlier.ours") : say("pt.overEarlier.theirs", { party })}
    </span>
  )
}

/** Consent to the other side's proposal, or what one can do with one's own. Each names the exact wording it means. */
export function ProposalActs({ view, proposal, rank }: OfProposal) {
  const { actor } = usePlanText()
  if (actor.party === null) return null
  return proposal.party === actor.party ? (
    <OwnActs view={view} proposal={proposal} rank={rank ?? null} />
  ) : (
    <Consent view={view} proposal={proposal} rank={rank ?? null} />
  )
}

function OwnActs({ view, proposal, rank }: OfProposal) {
  const page = usePlanText()
  const { say, actor, acts } = page
  const hash = proposalHash(proposal)
  const followed = followedOf(proposal, view)
  const isOverEarlier = overlapLangs(followed).length > 0
  const { en, ru } = outgoing(followed.proposal)
  return (
    <>
      {isOverEarlier && may(actor, "revise_proposal") && (
        <Button
          small
          isDisabled={acts.isBusy}
          onPress={() =>
            void acts.run({
              act: "revise_proposal",
              proposalId: proposal.id,
              hash,
              base: view.hash,
              en,
              ru,
              note: proposal.note,
            })
          }
        >
          {say("pt.act.hold")}
          {numbered(rank)}
        </Button>
      )}
      {isOverEarlier && page.caucus !== null && (
        <Button small onPress={() => page.propose(view, "replace")}>
          {say("pt.act.anew")}
        </Button>
      )}
      {may(actor, "withdraw_proposal") && (
        <Button
          small
          isDisabled={acts.isBusy}
          onPress={() => void acts.run({ act: "withdraw_proposal", proposalId: proposal.id, hash })}
        >
          {say("pt.act.withdraw")}
          {numbered(rank)}
        </Button>
      )}
    </>
  )
}

/** The value as it goes on the wire. */
const outgoing = (proposal: Proposal) => structuredClone({ en: proposal.en, ru: proposal.ru })

const CONSENTS = {
  replace: "pt.act.consent",
  insert_after: "pt.act.consentNew",
  delete: "pt.act.consentDelete",
} as const

function Consent({ view, proposal, rank }: OfProposal) {
  const page = usePlanText()
  const { say, actor, acts } = page
  const followed = followedOf(proposal, view)
  if (!may(actor, "consent_proposal") || overlapLangs(followed).length > 0) return null
  const item = { proposalId: proposal.id, hash: proposalHash(followed.proposal), base: view.hash }
  return (
    <Button small isDisabled={acts.isBusy} onPress={() => void acts.run({ act: "consent_proposal", items: [item] })}>
      {say(CONSENTS[proposal.kind], { party: shortOf(proposal.party, page) })}
      {numbered(rank)}
    </Button>
  )
}
