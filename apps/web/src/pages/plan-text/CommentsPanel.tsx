import { Button } from "../../ui/index.ts"
import { BegunComments } from "./BegunComments.tsx"
import { Compose } from "./Compose.tsx"
import { nameOf, usePlanText } from "./context.ts"
import { ThreadsByClause } from "./ThreadList.tsx"

/** Shared threads of the section one is in: open ones, and behind a button those that are resolved. */
export function CommentsPanel() {
  const page = usePlanText()
  const { say, hand, view, threadCounts } = page
  const active = hand.active === null ? null : (view.byId.get(hand.active) ?? null)
  const section = active?.section ?? null
  const counts = [...threadCounts.shared.values()].filter(
    ({ clauseId }) => section === null || view.byId.get(clauseId)?.section.id === section.id,
  )
  return (
    <>
      <p className="rn">{say("pt.shared")}</p>
      {hand.composing !== null && hand.composing.audience === "shared" && <Compose composing={hand.composing} />}
      <BegunComments audience="shared" />
      <ThreadsByClause key={section?.id ?? ""} counts={counts} audience="shared" />
      {counts.every((count) => count.open === 0) && hand.composing === null && (
        <div className="em">
          <h3>{say("pt.noThreads")}</h3>
          {page.actor.party !== null && <p>{say("pt.noThreads.hint")}</p>}
          {active !== null && page.actor.party !== null && (
            <Button
              small
              onPress={() =>
                page.setHand({ composing: { target: { type: "clause", clauseId: active.id }, audience: "shared" } })
              }
            >
              {say("pt.commentOn", { number: nameOf(active, say) })}
            </Button>
          )}
        </div>
      )}
    </>
  )
}
