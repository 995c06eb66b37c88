import {
  type Actor,
  type Clause,
  clauseStandingOf,
  conformityOf,
  type LivePlan,
  may,
  mayTableKind,
  numberOf,
  openProposalsOn,
  type PartyCode,
  type Standing,
  type TableProposal,
} from "@alternat/plan"
import { clausePair } from "@alternat/seal"

/** One thing that waits for this person, in one plan. */
export type Waiting =
  | { readonly type: "proposal"; readonly clauseId: string; readonly number: string | null; readonly party: PartyCode }
  | {
      readonly type: "adref" | "agree"
      readonly clauseId: string
      readonly number: string | null
      readonly party: PartyCode
      readonly since: string
    }
  | { readonly type: "reserve"; readonly clauseId: string; readonly number: string | null; readonly due: string | null }
  | { readonly type: "attest"; readonly count: number }
  /** more than a few consents of one kind: they are settled together */
  | { readonly type: "many"; readonly of: "adref" | "agree"; readonly count: number }
  | { readonly type: "table"; readonly proposal: TableProposal }
  | { readonly type: "sign"; readonly version: number; readonly signed: number }

/** What this reader's office has to answer, most pressing first; nobody is shown what is another's to do. */
export function waitingFor(actor: Actor, live: LivePlan, standing: Standing): readonly Waiting[] {
  if (actor.party === null) return []
  return [
    ...toSign(actor, standing),
    ...proposals(actor, live),
    ...tableProposals(actor, live),
    ...consents(actor, live, standing),
    ...reserves(actor, live, standing),
    ...attestations(actor, live, standing),
  ]
}

const clausesOf = (live: LivePlan): readonly Clause[] => live.plan.sections.flatMap((section) => section.clauses)

function toSign(actor: Actor, standing: Standing): readonly Waiting[] {
  const { version, status } = standing
  if (status !== "frozen" || !version || !may(actor, "sign") || version.signedBy.includes(actor.party ?? "")) return []
  return [{ type: "sign", version: version.number, signed: version.signedBy.length }]
}

function proposals(actor: Actor, live: LivePlan): readonly Waiting[] {
  if (!may(actor, "consent_proposal")) return []
  return clausesOf(live).flatMap((clause) => {
    const other = openProposalsOn(live.proposals, clause.id).find((proposal) => proposal.party !== actor.party)
    return other
      ? [{ type: "proposal" as const, clauseId: clause.id, number: numberOf(live.plan, clause.id), party: other.party }]
      : []
  })
}

function tableProposals(actor: Actor, live: LivePlan): readonly Waiting[] {
  return live.tableProposals
    .filter(
      (proposal) => proposal.status === "open" && proposal.party !== actor.party && mayTableKind(actor, proposal.kind),
    )
    .map((proposal) => ({ type: "table", proposal }))
}

const FEW = 5

function consents(actor: Actor, live: LivePlan, standing: Standing): readonly Waiting[] {
  const single = singleConsents(actor, live, standing)
  return (["adref", "agree"] as const).flatMap((of): readonly Waiting[] => {
    const own = single.filter((one) => one.type === of)
    return own.length > FEW ? [{ type: "many", of, count: own.length }] : own
  })
}

function singleConsents(actor: Actor, live: LivePlan, standing: Standing): readonly Waiting[] {
  return clausesOf(live).flatMap((clause) => {
    const own = clauseStandingOf(standing, clause.id)
    const consent = own.consents.find(
      (one) => one.party !== actor.party && (one.to === "agreed_ad_ref" || one.to === "agreed"),
    )
    if (!consent || own.consents.some((one) => one.party === actor.party && one.to === consent.to)) return []
    const act = consent.to === "agreed" ? "agree" : "agree_ad_referendum"
    if (!may(actor, act)) return []
    const type = consent.to === "agreed" ? ("agree" as const) : ("adref" as const)
    return [
      { type, clauseId: clause.id, number: numberOf(live.plan, clause.id), party: consent.party, since: consent.at },
    ]
  })
}

function reserves(actor: Actor, live: LivePlan, standing: Standing): readonly Waiting[] {
  if (!may(actor, "lift_reserve")) return []
  return clausesOf(live).flatMap((clause) =>
    clauseStandingOf(standing, clause.id)
      .reserves.filter((reserve) => reserve.party === actor.party && reserve.liftedAt === null)
      .map((reserve) => ({
        type: "reserve" as const,
        clauseId: clause.id,
        number: numberOf(live.plan, clause.id),
        due: reserve.due,
      })),
  )
}

function attestations(actor: Actor, live: LivePlan, standing: Standing): readonly Waiting[] {
  if (!may(actor, "attest")) return []
  const count = clausesOf(live).filter((clause) => {
    const own = clauseStandingOf(standing, clause.id)
    if (
      own.state === "withdrawn" ||
      own.state === "locked" ||
      conformityOf(clause, own, clausePair(clause)) === "in_sync"
    )
      return false
    const pair = clausePair(clause)
    return !own.attestations.some(
      (one) => one.party === actor.party && one.hash.en === pair.en && one.hash.ru === pair.ru,
    )
  }).length
  return count > 0 ? [{ type: "attest", count }] : []
}
