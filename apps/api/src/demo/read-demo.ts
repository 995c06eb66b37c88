import {
  type Clause,
  emptyTables,
  type LivePlan,
  type PlanDocument,
  type PlanTables,
  type Proposal,
  type TableProposal,
  tableProposalBase,
} from "@alternat/plan"
import { clausePair, hashPort } from "@alternat/seal"
import { parseNotation } from "@alternat/text"
import costs from "../../../../packages/plan/demo/demo-plan-costs.json"
import tables from "../../../../packages/plan/demo/demo-plan-tables.json"
import text from "../../../../packages/plan/demo/demo-plan-text.json"
import type { DemoClauseState } from "./seed-standing.ts"

type Any = any
const T = text as Any,
  B = tables as Any,
  C = costs as Any
const toText = (source: string, list: readonly string[] = []) =>
  parseNotation([source, ...list.map((item) => `- ${item}`)].join("\n"))
const toClause = (raw: Any): Clause => ({
  id: raw.id,
  en: toText(raw.en, raw.list?.en),
  ru: toText(raw.ru, raw.list?.ru),
  ...(raw.alternat
    ? { alternat: { en: toText(raw.alternat.en, raw.list?.en), ru: toText(raw.alternat.ru, raw.list?.ru) } }
    : {}),
})
function toTables(): PlanTables {
  const out: Any = { ...emptyTables() }
  for (const name of Object.keys(out)) if (Array.isArray(B[name])) out[name] = B[name]
  out.committee = [B.committee]
  out.fx_review = [{ id: "fx", ...B.fx_review }]
  out.annexes = B.annexes.map((a: Any) => ({ id: `annex${a.no}`, ...a }))
  out.posts = B.posts.map((p: Any) => ({ id: p.code, ...p }))
  out.escalation = B.escalation.map((e: Any) => ({ id: `level:${e.level}`, after_days: null, ...e }))
  out.in_kind_valuations = B.in_kind_valuations.map((v: Any) => ({ id: `v:${v.line_id}`, ...v }))
  out.raci = B.raci.workstreams.flatMap((w: Any) =>
    w.activities.map((a: Any) => ({ ...a, workstream_id: w.workstream_id })),
  )
  out.cost_lines = C.lines
  return out
}
const section = (raw: Any, kind: Any) => ({
  id: raw.id,
  kind,
  number: kind === "section" || kind === "annex" ? raw.number : null,
  mandatory: raw.mandatory ?? true,
  heading: raw.heading,
  clauses: raw.clauses.map(toClause),
})
const { lines: _l, declared_totals: _t, ...terms } = C
const plan: PlanDocument = {
  format: "alternat-plan/1",
  id: "demo",
  title: T.title,
  shortTitle: T.short_title,
  titlePage: T.title_page,
  parties: T.parties,
  terms: { ...terms, binding: false },
  sections: [
    ...T.sections.map((r: Any) => section(r, r.id === "preamble" ? "preamble" : "section")),
    section({ id: "signature", number: 0, mandatory: true, ...T.signature }, "signature"),
    section(T.annex8, "annex"),
  ],
  signature: { labels: T.signature.labels },
  tables: toTables(),
}
const find = (id: string) => plan.sections.flatMap((s) => s.clauses).find((c) => c.id === id) as Clause
const at = (days: number) => new Date(Date.parse("2009-11-05T08:00:00Z") - days * 86400000).toISOString()
const proposals: Proposal[] = T.proposals.map((r: Any) => ({
  id: r.id,
  clauseId: r.clause,
  party: r.party,
  kind: r.kind,
  base: clausePair(find(r.clause)),
  status: "open",
  en: toText(r.en),
  ru: toText(r.ru),
  note: r.note,
  openedAt: at(r.age_days),
  closedAt: null,
}))
const cp = (r: Any): TableProposal => {
  const value =
    r.kind === "ramp_share"
      ? { plan_year: r.plan_year, line_ids: r.line_ids, us_share_bp: r.value.us_share_bp }
      : r.kind === "amount"
        ? { line_id: r.line_id, plan_year: r.plan_year, party: r.amount_party, ...r.value }
        : { line: r.value, workstream_id: r.workstream_id, priority_ids: r.priority_ids }
  return {
    id: r.id,
    party: r.party,
    kind: r.kind,
    status: "open",
    value,
    base: tableProposalBase(plan, { kind: r.kind, value }, hashPort),
    reason: r.reason,
    openedAt: r.opened_at,
    closedAt: null,
  }
}
const tableProposals = [
  ...B.cost_proposals.map(cp),
  ...B.joint_rank_proposals.map(
    (r: Any): TableProposal => ({
      id: r.id,
      party: r.party,
      kind: "joint_rank",
      status: "open",
      value: { ranks: r.ranks },
      base: tableProposalBase(plan, { kind: "joint_rank", value: { ranks: r.ranks } }, hashPort),
      reason: r.note,
      openedAt: r.opened_at,
      closedAt: null,
    }),
  ),
]
const states = new Map<string, DemoClauseState>(
  [...T.sections, T.signature, T.annex8]
    .flatMap((s: Any) => s.clauses)
    .map((c: Any) => [
      c.id,
      {
        state: c.state,
        conformity: c.conformity,
        attested: c.attested ? { en: toText(c.attested.en), ru: toText(c.attested.ru) } : null,
      },
    ]),
)
export const readDemo = () => ({
  live: { plan, proposals, tableProposals, seq: 0 } satisfies LivePlan,
  states,
  reserves: T.reserves.map((r: Any, i: number) => ({
    id: `reserve-${i + 1}`,
    clauseId: r.clause,
    party: r.party,
    kind: r.kind,
    reason: r.reason,
    due: r.due,
    at: at(6),
    liftedAt: null,
  })),
  storyDate: T.story_date as string,
  textThreads: T.comments,
  cellThreads: B.cost_comments,
  caucus: Object.fromEntries(
    Object.entries(T.caucus).map(([p, items]: Any) => [
      p,
      items.map((i: Any) => (i.kind === "draft" ? { ...i, en: toText(i.en), ru: toText(i.ru) } : i)),
    ]),
  ),
  caucusCosts: B.caucus_costs,
  scenarios: B.scenario,
  history: {
    rounds: B.rounds,
    betweenRounds: B.between_rounds,
    minutes: B.agreed_minutes,
    reveal: B.ranking_reveal,
    standsAt: B.stands_at,
  },
})
