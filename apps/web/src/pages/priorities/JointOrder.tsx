import { mayTableKind, type TableProposal, tableProposalBase } from "@alternat/plan"
import { hashPort, tableProposalHash } from "@alternat/seal"
import { useMemo, useState } from "react"
import { useAct, useStanding } from "../../api/index.ts"
import { useT } from "../../i18n/index.ts"
import { useLivePlan, usePlanSession } from "../../live/index.ts"
import { Bracket, Button, PartyTag, ProblemNotice, partyOf, partyShort, useParties } from "../../ui/index.ts"
import { ProposeOrder } from "./ProposeOrder.tsx"
import { jointOrder, type Ranks } from "./slope.ts"

/** The order both sides sign: negotiated, never computed. */
export function JointOrder() {
  const t = useT()
  const { planId, me } = usePlanSession()
  const parties = useParties()
  const plan = useLivePlan((live) => live.plan)
  const proposals = useLivePlan((live) => live.tableProposals)
  const standing = useStanding(planId).data
  const act = useAct(planId)
  const [proposing, setProposing] = useState(false)
  const order = useMemo(
    () => jointOrder(plan.tables.priorities, proposals, parties[0].code),
    [plan, proposals, parties],
  )
  const open = proposals.filter((proposal) => proposal.kind === "joint_rank" && proposal.status === "open")
  const decides = standing?.status === "negotiation" && mayTableKind(me, "joint_rank")
  return (
    <section>
      <h2>
        {t("priorities.joint")} <span className="dim light">{t("priorities.joint.note")}</span>
      </h2>
      <ol className="jo">
        {order.map((place) => (
          <li key={place.rank}>
            <b>{place.rank}</b>
            {place.proposed.length > 0 ? (
              <span>
                {place.proposed.map(({ proposal, priorityId }) => (
                  <span key={proposal.id}>
                    <Bracket code={proposal.party}>{priorityId}</Bracket>{" "}
                  </span>
                ))}
              </span>
            ) : place.priority ? (
              <span>
                {place.priority.id} <em>{place.priority.title[t.lang]}</em>
              </span>
            ) : (
              <span className="dim">–</span>
            )}
            <span className="s">{place.proposed.length > 0 ? "" : place.priority?.milestone_ids[0]}</span>
          </li>
        ))}
      </ol>
      {act.error ? <ProblemNotice error={act.error} onAgain={() => act.reset()} /> : null}
      <ul className="jp">
        {open.map((proposal) => (
          <li key={proposal.id}>
            <p>
              <PartyTag code={proposal.party} /> <b>{proposal.id}</b> {ranksWords(proposal)}
            </p>
            {proposal.reason ? <p className="small soft">{t.pick(proposal.reason)}</p> : null}
            {tableProposalBase(plan, proposal, hashPort) !== proposal.base ? (
              <p className="note">
                {t("costs.proposal.stale", { party: partyShort(partyOf(parties, proposal.party), t.lang) })}
              </p>
            ) : null}
            <p className="row">
              {decides &&
              proposal.party !== me.party &&
              tableProposalBase(plan, proposal, hashPort) === proposal.base ? (
                <Button
                  small
                  isDisabled={act.isPending}
                  onPress={() =>
                    act.mutate({
                      act: "consent_table_proposal",
                      items: [{ proposalId: proposal.id, hash: tableProposalHash(proposal), base: proposal.base }],
                    })
                  }
                >
                  {t("costs.consent", { id: proposal.id })}
                </Button>
              ) : null}
              {decides && proposal.party === me.party ? (
                <Button
                  small
                  isDisabled={act.isPending}
                  onPress={() =>
                    act.mutate({
                      act: "withdraw_table_proposal",
                      proposalId: proposal.id,
                      hash: tableProposalHash(proposal),
                    })
                  }
                >
                  {t("costs.withdraw", { id: proposal.id })}
                </Button>
              ) : null}
            </p>
          </li>
        ))}
      </ul>
      {decides ? (
        <p className="row">
          <Button small onPress={() => setProposing(true)}>
            {t("priorities.propose")}
          </Button>
        </p>
      ) : null}
      {proposing ? (
        <ProposeOrder
          priorities={plan.tables.priorities}
          onClose={() => setProposing(false)}
          onPropose={(ranks, done) => {
            setProposing(false)
            const value = { ranks }
            const base = tableProposalBase(plan, { kind: "joint_rank", value }, hashPort)
            act.mutateAsync({ act: "table_table_proposal", kind: "joint_rank", value, base }).then(done, shownAbove)
          }}
        />
      ) : null}
    </section>
  )
}

const ranksWords = (proposal: TableProposal): string =>
  Object.entries((proposal.value["ranks"] ?? {}) as Ranks)
    .toSorted(([, one], [, other]) => one - other)
    .map(([id, rank]) => `${id} → ${rank}`)
    .join(", ")

/** The error stands above the list of what is proposed. */
const shownAbove = () => undefined
