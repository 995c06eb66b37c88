import type { Proposal, TextEffect } from "@alternat/plan"
import type { WireStep } from "./wire-step.ts"

/** What the `n`th act of a run writes into the plan; closing and opening write nothing. */
export function effectsOf(
  act: Extract<WireStep, { do: "act" }>["act"],
  clauseId: string,
  n: number,
): readonly TextEffect[] {
  const words = [{ p: [`Act ${n}.`] }]
  if (act === "rewrite") return [{ type: "clause_text", clauseId, en: words, ru: words, dropAlternat: false }]
  if (act !== "propose") return []
  const proposal: Proposal = {
    id: `p${n}`,
    clauseId,
    party: "US",
    kind: "replace",
    base: { en: "0", ru: "0" },
    status: "open",
    en: words,
    ru: words,
    note: null,
    openedAt: "2009-11-05T00:00:00Z",
    closedAt: null,
  }
  return [{ type: "put_proposal", proposal }]
}
