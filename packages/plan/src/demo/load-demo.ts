import { addDays } from "../days.ts"
import type { HashPort } from "../hash-port.ts"
import type { PartyCode } from "../party.ts"
import type { PlanDocument, Proposal, TableProposal } from "../plan-document.ts"
import { tableProposalBase } from "../table-proposals.ts"
import type { Demo, DemoAuthor, DemoCaucus, DemoNote, DemoRanking, DemoRecordEntry, DemoThread } from "./demo.ts"
import type { DemoFiles, RawCaucusEntry, RawCellThread, RawComment, RawCostProposal, TablesFile } from "./files.ts"
import { bothTexts, loadPlan } from "./load-plan.ts"
import { clauseStatesOf, demoStanding } from "./load-standing.ts"

/**
 * The demo out of its three files. Days count back from the story date; entries of one day follow one another by the
 * hour. `scripted` is what lies ahead of the story, so it is handed over but is no history.
 */
export const loadDemo = (files: DemoFiles, hashes: HashPort): Demo => {
  const { text, tables } = files
  const plan = loadPlan(files)
  const clauseStates = clauseStatesOf(text)
  const comments = [
    ...text.comments.map((raw) => textThread(raw, text.story_date)),
    ...tables.cost_comments.map(cellThread),
    ...Object.entries(text.caucus).flatMap(([party, entries]) => caucusThreads(party, entries, text.story_date)),
  ]
  const caucus = Object.fromEntries(
    text.parties.map(({ code }) => [code, loadCaucus(code, text.caucus[code] ?? [], files, plan)]),
  )
  return {
    storyDate: text.story_date,
    plan,
    proposals: loadProposals(files, plan, hashes),
    tableProposals: loadTableProposals(tables, plan, hashes),
    standing: demoStanding(plan, clauseStates, text.reserves, hashes),
    clauseStates,
    comments: comments.toSorted((a, b) => ((a.entries[0]?.at ?? "") < (b.entries[0]?.at ?? "") ? -1 : 1)),
    caucus,
    record: loadRecord(tables),
    rankings: loadRankings(
      tables,
      text.parties.map((party) => party.code),
    ),
    authors: authorsOf(comments, caucus),
    scripted: { rounds: tables.rounds.filter((round) => round.scripted === true), sequel: tables.sequel },
    expected: {
      convergence: tables.ranking_reveal.expected,
      effects: Object.fromEntries(tables.cost_proposals.map((one) => [one.id, one.effect])),
      current: Object.fromEntries(tables.cost_proposals.flatMap((one) => (one.current ? [[one.id, one.current]] : []))),
    },
  }
}

const at = (storyDate: string, daysAgo: number, hour: number): string =>
  `${addDays(storyDate, -daysAgo)}T${String(Math.min(8 + hour, 22)).padStart(2, "0")}:00:00.000Z`

const loadProposals = ({ text }: DemoFiles, plan: PlanDocument, hashes: HashPort): readonly Proposal[] => {
  const clauses = new Map(plan.sections.flatMap((section) => section.clauses.map((clause) => [clause.id, clause])))
  return text.proposals.flatMap((raw, index): Proposal[] => {
    const clause = clauses.get(raw.clause)
    if (clause === undefined) return []
    const { id, party, kind, note } = raw
    const openedAt = at(text.story_date, raw.age_days, index % 8)
    const base = hashes.clausePair(clause)
    return [
      {
        id,
        clauseId: raw.clause,
        party,
        kind,
        base,
        baseText: { en: clause.en, ru: clause.ru },
        status: "open",
        ...bothTexts(raw),
        note,
        openedAt,
        closedAt: null,
      },
    ]
  })
}

const loadTableProposals = (tables: TablesFile, plan: PlanDocument, hashes: HashPort): readonly TableProposal[] => {
  const described = [
    ...tables.cost_proposals.map((raw) => ({ ...raw, value: valueOf(raw) })),
    ...tables.joint_rank_proposals.map((raw) => ({
      ...raw,
      kind: "joint_rank" as const,
      value: { ranks: raw.ranks },
      reason: raw.note,
    })),
  ]
  return described.map(({ id, party, kind, status, value, reason, opened_at: openedAt }) => ({
    id,
    party,
    kind,
    status,
    value,
    base: tableProposalBase(plan, { kind, value }, hashes),
    reason,
    openedAt,
    closedAt: null,
  }))
}

// The file keeps a proposal's target beside its value; ours is one value, so that one hash names all of it.
const valueOf = (raw: RawCostProposal): Readonly<Record<string, unknown>> => {
  const {
    kind,
    plan_year,
    line_ids,
    line_id,
    amount_party: party,
    comment_thread_id,
    workstream_id,
    priority_ids,
  } = raw
  if (kind === "ramp_share") return { plan_year, line_ids, ...raw.value }
  if (kind === "new_line") return { line: raw.value, workstream_id, priority_ids }
  return { line_id, plan_year, party, ...raw.value, ...(comment_thread_id === undefined ? {} : { comment_thread_id }) }
}

const textThread = (raw: RawComment, storyDate: string): DemoThread => ({
  id: null,
  target: { type: "selection", clauseId: raw.clause, lang: raw.lang, quote: raw.quote, anchor: null },
  audience: "shared",
  due: raw.due,
  status: raw.resolved ? "resolved" : "open",
  resolved: null,
  entries: raw.thread.map(({ party, role, text, days_ago }, index) => ({
    party,
    role,
    at: at(storyDate, days_ago, index),
    lang: null,
    text,
  })),
})

const cellThread = (raw: RawCellThread): DemoThread => ({
  id: raw.id,
  target: {
    type: "cell",
    table: "cost_lines",
    rowId: raw.cell.line_id,
    cell: `year:${raw.cell.plan_year}:${raw.cell.party}`,
  },
  audience: raw.audience,
  due: raw.due,
  status: raw.status,
  resolved: raw.resolved,
  entries: raw.thread,
})

const caucusThreads = (
  party: PartyCode,
  entries: readonly RawCaucusEntry[],
  storyDate: string,
): readonly DemoThread[] =>
  entries
    .filter((entry) => entry.kind === "comment")
    .map(({ clause, role, days_ago, text }, index) => ({
      id: null,
      target: { type: "clause", clauseId: clause },
      audience: party,
      due: null,
      status: "open",
      resolved: null,
      entries: [{ party, role, at: at(storyDate, days_ago, index), lang: null, text: text ?? "" }],
    }))

/** The most private material: it goes into one delegation's own document and nowhere else. */
const loadCaucus = (
  party: PartyCode,
  entries: readonly RawCaucusEntry[],
  { tables, text: { story_date: storyDate } }: DemoFiles,
  plan: PlanDocument,
): DemoCaucus => ({
  drafts: entries.flatMap((entry, index) => {
    const clause = plan.sections.flatMap((section) => section.clauses).find((one) => one.id === entry.clause)
    if (entry.kind !== "draft" || clause === undefined) return []
    return [
      {
        id: `draft-${entry.clause}-${party}`,
        clauseId: entry.clause,
        kind: "replace" as const,
        role: entry.role,
        at: at(storyDate, entry.days_ago, index),
        marking: "none",
        ...bothTexts({ en: entry.en ?? "", ru: entry.ru ?? "" }),
        note: null,
        base: { en: clause.en, ru: clause.ru },
      },
    ]
  }),
  notes: [...clauseNotes(party, entries, storyDate), ...costNotes(party, tables)],
})

const clauseNotes = (party: PartyCode, entries: readonly RawCaucusEntry[], storyDate: string): readonly DemoNote[] =>
  entries.flatMap((entry, index) =>
    entry.kind === "red_line" || entry.kind === "instruction"
      ? [
          {
            id: `note-${entry.clause}-${party}-${index}`,
            kind: entry.kind,
            clauseId: entry.clause,
            refersTo: [],
            role: entry.role,
            at: at(storyDate, entry.days_ago, index),
            marking: "internal",
            text: entry.text ?? "",
            data: null,
          },
        ]
      : [],
  )

const costNotes = (party: PartyCode, tables: TablesFile): readonly DemoNote[] => [
  ...tables.caucus_costs
    .filter((one) => one.party === party)
    .map(
      (one): DemoNote => ({
        id: one.id,
        kind: one.text.startsWith("Red line") ? "red_line" : one.role === "head" ? "instruction" : "fallback",
        clauseId: null,
        refersTo: one.refers_to,
        role: one.role,
        at: one.at,
        marking: one.marking,
        text: one.text,
        data: { lang: one.lang },
      }),
    ),
  ...tables.scenario
    .filter((one) => one.party === party)
    .map(
      ({ id, party: _own, title, note, ...data }): DemoNote => ({
        id,
        kind: "scenario",
        clauseId: null,
        refersTo: [],
        role: "budget",
        at: tables.stands_at.at,
        marking: "internal",
        text: `${title}\n${note}`,
        data,
      }),
    ),
]

const loadRecord = (tables: TablesFile): readonly DemoRecordEntry[] => {
  const { commitments, revealed_at } = tables.ranking_reveal
  const entries: DemoRecordEntry[] = [
    ...tables.rounds
      .filter((round) => round.scripted !== true)
      .map((round) => ({ kind: "round" as const, at: `${round.to}T16:00:00.000Z`, value: round })),
    ...tables.between_rounds.map((value) => ({
      kind: "between_rounds" as const,
      at: `${value.at}T12:00:00.000Z`,
      value,
    })),
    { kind: "agreed_minutes", at: `${tables.agreed_minutes.done_on}T17:00:00.000Z`, value: tables.agreed_minutes },
    { kind: "ranking_reveal", at: revealed_at, value: { commitments, revealed_at } },
    { kind: "stands_at", at: tables.stands_at.at, value: tables.stands_at },
  ]
  return entries.toSorted((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0))
}

const loadRankings = (tables: TablesFile, parties: readonly PartyCode[]): readonly DemoRanking[] =>
  parties.flatMap((party) => {
    const ranks = tables.priorities.flatMap((one) => {
      const rank = one.own_rank[party] ?? null
      return rank === null ? [] : [[one.id, rank] as const]
    })
    const { commitments, revealed_at: revealedAt } = tables.ranking_reveal
    const committedAt = commitments[party]?.committed_at ?? revealedAt
    return [{ party, ranks: Object.fromEntries(ranks), committedAt, revealedAt }]
  })

const authorsOf = (
  comments: readonly DemoThread[],
  caucus: Readonly<Record<PartyCode, DemoCaucus>>,
): readonly DemoAuthor[] => {
  const wrote = [
    ...comments.flatMap((thread) => thread.entries),
    ...Object.entries(caucus).flatMap(([party, { drafts, notes }]) =>
      [...drafts, ...notes].map(({ role }) => ({ party, role })),
    ),
  ]
  const byKey = new Map(wrote.map(({ party, role }) => [`${party}:${role}`, { party, role }]))
  return [...byKey.values()]
}
