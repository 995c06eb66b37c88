import { type FollowedProposal, followProposal, type Proposal } from "@alternat/plan"
import { mergeTexts } from "@alternat/text"
import { type ClauseView, pairOf } from "./plan-view.ts"

const known = new WeakMap<Proposal, { readonly clause: ClauseView["clause"]; readonly followed: FollowedProposal }>()

/** A proposal beside the text as it stands now. Both are values that never change, so it is worked out once for a pair. */
export function followedOf(proposal: Proposal, { clause }: Pick<ClauseView, "clause">): FollowedProposal {
  const found = known.get(proposal)
  if (found !== undefined && found.clause === clause) return found.followed
  const followed = followProposal(proposal, clause, pairOf(clause), mergeTexts)
  known.set(proposal, { clause, followed })
  return followed
}
