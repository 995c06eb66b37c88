import type { ClauseStanding, Consent, RowStanding, StandingChange } from "@alternat/plan"
import type { Queryable } from "../connect.ts"
import { json } from "../connect.ts"

/** Carries out what the rules decided. Whole values: what a standing no longer holds is removed. */
export async function applyStandingChanges(
  sql: Queryable,
  planId: string,
  changes: readonly StandingChange[],
): Promise<void> {
  for (const change of changes) {
    switch (change.type) {
      case "clause":
        await writeClause(sql, planId, change.clauseId, change.standing)
        break
      case "line":
        await writeLine(sql, planId, change.lineId, change.standing)
        break
      case "plan":
        await sql`update plan set status = ${change.status} where id = ${planId}`
        break
      case "unlock":
        await writeUnlock(sql, planId, change.consents)
        break
    }
  }
}

async function writeClause(sql: Queryable, planId: string, clauseId: string, standing: ClauseStanding): Promise<void> {
  await sql`
    insert into clause_standing (plan_id, clause_id, state, since, reopened)
    values (${planId}, ${clauseId}, ${standing.state}, ${standing.since},
            ${standing.reopened ? json(standing.reopened) : null}::jsonb)
    on conflict (plan_id, clause_id) do update
       set state = excluded.state, since = excluded.since, reopened = excluded.reopened`
  await writeConsents(sql, planId, "clause", clauseId, standing.consents)
  await sql`delete from attestation where plan_id = ${planId} and clause_id = ${clauseId}`
  for (const { party, hash, at } of standing.attestations)
    await sql`
      insert into attestation (plan_id, clause_id, party, hash_en, hash_ru, at)
      values (${planId}, ${clauseId}, ${party}, ${hash.en}, ${hash.ru}, ${at})
      on conflict (plan_id, clause_id, party) do update
         set hash_en = excluded.hash_en, hash_ru = excluded.hash_ru, at = excluded.at
       where attestation.at <= excluded.at`
  await sql`delete from divergence where plan_id = ${planId} and clause_id = ${clauseId}`
  if (standing.divergence) {
    const { party, hash, note, at } = standing.divergence
    await sql`
      insert into divergence (plan_id, clause_id, party, hash_en, hash_ru, note, at)
      values (${planId}, ${clauseId}, ${party}, ${hash.en}, ${hash.ru}, ${note}, ${at})`
  }
  await sql`delete from reserve where plan_id = ${planId} and clause_id = ${clauseId}`
  for (const { id, party, kind, reason, due, at, liftedAt } of standing.reserves)
    await sql`
      insert into reserve (plan_id, id, clause_id, party, kind, reason, due, at, lifted_at)
      values (${planId}, ${id}, ${clauseId}, ${party}, ${kind}, ${json(reason)}::jsonb, ${due}::text::date, ${at}, ${liftedAt})`
}

async function writeLine(sql: Queryable, planId: string, lineId: string, standing: RowStanding): Promise<void> {
  await sql`
    insert into line_standing (plan_id, line_id, state, since)
    values (${planId}, ${lineId}, ${standing.state}, ${standing.since})
    on conflict (plan_id, line_id) do update set state = excluded.state, since = excluded.since`
  await writeConsents(sql, planId, "line", lineId, standing.consents)
}

async function writeUnlock(sql: Queryable, planId: string, consents: readonly Consent[]): Promise<void> {
  const [version] = await sql<{ number: number }[]>`
    select number from version where plan_id = ${planId} and status <> 'unlocked' order by number desc limit 1`
  if (version) await writeConsents(sql, planId, "version", String(version.number), consents)
}

async function writeConsents(
  sql: Queryable,
  planId: string,
  type: "clause" | "line" | "version",
  id: string,
  consents: readonly Consent[],
): Promise<void> {
  await sql`delete from consent where plan_id = ${planId} and subject_type = ${type} and subject_id = ${id}`
  for (const { party, to, hash, at } of consents)
    await sql`
      insert into consent (plan_id, subject_type, subject_id, party, to_state, hash, at)
      values (${planId}, ${type}, ${id}, ${party}, ${to}, ${hash}, ${at})`
}
