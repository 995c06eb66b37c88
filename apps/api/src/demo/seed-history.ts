import type { Bilingual, LivePlan, PartyCode, Priority, Reserve, Role } from "@alternat/plan"
import { proposalHash, tableProposalHash } from "@alternat/seal"
import type { NewEvent, NewRanking, NewRecordEntry } from "@alternat/store"
import { authorOf } from "./accounts.ts"

interface Point {
  readonly party: PartyCode | null
  readonly ref: { readonly kind: string; readonly id: string }
  readonly text: Bilingual
}
export interface DemoRound {
  readonly id: string
  readonly no: number
  readonly from: string
  readonly to: string
  readonly scripted?: boolean
  readonly tabled_by: PartyCode
  readonly title: Bilingual
  readonly tabled: readonly Point[]
  readonly agreed: readonly Point[]
}
export interface DemoHistory {
  readonly rounds: readonly DemoRound[]
  readonly betweenRounds: readonly { readonly at: string; readonly party: PartyCode; readonly text: Bilingual }[]
  readonly minutes: {
    readonly round_id: string
    readonly done_on: string
    readonly title: Bilingual
    readonly text: Bilingual
  }
  readonly reveal: {
    readonly commitments: Readonly<Record<PartyCode, { readonly committed_at: string }>>
    readonly revealed_at: string
  }
  readonly standsAt: { readonly at: string; readonly note: Bilingual }
}

/** Rounds, minutes and the rest that the secretary keeps. What is scripted lies ahead, and is no history. */
export function demoRecord(history: DemoHistory): readonly NewRecordEntry[] {
  const entries: NewRecordEntry[] = [
    ...past(history.rounds).map((round) => entry("round", `${round.to}T16:00:00.000Z`, round)),
    ...history.betweenRounds.map((item) => entry("between_rounds", `${item.at}T12:00:00.000Z`, item)),
    entry("agreed_minutes", `${history.minutes.done_on}T17:00:00.000Z`, history.minutes),
    entry("ranking_reveal", history.reveal.revealed_at, history.reveal),
    entry("stands_at", history.standsAt.at, history.standsAt),
  ]
  return entries.toSorted((a, b) => (a.at < b.at ? -1 : 1))
}

const past = (rounds: readonly DemoRound[]): readonly DemoRound[] => rounds.filter((round) => round.scripted !== true)
const entry = (kind: NewRecordEntry["kind"], at: string, value: object): NewRecordEntry => ({
  kind,
  at,
  value: value as Readonly<Record<string, unknown>>,
})

/** The story so far as events, in the order of its dates. */
export function demoEvents(history: DemoHistory, live: LivePlan, reserves: readonly Reserve[]): readonly NewEvent[] {
  const events: NewEvent[] = [
    ...past(history.rounds).flatMap(roundEvents),
    ...Object.entries(history.reveal.commitments).map(([party, { committed_at }]) =>
      event("commit_ranking", party, "head", committed_at, null, COMMITTED),
    ),
    event("reveal_rankings", null, null, history.reveal.revealed_at, null, REVEALED),
    ...live.proposals.map((p) => ({
      ...event("table_proposal", p.party, "head", p.openedAt, { type: "clause", id: p.clauseId }, PROPOSED),
      data: { proposal: p.id, hash: proposalHash(p) },
    })),
    ...live.tableProposals.map((p) => ({
      ...event(
        "table_table_proposal",
        p.party,
        "budget",
        p.openedAt,
        { type: "table_proposal", id: p.id },
        TABLE_PROPOSED,
      ),
      data: { proposal: p.id, hash: tableProposalHash(p) },
    })),
    ...reserves.map((r) => event("make_reserve", r.party, "legal", r.at, { type: "clause", id: r.clauseId }, r.reason)),
  ]
  return events.toSorted((a, b) => ((a.at ?? "") < (b.at ?? "") ? -1 : 1))
}

function roundEvents(round: DemoRound): readonly NewEvent[] {
  const subject = { type: "round", id: round.id }
  return [
    event("round_opened", round.tabled_by, "head", `${round.from}T09:00:00.000Z`, subject, round.title),
    ...round.tabled.map((point) =>
      event(
        "round_tabled",
        point.party,
        "head",
        `${round.from}T10:00:00.000Z`,
        point.ref && { type: point.ref.kind, id: point.ref.id },
        point.text,
      ),
    ),
    ...round.agreed.map((point) =>
      event(
        "round_agreed",
        point.party,
        null,
        `${round.to}T15:00:00.000Z`,
        { type: point.ref.kind, id: point.ref.id },
        point.text,
      ),
    ),
    event("round_closed", null, null, `${round.to}T16:00:00.000Z`, subject, round.title),
  ]
}

const event = (
  kind: string,
  party: PartyCode | null,
  role: Role | null,
  at: string,
  subject: NewEvent["subject"],
  summary: Bilingual,
): NewEvent => ({ kind, party, role, at, subject, summary })

const COMMITTED: Bilingual = {
  en: "Own ranking of the priorities sealed",
  ru: "Собственный порядок приоритетов запечатан",
}
const REVEALED: Bilingual = { en: "Both rankings of the priorities revealed", ru: "Оба порядка приоритетов раскрыты" }
const PROPOSED: Bilingual = { en: "Proposal tabled", ru: "Внесено предложение" }
const TABLE_PROPOSED: Bilingual = { en: "Proposal to a table tabled", ru: "Внесено предложение по таблице" }

/** Both sides' own ranks, which have been revealed. */
export const demoRankings = (priorities: readonly Priority[], { reveal }: DemoHistory): readonly NewRanking[] =>
  Object.entries(reveal.commitments).map(([party, { committed_at }]) => ({
    party,
    userId: authorOf(party, "head"),
    ranks: Object.fromEntries(
      priorities.flatMap(({ id, own_rank }) => (typeof own_rank[party] === "number" ? [[id, own_rank[party]]] : [])),
    ),
    reason: null,
    committedAt: committed_at,
    revealedAt: reveal.revealed_at,
  }))
