import type { Bilingual, PartyCode } from "@alternat/plan"
import type { Queryable } from "./connect.ts"
import { json } from "./connect.ts"
import type { NewRecordEntry, PlanRow, RecordEntry } from "./contract/plans.ts"
import { iso } from "./reader-context.ts"

interface Row {
  readonly id: string
  readonly title: Bilingual
  readonly short_title: Bilingual
  readonly status: PlanRow["status"]
  readonly party_a: PartyCode
  readonly party_b: PartyCode
  readonly created_at: Date
  readonly updated_at: Date
  readonly clauses: Readonly<Record<string, number>> | null
}

/** The plans in which the reader has a seat. Only what is shared moves `updatedAt`: a busy caucus does not show. */
export async function readPlans(sql: Queryable, planId: string | null = null): Promise<readonly PlanRow[]> {
  const rows = await sql<Row[]>`
    select p.id, p.title, p.short_title, p.status, p.party_a, p.party_b, p.created_at,
           greatest(d.updated_at,
             (select max(e.at) from comment_entry e where e.plan_id = p.id and e.audience = 'shared'),
             (select max(v.at) from event v where v.plan_id = p.id and v.audience = 'shared')) as updated_at,
           (select json_object_agg(s.state, s.n)
              from (select c.state, count(*) as n from clause_standing c where c.plan_id = p.id group by c.state) s)
             as clauses
      from plan p join doc d on d.plan_id = p.id and d.space = 'plan'
     where ${planId}::text is null or p.id = ${planId}
     order by p.created_at, p.id`
  return rows.map((row) => ({
    id: row.id,
    title: row.title,
    shortTitle: row.short_title,
    status: row.status,
    parties: [row.party_a, row.party_b],
    createdAt: iso(row.created_at),
    updatedAt: iso(row.updated_at),
    clauses: row.clauses ?? {},
  }))
}

/** Rounds, minutes and what lay between: in the order in which they were entered. */
export async function readRecord(sql: Queryable, planId: string): Promise<readonly RecordEntry[]> {
  const rows = await sql<{ id: string; kind: RecordEntry["kind"]; at: Date; value: RecordEntry["value"] }[]>`
    select id, kind, at, value from record_entry where plan_id = ${planId} order by ordinal`
  return rows.map((row) => ({ ...row, at: iso(row.at) }))
}

export async function addRecord(
  sql: Queryable,
  planId: string,
  newId: () => string,
  entries: readonly NewRecordEntry[],
): Promise<void> {
  for (const { kind, at, value } of entries)
    await sql`
      insert into record_entry (plan_id, id, ordinal, kind, at, value)
      select ${planId}, ${newId()}, coalesce(max(ordinal), 0) + 1, ${kind}, ${at}, ${json(value)}::jsonb
        from record_entry where plan_id = ${planId}`
}
