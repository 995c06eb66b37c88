import type { ActInput, ActReply, Problem } from "@alternat/plan"
import { useCallback, useMemo, useState } from "react"
import { isApiError, NETWORK_PROBLEM, useAct } from "../../api/index.ts"

/** What came of the last act, shown where the person is until they put it away. */
export type Outcome =
  | { readonly type: "refused"; readonly problem: Problem; readonly clauseIds: readonly string[] }
  | { readonly type: "done"; readonly reply: ActReply; readonly act: ActInput["act"] }

export interface Acts {
  readonly outcome: Outcome | null
  readonly isBusy: boolean
  /** resolves to true when the server recorded it */
  run(act: ActInput): Promise<boolean>
  clear(): void
}

/** One act at a time, with what came of it. */
export function useActs(planId: string): Acts {
  const { mutateAsync, isPending } = useAct(planId)
  const [outcome, setOutcome] = useState<Outcome | null>(null)
  const run = useCallback(
    async (act: ActInput) => {
      setOutcome(null)
      try {
        setOutcome({ type: "done", reply: await mutateAsync(act), act: act.act })
        return true
      } catch (error) {
        const problem = isApiError(error) ? error.problem : NETWORK_PROBLEM
        setOutcome({ type: "refused", problem, clauseIds: clausesOf(act) })
        return false
      }
    },
    [mutateAsync],
  )
  const clear = useCallback(() => setOutcome(null), [])
  return useMemo(() => ({ outcome, isBusy: isPending, run, clear }), [outcome, isPending, run, clear])
}

function clausesOf(act: ActInput): readonly string[] {
  if ("clauseId" in act && typeof act.clauseId === "string") return [act.clauseId]
  return "clauses" in act ? (act.clauses ?? []).map((item) => item.clauseId) : []
}
