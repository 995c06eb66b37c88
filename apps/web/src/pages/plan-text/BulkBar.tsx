import { may } from "@alternat/plan"
import { Button } from "../../ui/index.ts"
import { usePlanText } from "./context.ts"
import { BULK_ACTS, type BulkAct, isReadyFor } from "./plan-view.ts"

const WORD: Readonly<Record<BulkAct, "attest" | "agreeAdRef" | "agree" | "park" | "unpark" | "reopen">> = {
  attest: "attest",
  agree_ad_referendum: "agreeAdRef",
  agree: "agree",
  park: "park",
  unpark: "unpark",
  reopen: "reopen",
}

/** Acts on many clauses at once. Each button says how many of the chosen ones it would reach; the server takes all or none. */
export function BulkBar() {
  const page = usePlanText()
  const { say, hand, setHand, view, actor, acts } = page
  if (!hand.isPicking) return null
  const picked = view.order.flatMap((id) => (hand.picked.has(id) ? (view.byId.get(id) ?? []) : []))
  const offered = BULK_ACTS.filter((act) => may(actor, act)).map((act) => ({
    act,
    ready: picked.filter((one) => isReadyFor(act, one, actor)),
  }))
  const best = Math.max(0, ...offered.map(({ ready }) => ready.length))
  return (
    <div className="bulk" role="toolbar" aria-label={say("pt.bulk.toolbar")}>
      <b aria-live="polite">{say("pt.bulk.selected", { count: picked.length })}</b>
      <Button small onPress={() => setHand({ picked: new Set(view.order) })}>
        {say("pt.bulk.all")}
      </Button>
      <Button small onPress={() => setHand({ picked: new Set() })}>
        {say("pt.bulk.none")}
      </Button>
      {offered
        .filter(({ ready }) => ready.length > 0)
        .map(({ act, ready }) => (
          <Button
            key={act}
            small
            look={ready.length === best && act !== "reopen" && act !== "park" ? "ink" : "plain"}
            isDisabled={acts.isBusy}
            onPress={() => page.bulk(act, ready)}
          >
            {say("pt.bulk.act", { act: say(`pt.act.${WORD[act]}`), count: ready.length })}
          </Button>
        ))}
      {best > 0 && best < picked.length && (
        <span className="dim">{say("pt.bulk.skipped", { count: picked.length - best })}</span>
      )}
      <span className="end">
        <Button small onPress={() => setHand({ isPicking: false, picked: new Set() })}>
          {say("pt.bulk.done")}
        </Button>
      </span>
    </div>
  )
}
