import { z } from "zod"
import { LABELS } from "./labels.ts"

/**
 * One zod schema per typed table. Field names are those of the interchange files; enumerations are the codes of
 * `LABELS`. One list in the order of the annexes, so it is longer than a module should be.
 */

/** Read in NFC. Its characters are judged where it is written (`parseCell`): what stands there already must stay readable. */
const text = (max: number) => z.string().max(max).normalize("NFC")
export const idSchema = z.string().regex(/^[A-Za-z0-9._:-]{1,80}$/)
const id = idSchema
const ids = z.array(id).max(100)
const pair = (max: number) => z.object({ en: text(max), ru: text(max) }).strict()
const title = pair(300)
const prose = pair(4000)
const party = z.string().regex(/^[A-Z]{2,8}$/)
const sideOrJoint = z.union([z.literal("joint"), party])
const byParty = <T extends z.ZodType>(value: T) => z.record(party, value)
const date = z.iso.date()
const lang = z.enum(["en", "ru"])
const langs = z.array(lang).max(2)
const count = z.int().min(0).max(1_000_000)
const days = z.int().min(0).max(3660)
const score = z.int().min(1).max(5)
const year = z.int().min(1900).max(2200)
const bp = z.int().min(0).max(10_000)
const minor = z.int().min(0)
export const codes = <G extends keyof typeof LABELS>(group: G) =>
  z.enum(Object.keys(LABELS[group]) as [keyof (typeof LABELS)[G] & string, ...(keyof (typeof LABELS)[G] & string)[]])

const indicator = z
  .object({
    id,
    name: title,
    unit: codes("unit"),
    baseline: z.object({ value: text(40), date }).strict(),
    target: z.object({ value: text(40), date }).strict(),
    direction: z.enum(["up", "down"]),
    source: prose,
    reporting_parties: z.array(party).max(2),
  })
  .strict()

const completionCriterion = z
  .object({
    id,
    text: prose,
    method: codes("method"),
    verifier: sideOrJoint,
    evidence: codes("evidence"),
    indicator_id: id.nullable(),
  })
  .strict()

const assessment = z
  .object({
    actor: codes("threat_actor"),
    likelihood: score,
    consequence: score,
    rationale: prose,
    releasable: z.boolean(),
  })
  .strict()

/** One plan year of a cost line. Money in integer minor units; `us_share_bp` null where no share is stated. */
export const costYearSchema = z
  .object({
    plan_year: year,
    total_usd_cents: minor,
    us_share_bp: bp.nullable(),
    us_usd_cents: minor,
    ru_usd_equiv_cents: minor,
    ru_rub_kopecks: minor,
  })
  .strict()

const contributionKind = z.enum(["cash", "in_kind"]).nullable()

export const ROW_SCHEMAS = {
  sites: z.object({ id, label: title, fictional: z.boolean() }).strict(),
  priorities: z
    .object({
      id,
      title: pair(120),
      objective: pair(1200),
      assessment: byParty(assessment),
      own_rank: byParty(z.int().min(1).max(100).nullable()),
      joint_rank: z.int().min(1).max(100).nullable(),
      workstream_ids: ids,
      milestone_ids: ids,
      disposition: codes("disposition"),
      payer: z.object({ party, share_bp: bp, line_ids: ids }).strict().nullable(),
      indicators: z.array(indicator).max(20),
      completion_criteria: z.array(completionCriterion).max(20),
      depends_on: ids,
    })
    .strict(),
  milestones: z
    .object({
      id,
      title,
      due: date,
      owner: sideOrJoint,
      owner_posts: byParty(id),
      evidence: z.object({ type: codes("evidence"), text: prose }).strict(),
      predecessors: ids,
      priority_ids: ids,
      status: z.enum(["planned", "met", "missed"]),
    })
    .strict(),
  workstreams: z
    .object({
      id,
      code: id,
      title,
      lead_party: sideOrJoint,
      leads: byParty(id),
      site_ids: ids,
      start: date,
      end: date,
      line_ids: ids,
      priority_ids: ids,
    })
    .strict(),
  executive_agents: z
    .object({
      id,
      party,
      organisation: title,
      since: date,
      fictional: z.boolean(),
      address: prose,
      successor_note: prose,
      additional_participants: z.array(title).max(20),
    })
    .strict(),
  committee: z
    .object({
      id,
      name: title,
      co_chairs: byParty(id),
      secretaries: byParty(id),
      members: byParty(ids),
      quorum: z.object({ note: prose }).catchall(z.int().min(0).max(100)),
      cadence_months: count,
      venue: z.object({ rule: z.enum(["alternating", "fixed"]), first_host: party, note: prose }).strict(),
      languages: langs,
      decision_rule: z.enum(["mutual_consent"]),
      record: z
        .object({
          form: z.enum(["signed_minutes"]),
          languages: langs,
          signed: z.enum(["before_meeting_closes", "after_meeting"]),
        })
        .strict(),
      may_revise_annexes: z.array(z.int().min(1).max(50)).max(50),
    })
    .strict(),
  working_groups: z
    .object({
      id,
      name: title,
      parent: id,
      co_chairs: byParty(id),
      cadence_months: count,
      mandate: prose,
      may_revise_annexes: z.array(z.int().min(1).max(50)).max(50),
    })
    .strict(),
  annexes: z.object({ id, no: z.int().min(1).max(50), title, integral: z.boolean(), revisable_by: ids }).strict(),
  posts: z
    .object({
      id,
      code: id,
      party,
      title,
      short: title,
      organisation: title,
      in_matrix: z.boolean(),
      functions: z
        .array(
          z.enum(["committee", "handover_act", "notices", "record", "signatory", "site_contact", "visit_requests"]),
        )
        .max(10),
    })
    .strict(),
  persons: z
    .object({
      id,
      name: z.object({ lat: text(120), cyr: text(120) }).strict(),
      party,
      post: id,
      acting: z.boolean(),
      from: date,
      to: date.nullable(),
      fictional: z.boolean(),
    })
    .strict(),
  raci: z
    .object({
      id,
      workstream_id: id,
      text: prose,
      scope: z.union([z.literal("both"), party]),
      cells: z.record(id, codes("raci")),
    })
    .strict(),
  decision_rights: z
    .object({
      id,
      type: z.enum([
        "contractor_approval",
        "deliverable_acceptance",
        "milestone_slip",
        "public_release",
        "reallocation",
        "scope_change",
        "visit_short_notice",
      ]),
      text: prose,
      level: z.int().min(1).max(9),
      decides: byParty(id),
      mode: z.enum(["mutual_consent"]),
      threshold: z
        .object({
          unit: z.enum(["bp", "days", "minor", "none"]),
          value: minor.nullable(),
          currency: text(3).nullable(),
          basis: z.enum(["contract_value", "days_shorter", "giving_line_year", "plan_total"]).nullable(),
        })
        .strict(),
      delegated_from: id.nullable(),
      silence: z.enum(["no_decision", "consent"]),
    })
    .strict(),
  escalation: z
    .object({
      id,
      level: z.int().min(1).max(9),
      body: title,
      posts: byParty(id.nullable()),
      max_days: days.nullable(),
      after_days: days.nullable(),
    })
    .strict(),
  access_rules: z
    .object({
      id,
      site_id: id,
      purpose: codes("purpose"),
      visiting_party: party,
      receiving_party: party,
      receiving_post: id,
      notice_days: days.nullable(),
      notice_status: codes("notice_status"),
      notice_section: z.int().min(1).max(99),
      visitor_data_days: days.nullable(),
      max_persons: count,
      max_visits_per_year: count,
      max_days_on_site: days,
      escorts: count,
      languages: langs,
      valid_from: date,
      valid_to: date,
      travel_cost: z.union([z.literal("outside_plan"), z.object({ line_id: id }).strict()]).nullable(),
      substitute_evidence: prose,
    })
    .strict(),
  audit_rights: z
    .object({
      id,
      party,
      scope: prose,
      line_ids: ids,
      notice_days: days,
      notice_status: codes("notice_status"),
      retention_years: z.int().min(0).max(100),
      retention_until: date,
      retention_status: codes("notice_status"),
      cost_bearer: party,
      cost_line_id: id,
      place: prose,
    })
    .strict(),
  reports: z
    .object({
      id,
      type: z.enum(["annual", "financial", "milestone", "technical"]),
      title,
      cadence_months: count.nullable(),
      trigger: z.enum(["period", "event"]),
      first_period_end: date.nullable(),
      due_days: days,
      from: byParty(id),
      to: byParty(id),
      languages: langs,
      format: z.enum(["document", "table"]),
    })
    .strict(),
  risks: z
    .object({
      id,
      title,
      cause: prose,
      likelihood: score,
      impact: score,
      owner: id,
      response: z.object({ type: codes("response"), text: prose }).strict(),
      links: ids,
    })
    .strict(),
  equipment: z
    .object({
      id,
      class: codes("equipment_class"),
      name: title,
      quantity: count,
      site_id: id,
      year,
      accepted_on: date,
      paid_by: party,
      title_holder: z.object({ party, holder: title, since: date }).catchall(date.nullable()),
      end_of_life_year: year,
      origin: z.union([z.literal("other"), party]),
      replace_in: z.object({ line_id: id, plan_year: year }).strict().nullable(),
    })
    .strict(),
  in_kind_valuations: z
    .object({
      id,
      line_id: id,
      party,
      basis: codes("valuation_basis"),
      valued_on: date,
      counted_elsewhere: z.boolean(),
      evidence: prose,
    })
    .strict(),
  fx_review: z
    .object({
      id,
      trigger_bp: bp,
      measure: prose,
      proposed_by: z.union([z.literal("either"), party]),
      effect: prose,
      section: z.int().min(1).max(99),
    })
    .strict(),
  glossary: z
    .object({
      id,
      en: text(300),
      ru: text(300),
      definition: prose,
      forbidden: z.object({ en: z.array(text(200)).max(20), ru: z.array(text(200)).max(20) }).strict(),
      note: prose.nullable(),
      source: z.enum(["added", "domain_seed"]),
    })
    .strict(),
  cost_lines: z
    .object({
      id,
      title,
      sf424a_class: z.enum(["a", "b", "c", "d", "e", "f", "g", "h", "j"]),
      subject_to_handover: z.boolean(),
      kind_us: contributionKind,
      kind_ru: contributionKind,
      years: z.array(costYearSchema).max(60),
    })
    .strict(),
} as const
