/** Typed tables of a plan; rows keep the field names of the interchange form. Filled in by the table schemas. */
export type Row = Readonly<Record<string, unknown>> & { readonly id: string }

export const TABLE_NAMES = [
  "sites",
  "priorities",
  "milestones",
  "workstreams",
  "executive_agents",
  "committee",
  "working_groups",
  "annexes",
  "posts",
  "persons",
  "raci",
  "decision_rights",
  "escalation",
  "access_rules",
  "audit_rights",
  "reports",
  "risks",
  "equipment",
  "in_kind_valuations",
  "fx_review",
  "glossary",
  "cost_lines",
] as const
export type TableName = (typeof TABLE_NAMES)[number]

export type PlanTables = Readonly<Record<TableName, readonly Row[]>>
