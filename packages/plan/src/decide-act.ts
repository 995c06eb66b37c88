import { agree, agreeAdReferendum, parkOrUnpark, reopen } from "./act-agreement.ts"
import { attest, flagDivergence, liftReserve, makeReserve } from "./act-languages.ts"
import type { ActContext, Decision, Scene } from "./act-parts.ts"
import { notYours, refuse } from "./act-parts.ts"
import { consentProposals, reviseProposal, tableProposal, withdrawProposal } from "./act-proposals.ts"
import { restoreRow, withdrawRow } from "./act-rows.ts"
import { consentTableProposals, tableTableProposal, withdrawTableProposal } from "./act-tables.ts"
import { freeze, unlock } from "./act-versions.ts"
import type { Act } from "./acts.ts"
import { may } from "./permissions.ts"

/**
 * Is this act allowed, and what does it change? Pure: the same act on the same plan gives the same effects. An act is
 * one unit: either all of it can be done or nothing is changed.
 */
export const decideAct = (act: Act, context: ActContext): Decision => {
  const { actor, live, standing } = context
  const [first, second] = live.plan.parties
  const party = actor.party
  if (party === null || (party !== first.code && party !== second.code) || !may(actor, act.act)) return notYours()
  if (standing.status !== "negotiation" && act.act !== "unlock") {
    return refuse(
      409,
      "frozen",
      "The plan is frozen: both heads have to unlock it first.",
      "План зафиксирован: сначала главы обеих делегаций снимают фиксацию.",
    )
  }
  return decide(act, { ...context, party, other: party === first.code ? second.code : first.code })
}

const decide = (act: Act, scene: Scene): Decision => {
  switch (act.act) {
    case "table_proposal":
      return tableProposal(act, scene)
    case "revise_proposal":
      return reviseProposal(act, scene)
    case "withdraw_proposal":
      return withdrawProposal(act, scene)
    case "consent_proposal":
      return consentProposals(act, scene)
    case "table_table_proposal":
      return tableTableProposal(act, scene)
    case "withdraw_table_proposal":
      return withdrawTableProposal(act, scene)
    case "consent_table_proposal":
      return consentTableProposals(act, scene)
    case "withdraw_row":
      return withdrawRow(act, scene)
    case "restore_row":
      return restoreRow(act, scene)
    case "agree_ad_referendum":
      return agreeAdReferendum(act, scene)
    case "agree":
      return agree(act, scene)
    case "reopen":
      return reopen(act, scene)
    case "park":
    case "unpark":
      return parkOrUnpark(act, scene)
    case "attest":
      return attest(act, scene)
    case "flag_divergence":
      return flagDivergence(act, scene)
    case "make_reserve":
      return makeReserve(act, scene)
    case "lift_reserve":
      return liftReserve(act, scene)
    case "freeze":
      return freeze(act, scene)
    case "unlock":
      return unlock(act, scene)
  }
}
