import type { ClauseStanding, RowStanding } from "@alternat/plan"

/** One clause's or line's standing as it is from now on, or the plan's status. Whole values: what is absent is gone. */
export type StandingChange =
  | { readonly type: "clause"; readonly clauseId: string; readonly standing: ClauseStanding }
  | { readonly type: "line"; readonly lineId: string; readonly standing: RowStanding }
  | { readonly type: "plan"; readonly status: "negotiation" | "frozen" | "signed" }
