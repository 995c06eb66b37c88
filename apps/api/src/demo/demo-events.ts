import type { Bilingual, Demo, PartyCode, Reserve, Role } from "@alternat/plan"
import { proposalHash, tableProposalHash } from "@alternat/seal"
import type { NewEvent } from "@alternat/store"

/** A point of a round, as the record keeps it. */
interface Point {
  readonly party: PartyCode | null
  readonly ref: { readonly kind: string; readonly id: string }
  readonly text: Bilingual
}
interface Round {
  readonly id: string
  readonly from: string
  readonly to: string
  readonly tabled_by: PartyCode
  readonly title: Bilingual
  readonly tabled: readonly Point[]
  readonly agreed: readonly Point[]
}

/** The story so far as events, in the order of its dates: rounds, rankings, proposals and reserves. */
export function demoEvents(demo: Demo): readonly NewEvent[] {
  const reserves = Object.values(demo.standing.clauses).flatMap((standing) => standing.reserves)
  const rounds = demo.record.flatMap((entry) => (entry.kind === "round" ? [entry.value as unknown as Round] : []))
  return [
    ...rounds.flatMap(roundEvents),
    ...rankingEvents(demo),
    ...proposalEvents(demo),
    ...reserves.map(reserveEvent),
  ].toSorted((a, b) => ((a.at ?? "") < (b.at ?? "") ? -1 : 1))
}

function roundEvents({ id, from, to, tabled_by, title, tabled, agreed }: Round): readonly NewEvent[] {
  const subject = { type: "round", id }
  const about = ({ ref }: Point) => ({ type: ref.kind, id: ref.id })
  return [
    event("round_opened", tabled_by, "head", `${from}T09:00:00.000Z`, subject, title),
    ...tabled.map((p) => event("round_tabled", p.party, "head", `${from}T10:00:00.000Z`, about(p), p.text)),
    ...agreed.map((p) => event("round_agreed", p.party, null, `${to}T15:00:00.000Z`, about(p), p.text)),
    event("round_closed", null, null, `${to}T16:00:00.000Z`, subject, title),
  ]
}

function rankingEvents({ rankings }: Demo): readonly NewEvent[] {
  const sealed = rankings.map(({ party, committedAt }) =>
    event("commit_ranking", party, "head", committedAt, null, {
      en: "Own ranking of the priorities sealed",
      ru: "Собственный порядок приоритетов запечатан",
    }),
  )
  const [first] = rankings
  if (!first) return sealed
  const summary = { en: "Both rankings of the priorities revealed", ru: "Оба порядка приоритетов раскрыты" }
  return [...sealed, event("reveal_rankings", null, null, first.revealedAt, null, summary)]
}

const proposalEvents = ({ proposals, tableProposals }: Demo): readonly NewEvent[] => [
  ...proposals.map((p) => ({
    ...event("table_proposal", p.party, "head", p.openedAt, { type: "clause", id: p.clauseId }, PROPOSED),
    data: { proposal: p.id, hash: proposalHash(p) },
  })),
  ...tableProposals.map((p) => ({
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
]
const PROPOSED: Bilingual = { en: "Proposal tabled", ru: "Внесено предложение" }
const TABLE_PROPOSED: Bilingual = { en: "Proposal to a table tabled", ru: "Внесено предложение по таблице" }

const reserveEvent = ({ party, at, clauseId, reason }: Reserve): NewEvent =>
  event("make_reserve", party, "legal", at, { type: "clause", id: clauseId }, reason)

const event = (
  kind: string,
  party: PartyCode | null,
  role: Role | null,
  at: string,
  subject: NewEvent["subject"],
  summary: Bilingual,
): NewEvent => ({ kind, party, role, at, subject, summary })
