import type { HashPort } from "../hash-port.ts"
import type { PartyCode } from "../party.ts"
import type { Clause, PlanDocument } from "../plan-document.ts"
import type { Attestation, ClauseStanding, HashPair, Reserve, Standing } from "../standing.ts"
import type { DemoClauseState } from "./demo.ts"
import type { RawReserve, TextFile } from "./files.ts"
import { bothTexts } from "./load-plan.ts"

/** The third round ended on this day; what was agreed in it stands since then. */
const FIRST_DRAFT = "2009-09-18T16:00:00.000Z"
const ROUND_3_END = "2009-10-30T16:00:00.000Z"
/** after the text of the third round was circulated, before the story opens */
const ATTESTED_ON = "2009-11-02T14:00:00.000Z"
const FLAGGED_ON = "2009-11-03T09:30:00.000Z"

/** From the sequel: what the conforming found, and what will settle it. */
const DIVERGENCE_NOTE =
  "EN “may inspect” is a right; RU «проверяет» reads as a duty. / Английское may inspect — право, «проверяет» читается как обязанность."

/** Agreed ad referendum in the third round, as its minutes say. */
const AD_REFERENDUM_LINES: ReadonlySet<string> = new Set(["L08", "L09", "L10"])

/** What the data says of each clause. */
export const clauseStatesOf = (text: TextFile): ReadonlyMap<string, DemoClauseState> => {
  const clauses = [...text.sections, text.annex8, text.signature].flatMap((section) => section.clauses)
  return new Map(
    clauses.map(({ id, state, conformity, attested }) => [
      id,
      { state, conformity, attested: attested === undefined ? null : bothTexts(attested) },
    ]),
  )
}

export const demoStanding = (
  plan: PlanDocument,
  states: ReadonlyMap<string, DemoClauseState>,
  reserves: readonly RawReserve[],
  hashes: HashPort,
): Omit<Standing, "planId" | "rulesRev"> => {
  const parties = plan.parties.map((party) => party.code)
  const clauses = plan.sections.flatMap((section) => section.clauses)
  return {
    status: "negotiation",
    clauses: Object.fromEntries(
      clauses.map((clause) => [clause.id, standingOf(clause, states.get(clause.id), parties, reserves, hashes)]),
    ),
    lines: Object.fromEntries(
      plan.tables.cost_lines.map(({ id }) => [
        id,
        {
          state: AD_REFERENDUM_LINES.has(id) ? "agreed_ad_ref" : "under_negotiation",
          since: ROUND_3_END,
          consents: [],
        },
      ]),
    ),
    version: null,
  }
}

const standingOf = (
  clause: Clause,
  known: DemoClauseState | undefined,
  parties: readonly PartyCode[],
  reserves: readonly RawReserve[],
  hashes: HashPort,
): ClauseStanding => {
  const state = known?.state ?? "tabled"
  const hash = hashes.clausePair(clause)
  const earlier = known?.attested ? hashes.clausePair({ ...clause, ...known.attested }) : null
  return {
    state,
    since: state === "tabled" ? FIRST_DRAFT : ROUND_3_END,
    attestations: attestationsOf(known, hash, earlier, parties),
    divergence:
      known?.conformity === "divergent"
        ? { party: parties[1] ?? "", hash, note: DIVERGENCE_NOTE, at: FLAGGED_ON }
        : null,
    reserves: reserves.filter((one) => one.clause === clause.id).map(toReserve),
    consents: [],
    reopened: null,
  }
}

const toReserve = ({ clause, party, kind, reason, due }: RawReserve): Reserve => ({
  id: `r-${clause}-${party}`,
  clauseId: clause,
  party,
  kind,
  reason,
  due,
  at: ROUND_3_END,
  liftedAt: null,
})

/** What the translators must have attested for the conformity to be what the data says it is. */
const attestationsOf = (
  known: DemoClauseState | undefined,
  now: HashPair,
  earlier: HashPair | null,
  parties: readonly PartyCode[],
): readonly Attestation[] => {
  const by = (codes: readonly PartyCode[], hash: HashPair) => codes.map((party) => ({ party, hash, at: ATTESTED_ON }))
  switch (known?.conformity) {
    case "in_sync":
      return by(parties, now)
    case "confirmed_one":
      return by(parties.slice(0, 1), now)
    case "en_changed":
    case "ru_changed":
    case "both_changed":
      return earlier === null ? [] : by(parties, earlier)
    default:
      return []
  }
}
