import type {
  Attestation,
  Clause,
  ClauseStanding,
  ClauseState,
  ClauseText,
  Conformity,
  HashPair,
  PartyCode,
  PlanDocument,
  Reserve,
  RowStanding,
  Standing,
} from "@alternat/plan"
import { clausePair } from "@alternat/seal"

/** How a clause stands in the demo's data. */
export interface DemoClauseState {
  readonly state: ClauseState
  readonly conformity: Conformity
  /** the pair that was attested before one text changed */
  readonly attested: { readonly en: ClauseText; readonly ru: ClauseText } | null
}

/** The third round ended on this day; what was agreed in it stands since then. */
const ROUND_3_END = "2009-10-30T16:00:00.000Z"
const FIRST_DRAFT = "2009-09-18T16:00:00.000Z"
const ATTESTED: Readonly<Record<string, string>> = { US: "2009-11-02T14:20:00.000Z", RU: "2009-11-02T09:10:00.000Z" }
const DIVERGENCE_NOTE =
  "Английское may inspect — это право, а «проверяет» читается как обязательное действие при каждом визите."

/** Agreed ad referendum in the third round, as its minutes say. */
const AD_REFERENDUM_LINES: ReadonlySet<string> = new Set(["L08", "L09", "L10"])

export function demoStanding(
  plan: PlanDocument,
  states: ReadonlyMap<string, DemoClauseState>,
  reserves: readonly Reserve[],
): Omit<Standing, "planId" | "rulesRev"> {
  const parties = plan.parties.map((party) => party.code)
  const clauses = plan.sections.flatMap((section) => section.clauses)
  return {
    status: "negotiation",
    clauses: Object.fromEntries(
      clauses.map((clause) => [clause.id, clauseStanding(clause, states.get(clause.id), parties, reserves)]),
    ),
    lines: Object.fromEntries(plan.tables.cost_lines.map((line) => [line.id, lineStanding(line.id)])),
    version: null,
  }
}

function clauseStanding(
  clause: Clause,
  known: DemoClauseState | undefined,
  parties: readonly PartyCode[],
  reserves: readonly Reserve[],
): ClauseStanding {
  const { state, conformity, attested } = known ?? { state: "tabled", conformity: "unconfirmed", attested: null }
  const hash = clausePair(clause)
  return {
    state,
    since: state === "tabled" ? FIRST_DRAFT : ROUND_3_END,
    attestations: attestations(conformity, hash, attested ? clausePair({ ...clause, ...attested }) : null, parties),
    divergence:
      conformity === "divergent" ? { party: "RU", hash, note: DIVERGENCE_NOTE, at: "2009-11-02T09:30:00.000Z" } : null,
    reserves: reserves.filter((reserve) => reserve.clauseId === clause.id),
    consents: [],
    reopened: null,
  }
}

/** What the translators must have attested for the conformity to be what the data says it is. */
function attestations(
  conformity: Conformity,
  now: HashPair,
  earlier: HashPair | null,
  parties: readonly PartyCode[],
): readonly Attestation[] {
  const by = (party: PartyCode, hash: HashPair): Attestation => ({ party, hash, at: ATTESTED[party] ?? ROUND_3_END })
  switch (conformity) {
    case "in_sync":
      return parties.map((party) => by(party, now))
    case "confirmed_one":
      return parties.slice(0, 1).map((party) => by(party, now))
    case "en_changed":
    case "ru_changed":
    case "both_changed":
      return earlier ? parties.map((party) => by(party, earlier)) : []
    case "empty_en":
    case "empty_ru":
    case "unconfirmed":
    case "divergent":
      return []
  }
}

const lineStanding = (lineId: string): RowStanding => ({
  state: AD_REFERENDUM_LINES.has(lineId) ? "agreed_ad_ref" : "under_negotiation",
  since: ROUND_3_END,
  consents: [],
})
