import type { ClauseStanding, ClauseState, Consent, PartyCode, Reserve, RowStanding, Standing } from "@alternat/plan"
import type { Queryable } from "../connect.ts"
import { iso, isoOrNull } from "../reader-context.ts"

interface ConsentRow {
  readonly subject_type: string
  readonly subject_id: string
  readonly party: PartyCode
  readonly to_state: Consent["to"]
  readonly hash: string
  readonly at: Date
}

/** The whole standing of a plan, or null where the reader sees none. A handful of questions in one go. */
export async function readStanding(sql: Queryable, planId: string): Promise<Standing | null> {
  const [plans, clauses, lines, consents, attestations, divergences, reserves, versions, lastVersions] =
    await Promise.all([
      sql<{ status: Standing["status"]; rules_rev: number }[]>`
      select p.status, d.rules_rev from plan p join doc d on d.plan_id = p.id and d.space = 'plan' where p.id = ${planId}`,
      sql<{ clause_id: string; state: ClauseState; since: Date; reopened: ClauseStanding["reopened"] }[]>`
      select clause_id, state, since, reopened from clause_standing where plan_id = ${planId} order by clause_id`,
      sql<{ line_id: string; state: RowStanding["state"]; since: Date }[]>`
      select line_id, state, since from line_standing where plan_id = ${planId} order by line_id`,
      sql<ConsentRow[]>`
      select subject_type, subject_id, party, to_state, hash, at from consent where plan_id = ${planId} order by at, party`,
      sql<{ clause_id: string; party: PartyCode; hash_en: string; hash_ru: string; at: Date }[]>`
      select clause_id, party, hash_en, hash_ru, at from attestation where plan_id = ${planId} order by at, party`,
      sql<{ clause_id: string; party: PartyCode; hash_en: string; hash_ru: string; note: string; at: Date }[]>`
      select clause_id, party, hash_en, hash_ru, note, at from divergence where plan_id = ${planId}`,
      sql<(Omit<Reserve, "clauseId" | "at" | "liftedAt"> & { clause_id: string; at: Date; lifted_at: Date | null })[]>`
      select id, clause_id, party, kind, reason, due::text as due, at, lifted_at
        from reserve where plan_id = ${planId} order by at, id`,
      sql<{ number: number; manifest_hash: string; signed_by: PartyCode[] }[]>`
      select v.number, v.manifest_hash, array(select s.party from signature s
                              where s.plan_id = v.plan_id and s.number = v.number order by s.signed_at) as signed_by
        from version v where v.plan_id = ${planId} and v.status <> 'unlocked' order by v.number desc limit 1`,
      sql<{ last: number }[]>`
      select coalesce(max(number), 0)::int as last from version where plan_id = ${planId}`,
    ])
  const plan = plans[0]
  if (!plan) return null

  const consentsOf = (type: string, id: string): Consent[] =>
    consents
      .filter((row) => row.subject_type === type && row.subject_id === id)
      .map((row) => ({ party: row.party, to: row.to_state, hash: row.hash, at: iso(row.at) }))
  const clauseEntries = clauses.map((row): [string, ClauseStanding] => {
    const divergence = divergences.find((found) => found.clause_id === row.clause_id)
    return [
      row.clause_id,
      {
        state: row.state,
        since: iso(row.since),
        attestations: attestations
          .filter((found) => found.clause_id === row.clause_id)
          .map((found) => ({ party: found.party, hash: { en: found.hash_en, ru: found.hash_ru }, at: iso(found.at) })),
        divergence: divergence
          ? {
              party: divergence.party,
              hash: { en: divergence.hash_en, ru: divergence.hash_ru },
              note: divergence.note,
              at: iso(divergence.at),
            }
          : null,
        reserves: reserves
          .filter((found) => found.clause_id === row.clause_id)
          .map(({ clause_id, lifted_at, at, ...rest }) => ({
            ...rest,
            clauseId: clause_id,
            at: iso(at),
            liftedAt: isoOrNull(lifted_at),
          })),
        consents: consentsOf("clause", row.clause_id),
        reopened: row.reopened,
      },
    ]
  })
  const lineEntries = lines.map((row): [string, RowStanding] => [
    row.line_id,
    { state: row.state, since: iso(row.since), consents: consentsOf("line", row.line_id) },
  ])
  const version = versions[0]
  const last = lastVersions[0]?.last ?? 0
  return {
    planId,
    rulesRev: plan.rules_rev,
    status: plan.status,
    clauses: Object.fromEntries(clauseEntries),
    lines: Object.fromEntries(lineEntries),
    ...(last > 0 ? { lastVersion: last } : {}),
    version: version
      ? {
          number: version.number,
          signedBy: version.signed_by,
          manifestHash: version.manifest_hash,
          unlockConsents: consentsOf("version", String(version.number)),
        }
      : null,
  }
}
