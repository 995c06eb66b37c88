import { z } from "zod"
import type { Bilingual } from "./lang.ts"
import { LABELS } from "./labels.ts"
import type { Result } from "./result.ts"
import { err, ok } from "./result.ts"

/**
 * The typed tables of a plan: one zod schema per table, and the TypeScript types that follow from them. Field names
 * are those of the interchange files. A cell can be edited by anybody with the right, over the wire, so the same
 * schemas judge single cells (`parseCell`) in the guard and in the grid.
 */

/** Any row of any table. */
export type Row = Readonly<Record<string, unknown>> & { readonly id: string }

// What may not stand in a cell: control characters, zero-width and bidirectional ones (they hide text from the reader).
const HIDDEN =
  /[\u0000-\u0008\u000b-\u001f\u007f\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff\ufffd]/u

const text = (max: number) =>
  z
    .string()
    .max(max)
    .refine((value) => !HIDDEN.test(value), "hidden characters")
    .refine((value) => value.normalize("NFC") === value, "not NFC")
const id = z.string().regex(/^[A-Za-z0-9._:-]{1,80}$/)
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
const codes = <G extends keyof typeof LABELS>(group: G) =>
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
      own_rank: byParty(z.number().min(1).max(100).multipleOf(0.5).nullable()),
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

export const TABLE_NAMES = Object.keys(ROW_SCHEMAS) as readonly TableName[]
export type TableName = keyof typeof ROW_SCHEMAS

/** Plan values are never changed in place. */
export type DeepReadonly<T> = T extends readonly (infer U)[]
  ? readonly DeepReadonly<U>[]
  : T extends object
    ? { readonly [K in keyof T]: DeepReadonly<T[K]> }
    : T

/** The row type of each table. */
export type TableRows = { readonly [T in TableName]: DeepReadonly<z.infer<(typeof ROW_SCHEMAS)[T]>> }
export type PlanTables = { readonly [T in TableName]: readonly TableRows[T][] }

export type Site = TableRows["sites"]
export type Priority = TableRows["priorities"]
export type Indicator = Priority["indicators"][number]
export type CompletionCriterion = Priority["completion_criteria"][number]
export type Milestone = TableRows["milestones"]
export type Workstream = TableRows["workstreams"]
export type ExecutiveAgent = TableRows["executive_agents"]
export type Committee = TableRows["committee"]
export type WorkingGroup = TableRows["working_groups"]
export type Annex = TableRows["annexes"]
export type Post = TableRows["posts"]
export type Person = TableRows["persons"]
export type RaciActivity = TableRows["raci"]
export type RaciCode = RaciActivity["cells"][string]
export type DecisionRight = TableRows["decision_rights"]
export type EscalationStep = TableRows["escalation"]
export type AccessRule = TableRows["access_rules"]
export type AuditRight = TableRows["audit_rights"]
export type Report = TableRows["reports"]
export type Risk = TableRows["risks"]
export type EquipmentItem = TableRows["equipment"]
export type InKindValuation = TableRows["in_kind_valuations"]
export type FxReview = TableRows["fx_review"]
export type GlossaryEntry = TableRows["glossary"]
export type CostLine = TableRows["cost_lines"]
export type CostYear = CostLine["years"][number]

export interface CellError {
  readonly code: "unknown_table" | "unknown_field" | "bad_value"
  readonly message: Bilingual
}

/** Is this the name of a typed table? */
export const isTableName = (name: string): name is TableName => Object.hasOwn(ROW_SCHEMAS, name)

/** No rows at all: what a plan starts from. */
export const emptyTables = (): PlanTables =>
  Object.fromEntries(TABLE_NAMES.map((name) => [name, []])) as unknown as PlanTables

const YEAR_CELL = /^year:(\d{4})$/
const RACI_CELL = /^cell:(.+)$/

/**
 * One cell as the live document keeps it: a field of the row, `year:2010` of a cost line, `cell:US-DIR` of a RACI
 * activity. `id` is the row's key and never a cell.
 */
export const parseCell = (table: string, field: string, value: unknown): Result<unknown, CellError> => {
  if (!isTableName(table)) return err(cellError("unknown_table", `no table “${table}”`, `нет таблицы «${table}»`))
  const schema = cellSchema(table, field)
  if (schema === null) return err(cellError("unknown_field", `no field “${field}”`, `нет поля «${field}»`))
  const parsed = schema.safeParse(value)
  if (!parsed.success) {
    const issue = parsed.error.issues[0]
    const where = [field, ...(issue?.path ?? [])].join(".")
    return err(
      cellError(
        "bad_value",
        `${where} can't hold this value (${issue?.message ?? ""})`,
        `недопустимое значение: ${where}`,
      ),
    )
  }
  const yearCell = YEAR_CELL.exec(field)
  if (yearCell !== null && (parsed.data as CostYear).plan_year !== Number(yearCell[1])) {
    return err(cellError("bad_value", `${field} holds another year`, `${field}: указан другой год`))
  }
  return ok(parsed.data)
}

const cellError = (code: CellError["code"], en: string, ru: string): CellError => ({ code, message: { en, ru } })

const cellSchema = (table: TableName, field: string): z.ZodType | null => {
  if (table === "cost_lines" && YEAR_CELL.test(field)) return costYearSchema
  if (table === "raci" && RACI_CELL.test(field) && id.safeParse(field.slice(5)).success) return codes("raci")
  const shape: Readonly<Record<string, z.ZodType>> = ROW_SCHEMAS[table].shape
  const spread = (table === "cost_lines" && field === "years") || (table === "raci" && field === "cells")
  return field === "id" || spread || !Object.hasOwn(shape, field) ? null : (shape[field] ?? null)
}

/** A row taken apart into the cells of the live document; `id` is the key and is not among them. */
export const rowToCells = (table: TableName, row: Row): Readonly<Record<string, unknown>> => {
  const cells: Record<string, unknown> = {}
  for (const [field, value] of Object.entries(row)) {
    if (field === "id") continue
    if (table === "cost_lines" && field === "years") {
      for (const cell of value as readonly CostYear[]) cells[`year:${cell.plan_year}`] = cell
    } else if (table === "raci" && field === "cells") {
      for (const [post, code] of Object.entries(value as RaciActivity["cells"])) cells[`cell:${post}`] = code
    } else cells[field] = value
  }
  return cells
}

/**
 * The row that these cells make. A missing or unreadable cell takes the blank of its field, an unknown one is left
 * out, so whatever a document holds, the row has its type; the checks then say what is missing.
 */
export const cellsToRow = <T extends TableName>(
  table: T,
  rowId: string,
  cells: Readonly<Record<string, unknown>>,
): TableRows[T] => {
  const row: Record<string, unknown> = { id: rowId }
  for (const [field, schema] of Object.entries(ROW_SCHEMAS[table].shape as Record<string, z.ZodType>)) {
    if (field === "id") continue
    if (table === "cost_lines" && field === "years") row["years"] = yearCells(cells)
    else if (table === "raci" && field === "cells") row["cells"] = raciCells(cells)
    else {
      const parsed = schema.safeParse(cells[field])
      row[field] = parsed.success ? parsed.data : blankOf(table, field, schema)
    }
  }
  return row as unknown as TableRows[T]
}

/** A new row with nothing in it but its key. */
export const blankRow = <T extends TableName>(table: T, rowId: string): TableRows[T] => cellsToRow(table, rowId, {})

const yearCells = (cells: Readonly<Record<string, unknown>>): CostYear[] =>
  Object.entries(cells)
    .flatMap(([field, value]) => {
      const parsed = YEAR_CELL.test(field) ? parseCell("cost_lines", field, value) : null
      return parsed?.ok === true ? [parsed.value as CostYear] : []
    })
    .sort((a, b) => a.plan_year - b.plan_year)

const raciCells = (cells: Readonly<Record<string, unknown>>): Record<string, string> =>
  Object.fromEntries(
    Object.entries(cells)
      .filter(([field, value]) => RACI_CELL.test(field) && parseCell("raci", field, value).ok)
      .map(([field, value]) => [field.slice(5), value as string])
      .sort(([a], [b]) => (a! < b! ? -1 : 1)),
  )

// Blanks are tried from the emptiest up; the first one the field's own schema accepts is the blank.
const EMPTY_PAIR = { en: "", ru: "" }
const NO_DATE = "1970-01-01"
const BLANKS: readonly unknown[] = [
  null,
  "",
  [],
  {},
  EMPTY_PAIR,
  false,
  0,
  1,
  1970,
  NO_DATE,
  "joint",
  "both",
  { en: [], ru: [] },
  { lat: "", cyr: "" },
  { note: EMPTY_PAIR },
  { unit: "none", value: null, currency: null, basis: null },
]
const BLANK_FIELDS: Readonly<Record<string, unknown>> = {
  "milestones.evidence": { type: "survey_report", text: EMPTY_PAIR },
  "risks.response": { type: "reduce", text: EMPTY_PAIR },
  "committee.venue": { rule: "alternating", first_host: "XX", note: EMPTY_PAIR },
  "committee.record": { form: "signed_minutes", languages: [], signed: "before_meeting_closes" },
  "equipment.title_holder": { party: "XX", holder: EMPTY_PAIR, since: NO_DATE },
  "cost_lines.sf424a_class": "h",
  "decision_rights.silence": "no_decision",
  "fx_review.proposed_by": "either",
}

const blankOf = (table: TableName, field: string, schema: z.ZodType): unknown => {
  const named = BLANK_FIELDS[`${table}.${field}`]
  if (named !== undefined) return named
  const found = BLANKS.find((blank) => schema.safeParse(blank).success)
  if (found !== undefined) return found
  if (schema instanceof z.ZodEnum) return schema.options[0]
  if (schema.safeParse("XX").success) return "XX" // a party not yet named
  return "-" // an id that points nowhere: the checks say so
}
