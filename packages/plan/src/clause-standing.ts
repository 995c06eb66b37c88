import type { StandingChange } from "./act-effects.ts"
import type { ClauseText } from "./clause-text.ts"
import type { LivePlan, Proposal } from "./plan-document.ts"
import type {
  ClauseStanding,
  ClauseState,
  Conformity,
  EditRules,
  HashPair,
  RowStanding,
  ShownState,
  Standing,
} from "./standing.ts"
import { isSamePair } from "./standing.ts"

/** A clause or line nobody has acted on yet. */
export const freshClauseStanding = (since: string, state: ClauseState = "tabled"): ClauseStanding => ({
  state,
  since,
  attestations: [],
  divergence: null,
  reserves: [],
  consents: [],
  reopened: null,
})
export const freshRowStanding = (since: string): RowStanding => ({ state: "under_negotiation", since, consents: [] })

const EPOCH = "1970-01-01T00:00:00Z"
const NEW_CLAUSE = freshClauseStanding(EPOCH)
const NEW_LINE = freshRowStanding(EPOCH)

/** Standing of a clause; one that isn't on record yet is simply tabled. */
export const clauseStandingOf = (standing: Standing, clauseId: string): ClauseStanding =>
  standing.clauses[clauseId] ?? NEW_CLAUSE
export const lineStandingOf = (standing: Standing, lineId: string): RowStanding => standing.lines[lineId] ?? NEW_LINE

/** No words at all: blanks do not make a text. */
export const isEmptyText = (text: ClauseText): boolean =>
  text.every((block) =>
    ("p" in block ? [block.p] : block.list).every((inlines) =>
      inlines.every((inline) =>
        typeof inline === "string" ? inline.trim() === "" : "em" in inline && inline.em.trim() === "",
      ),
    ),
  )

/**
 * How far the two languages are known to say the same. A divergence holds for the pair it was flagged on: once a text
 * moves, only a new attestation counts.
 */
export const conformityOf = (
  clause: { readonly en: ClauseText; readonly ru: ClauseText },
  standing: ClauseStanding,
  hash: HashPair,
): Conformity => {
  if (isEmptyText(clause.en)) return "empty_en"
  if (isEmptyText(clause.ru)) return "empty_ru"
  if (standing.divergence !== null && isSamePair(standing.divergence.hash, hash)) return "divergent"
  const attesting = new Set(
    standing.attestations.filter((attestation) => isSamePair(attestation.hash, hash)).map((one) => one.party),
  )
  if (attesting.size >= 2) return "in_sync"
  if (attesting.size === 1) return "confirmed_one"
  const last = standing.attestations.toSorted((a, b) => (a.at < b.at ? 1 : a.at > b.at ? -1 : 0))[0]
  if (last === undefined) return "unconfirmed"
  if (last.hash.en !== hash.en && last.hash.ru !== hash.ru) return "both_changed"
  return last.hash.en !== hash.en ? "en_changed" : "ru_changed"
}

/** Open proposals on a clause, a proposal to insert after it included. */
export const openProposalsOn = (proposals: readonly Proposal[], clauseId: string): readonly Proposal[] =>
  proposals.filter((proposal) => proposal.clauseId === clauseId && proposal.status === "open")

/** What is drawn: *bracketed* while proposals are open on it, *conformed* once agreed in two languages. */
export const shownState = (standing: ClauseStanding, openProposals: number, conformity: Conformity): ShownState => {
  const isOpen = standing.state === "tabled" || standing.state === "under_negotiation"
  if (isOpen && openProposals > 0) return "bracketed"
  return standing.state === "agreed" && conformity === "in_sync" ? "conformed" : standing.state
}

const CLOSED: ReadonlySet<ClauseState> = new Set(["agreed_ad_ref", "agreed", "locked", "parked", "withdrawn"])
export const isClosedClause = (state: ClauseState): boolean => CLOSED.has(state)
export const isClosedLine = (state: RowStanding["state"]): boolean => state !== "under_negotiation"

/** What the guard needs: what is closed, and under which revision of the rules. */
export const editRulesOf = (standing: Standing): EditRules => ({
  rev: standing.rulesRev,
  frozen: standing.status !== "negotiation",
  closedClauses: new Set(Object.keys(standing.clauses).filter((id) => isClosedClause(standing.clauses[id]!.state))),
  closedLines: new Set(Object.keys(standing.lines).filter((id) => isClosedLine(standing.lines[id]!.state))),
})

/** The first edit or proposal brings a tabled clause under negotiation. */
export const afterEdit = (standing: Standing, clauseId: string, now: string): readonly StandingChange[] => {
  const own = clauseStandingOf(standing, clauseId)
  if (own.state !== "tabled") return []
  return [{ type: "clause", clauseId, standing: { ...own, state: "under_negotiation", since: now } }]
}

/** The standing after these changes. */
export const applyStanding = (standing: Standing, changes: readonly StandingChange[]): Standing =>
  changes.reduce((sofar, change): Standing => {
    switch (change.type) {
      case "clause":
        return { ...sofar, clauses: { ...sofar.clauses, [change.clauseId]: change.standing } }
      case "line":
        return { ...sofar, lines: { ...sofar.lines, [change.lineId]: change.standing } }
      case "plan":
        return { ...sofar, status: change.status }
      case "unlock":
        return sofar.version === null
          ? sofar
          : { ...sofar, version: { ...sofar.version, unlockConsents: change.consents } }
    }
  }, standing)

export interface OpenItems {
  readonly clauses: number
  readonly openProposals: number
  readonly openTableProposals: number
  readonly reserves: number
  readonly placeholders: number
  readonly parked: number
  readonly divergent: number
  readonly byState: Readonly<Record<string, number>>
  /** open proposals by party, and by section */
  readonly byParty: Readonly<Record<string, number>>
  readonly bySection: Readonly<Record<string, number>>
}

const tally = (counts: Record<string, number>, key: string): void => {
  counts[key] = (counts[key] ?? 0) + 1
}

/** The counters of everything still open. `hashOf` gives the current pair of each clause. */
export const openItemsOf = (
  live: LivePlan,
  standing: Standing,
  hashOf: (clause: LivePlan["plan"]["sections"][number]["clauses"][number]) => HashPair,
): OpenItems => {
  const byState: Record<string, number> = {}
  const byParty: Record<string, number> = {}
  const bySection: Record<string, number> = {}
  const counts = { clauses: 0, openProposals: 0, reserves: 0, placeholders: 0, parked: 0, divergent: 0 }
  for (const section of live.plan.sections) {
    for (const clause of section.clauses) {
      const own = clauseStandingOf(standing, clause.id)
      if (own.state === "withdrawn") continue
      const open = openProposalsOn(live.proposals, clause.id)
      const conformity = conformityOf(clause, own, hashOf(clause))
      counts.clauses += 1
      counts.openProposals += open.length
      for (const proposal of open) {
        tally(byParty, proposal.party)
        tally(bySection, section.id)
      }
      counts.reserves += own.reserves.filter((reserve) => reserve.liftedAt === null).length
      counts.placeholders += section.kind === "signature" ? 0 : placeholdersOf(clause.en).length
      counts.parked += own.state === "parked" ? 1 : 0
      counts.divergent += conformity === "divergent" ? 1 : 0
      tally(byState, shownState(own, open.length, conformity))
    }
  }
  const tables = live.tableProposals.filter((proposal) => proposal.status === "open")
  for (const proposal of tables) tally(byParty, proposal.party)
  return { ...counts, openTableProposals: tables.length, byState, byParty, bySection }
}

/** Keys of the placeholders a text still holds, in order. */
export const placeholdersOf = (text: ClauseText): readonly string[] =>
  text.flatMap((block) =>
    ("p" in block ? [block.p] : block.list).flatMap((inlines) =>
      inlines.flatMap((inline) =>
        typeof inline === "object" && "field" in inline && inline.field === "placeholder" ? [inline.key] : [],
      ),
    ),
  )
