import { randomBytes } from "node:crypto"
import type { Bilingual, PartyCode } from "@alternat/plan"
import { canonicalJson } from "./canonical-json.ts"
import { json } from "./connect.ts"
import { tellHint } from "./log/feeds.ts"
import { readActor } from "./people/members.ts"
import { iso, isoOrNull, type ReaderContext } from "./reader-context.ts"
import { sha256Hex } from "./sha256.ts"
import type { Ranking } from "./store.ts"

/** Salted, because there are few enough orders of eight priorities to try them all. */
export const commitmentOf = (salt: string, ranks: Readonly<Record<string, number>>): string =>
  sha256Hex(`${salt}\n${canonicalJson(ranks)}`)

/** That and when each side committed; what it committed to only for the own side and after the reveal. */
export async function readRankings({ tx }: ReaderContext, planId: string): Promise<readonly Ranking[]> {
  const rows = await tx<
    {
      party: PartyCode
      committed_at: Date
      revealed_at: Date | null
      commitment: string
      ranks: Ranking["ranks"]
      reason: Bilingual | null
    }[]
  >`
    select c.party, c.committed_at, c.revealed_at, c.commitment, r.ranks, r.reason
      from ranking_commitments(${planId}) c
      left join ranking r on r.plan_id = ${planId} and r.party = c.party
     order by c.party`
  return rows.map((row) => ({
    party: row.party,
    committedAt: iso(row.committed_at),
    revealedAt: isoOrNull(row.revealed_at),
    commitment: row.commitment,
    ranks: row.ranks,
    reason: row.reason,
  }))
}

/** Once: a commitment that could be changed would be none. The second side's reveals both. */
export async function commitRanking(
  context: ReaderContext,
  planId: string,
  ranks: Readonly<Record<string, number>>,
  reason: Bilingual | null,
): Promise<Ranking | null> {
  const { tx, reader, now } = context
  const party = (await readActor(context, planId))?.party
  if (!party) return null
  const salt = randomBytes(16).toString("hex")
  const [made] = await tx`
    insert into ranking (plan_id, party, user_id, ranks, reason, salt, commitment, committed_at)
    values (${planId}, ${party}, ${reader.userId}, ${json(ranks)}::jsonb, ${reason ? json(reason) : null}::jsonb,
            ${salt}, ${commitmentOf(salt, ranks)}, ${now})
    on conflict (plan_id, party) do nothing
    returning party`
  if (!made) return null
  await tx`select reveal_rankings(${planId}, ${now})`
  await tellHint(tx, { planId, audience: "shared", type: "standing", userId: null, rev: iso(now) })
  return (await readRankings(context, planId)).find((ranking) => ranking.party === party) ?? null
}
