import {
  type Actor,
  type Clause,
  type ClauseStanding,
  type Conformity,
  clauseStandingOf,
  conformityOf,
  type HashPair,
  isClosedClause,
  isEmptyText,
  isSamePair,
  type LivePlan,
  may,
  numberOf,
  type Proposal,
  pairKey,
  placeholdersOf,
  type Reserve,
  type Section,
  type ShownState,
  type Standing,
  shownState,
} from "@alternat/plan"
import { clausePair } from "@alternat/seal"

/** Why a clause can't be agreed as it stands. */
export type Bar = "proposals" | "reserve" | "placeholder" | "conformity" | "divergent" | "missing"

/** One clause as the page shows it: the text with everything that stands beside it. */
export interface ClauseView {
  readonly id: string
  /** printed number, `17.2`; null in the preamble and the signature block */
  readonly number: string | null
  /** what it is called: the number, or the section and the position */
  readonly position: number
  readonly clause: Clause
  readonly section: Section
  readonly standing: ClauseStanding
  readonly hash: HashPair
  readonly conformity: Conformity
  readonly state: ShownState
  /** open ones: on the clause itself, and new clauses proposed after it */
  readonly proposals: readonly Proposal[]
  readonly inserts: readonly Proposal[]
  readonly reserves: readonly Reserve[]
  readonly placeholders: readonly string[]
  readonly bars: readonly Bar[]
}

export interface SectionView {
  readonly section: Section
  readonly clauses: readonly ClauseView[]
  readonly state: ShownState
  readonly counts: OpenCounts
}

export interface OpenCounts {
  readonly brackets: number
  readonly reserves: number
  readonly placeholders: number
  /** clauses on which something is still open */
  readonly open: number
}

export interface PlanView {
  readonly sections: readonly SectionView[]
  readonly byId: ReadonlyMap<string, ClauseView>
  readonly order: readonly string[]
  /** ids of the clauses, section by section; the same object while the order stands */
  readonly groups: readonly (readonly string[])[]
  readonly counts: OpenCounts
  readonly proposalsByParty: Readonly<Record<string, number>>
}

const RANK: readonly ShownState[] = [
  "bracketed",
  "draft",
  "tabled",
  "under_negotiation",
  "parked",
  "agreed_ad_ref",
  "agreed",
  "conformed",
  "locked",
  "withdrawn",
]

const pairs = new WeakMap<Clause, HashPair>()
/** Hash pair of a clause value; a value never changes, so it is worked out once. */
export function pairOf(clause: Clause): HashPair {
  const known = pairs.get(clause)
  if (known !== undefined) return known
  const made = clausePair(clause)
  pairs.set(clause, made)
  return made
}

/** Makes the builder of views. It keeps the views whose parts did not change, so that unchanged clauses render nothing. */
export function createPlanViewer(): (live: LivePlan, standing: Standing) => PlanView {
  let before = new Map<string, ClauseView>()
  let groups: readonly (readonly string[])[] = []
  let order: readonly string[] = []
  return (live, standing) => {
    const byId = new Map<string, ClauseView>()
    const proposals = openByClause(live.proposals)
    const sections = live.plan.sections.map((section) => {
      let position = 0
      const clauses: ClauseView[] = []
      for (const clause of section.clauses) {
        const own = clauseStandingOf(standing, clause.id)
        if (own.state === "withdrawn") continue
        position += 1
        const next = clauseView(live, section, clause, own, position, proposals.get(clause.id) ?? [])
        const kept = before.get(clause.id)
        const view = kept !== undefined && isSameView(kept, next) ? kept : next
        byId.set(clause.id, view)
        clauses.push(view)
      }
      return { section, clauses, state: lowest(clauses), counts: countsOf(clauses) }
    })
    before = byId
    const ids = sections.map((section) => section.clauses.map((clause) => clause.id))
    if (JSON.stringify(ids) !== JSON.stringify(groups)) {
      groups = ids
      order = ids.flat()
    }
    const all = [...byId.values()]
    const proposalsByParty: Record<string, number> = {}
    for (const proposal of [...proposals.values()].flat()) {
      proposalsByParty[proposal.party] = (proposalsByParty[proposal.party] ?? 0) + 1
    }
    return { sections, byId, order, groups, counts: countsOf(all), proposalsByParty }
  }
}

function openByClause(proposals: readonly Proposal[]): ReadonlyMap<string, readonly Proposal[]> {
  const byClause = new Map<string, Proposal[]>()
  for (const proposal of proposals) {
    if (proposal.status !== "open") continue
    const list = byClause.get(proposal.clauseId)
    if (list === undefined) byClause.set(proposal.clauseId, [proposal])
    else list.push(proposal)
  }
  return byClause
}

function clauseView(
  live: LivePlan,
  section: Section,
  clause: Clause,
  standing: ClauseStanding,
  position: number,
  open: readonly Proposal[],
): ClauseView {
  const hash = pairOf(clause)
  const conformity = conformityOf(clause, standing, hash)
  const reserves = standing.reserves.filter((reserve) => reserve.liftedAt === null)
  const placeholders =
    section.kind === "signature" ? [] : [...new Set([...placeholdersOf(clause.en), ...placeholdersOf(clause.ru)])]
  const sectionNumber = numberOf(live.plan, section.id)
  return {
    id: clause.id,
    number: section.kind === "section" && sectionNumber !== null ? `${sectionNumber}.${position}` : null,
    position,
    clause,
    section,
    standing,
    hash,
    conformity,
    state: shownState(standing, open.filter((proposal) => proposal.kind !== "insert_after").length, conformity),
    proposals: open.filter((proposal) => proposal.kind !== "insert_after"),
    inserts: open.filter((proposal) => proposal.kind === "insert_after"),
    reserves,
    placeholders,
    bars: barsOf(clause, open, reserves, placeholders, conformity),
  }
}

function barsOf(
  clause: Clause,
  open: readonly Proposal[],
  reserves: readonly Reserve[],
  placeholders: readonly string[],
  conformity: Conformity,
): readonly Bar[] {
  const bars: Bar[] = []
  if (isEmptyText(clause.en) || isEmptyText(clause.ru)) bars.push("missing")
  else if (conformity === "divergent") bars.push("divergent")
  else if (conformity !== "in_sync" && conformity !== "confirmed_one") bars.push("conformity")
  if (open.length > 0) bars.push("proposals")
  if (placeholders.length > 0) bars.push("placeholder")
  if (reserves.length > 0) bars.push("reserve")
  return bars
}

const isSameView = (a: ClauseView, b: ClauseView): boolean =>
  a.clause === b.clause &&
  a.standing === b.standing &&
  a.number === b.number &&
  a.position === b.position &&
  a.section.heading === b.section.heading &&
  isSameList(a.proposals, b.proposals) &&
  isSameList(a.inserts, b.inserts)
const isSameList = (a: readonly unknown[], b: readonly unknown[]): boolean =>
  a.length === b.length && a.every((item, index) => item === b[index])

const lowest = (clauses: readonly ClauseView[]): ShownState =>
  clauses.reduce<ShownState>(
    (low, view) => (RANK.indexOf(view.state) < RANK.indexOf(low) ? view.state : low),
    "withdrawn",
  )

/** Is anything on this clause still to be settled? */
export const isOpen = (view: ClauseView): boolean =>
  ["tabled", "under_negotiation", "bracketed", "parked"].includes(view.state) ||
  view.inserts.length > 0 ||
  view.reserves.length > 0 ||
  view.placeholders.length > 0 ||
  view.conformity === "divergent"

const countsOf = (clauses: readonly ClauseView[]): OpenCounts => ({
  brackets:
    clauses.filter((view) => view.state === "bracketed").length + clauses.filter((v) => v.inserts.length > 0).length,
  reserves: clauses.reduce((sum, view) => sum + view.reserves.length, 0),
  placeholders: clauses.reduce((sum, view) => sum + view.placeholders.length, 0),
  open: clauses.filter(isOpen).length,
})

export type BulkAct = "attest" | "agree_ad_referendum" | "agree" | "park" | "unpark" | "reopen"
export const BULK_ACTS: readonly BulkAct[] = ["attest", "agree_ad_referendum", "agree", "park", "unpark", "reopen"]

/** May this person do this to this clause now? The server decides again; this only chooses what to offer. */
export function isReadyFor(act: BulkAct, view: ClauseView, actor: Actor): boolean {
  if (!may(actor, act) || actor.party === null) return false
  const { standing } = view
  const has = (to: "agreed_ad_ref" | "agreed") =>
    standing.consents.some(
      (consent) => consent.party === actor.party && consent.to === to && consent.hash === pairKey(view.hash),
    )
  switch (act) {
    case "attest":
      return (
        standing.state !== "locked" &&
        !view.bars.includes("missing") &&
        !standing.attestations.some((one) => one.party === actor.party && isSamePair(one.hash, view.hash))
      )
    case "agree_ad_referendum":
      return (
        (standing.state === "tabled" || standing.state === "under_negotiation") &&
        view.bars.every((bar) => bar === "reserve") &&
        !has("agreed_ad_ref")
      )
    case "agree":
      return standing.state === "agreed_ad_ref" && !view.bars.includes("reserve") && !has("agreed")
    case "park":
      return !isClosedClause(standing.state)
    case "unpark":
      return standing.state === "parked"
    case "reopen":
      return standing.state === "agreed_ad_ref" || standing.state === "agreed"
  }
}
