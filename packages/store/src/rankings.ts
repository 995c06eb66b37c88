import { randomBytes } from "node:crypto"
import type { Bilingual, PartyCode } from "@alternat/plan"
import { canonicalJson } from "./canonical-json.ts"
import { json } from "./connect.ts"
import type { Ranking } from "./contract/plans.ts"
import { appendEvents } from "./events/event-chain.ts"
import { tellHint } from "./log/feeds.ts"
import { readActor } from "./people/members.ts"
import { iso, isoOrNull, type ReaderContext } from "./reader-context.ts"
import { sha256Hex } from "./sha256.ts"

/** Salted, because there are few enough orders of eight priorities to try them all. */
export const commitmentOf = (salt: string, ranks: Readonly<Record<string, number>>): string =>
  sha256Hex(`${salt}\n${canonicalJson(ranks)}`)

/** The own side's, and both once they are revealed, with the salts that let anybody make the commitments again. */
export async function readRankings({ tx }: ReaderContext, planId: string): Promise<readonly Ranking[]> {
  const rows = await tx<
    {
      party: PartyCode
      committed_at: Date
      revealed_at: Date | null
      commitment: string
      salt: string | null
      ranks: Readonly<Record<string, number>>
      reason: Bilingual | null
    }[]
  >`
    select party, committed_at, revealed_at, commitment, case when revealed_at is not null then salt end as salt,
           ranks, reason
      from ranking
     where plan_id = ${planId}
     order by party`
  return rows.map((row) => ({
    party: row.party,
    committedAt: iso(row.committed_at),
    revealedAt: isoOrNull(row.revealed_at),
    commitment: row.commitment,
    salt: row.salt,
    ranks: row.ranks,
    reason: row.reason,
  }))
}

/**
 * Once: a commitment that could be changed would be none. The second side's reveals both. Before that nobody of the other
 * side hears anything of it: no hint, no event.
 */
export async function commitRanking(
  context: ReaderContext,
  planId: string,
  ranks: Readonly<Record<string, number>>,
  reason: Bilingual | null,
): Promise<Ranking | null> {
  const { tx, reader, now } = context
  const party = (await readActor(context, planId))?.party
  if (!party) return null
  await lockRankings(tx, planId)
  const salt = randomBytes(16).toString("hex")
  const [made] = await tx`
    insert into ranking (plan_id, party, user_id, ranks, reason, salt, commitment, committed_at)
    values (${planId}, ${party}, ${reader.userId}, ${json(ranks)}::jsonb, ${reason ? json(reason) : null}::jsonb,
            ${salt}, ${commitmentOf(salt, ranks)}, ${now})
    on conflict (plan_id, party) do nothing
    returning party`
  if (!made) return null
  await tx`select reveal_rankings(${planId}, ${now})`
  const rankings = await readRankings(context, planId)
  const isRevealed = rankings.length > 1
  if (isRevealed) await recordReveal(context, planId, rankings)
  const audience = isRevealed ? "shared" : party
  await tellHint(tx, { planId, audience, type: "standing", userId: null, rev: iso(now) })
  return rankings.find((ranking) => ranking.party === party) ?? null
}

/** Until the second seal a side may take its own back; false: there is none, or both are revealed. */
export async function takeBackRanking(context: ReaderContext, planId: string): Promise<boolean> {
  const { tx, now } = context
  const party = (await readActor(context, planId))?.party
  if (!party) return false
  await lockRankings(tx, planId)
  const [gone] = await tx`
    delete from ranking where plan_id = ${planId} and party = ${party} and revealed_at is null returning party`
  if (!gone) return false
  await tellHint(tx, { planId, audience: party, type: "standing", userId: null, rev: iso(now) })
  return true
}

/** Two seals at one moment would each miss the other, and neither would reveal them. */
const lockRankings = (tx: ReaderContext["tx"], planId: string) =>
  tx`select pg_advisory_xact_lock(hashtextextended(${`ranking:${planId}`}, 0))`

/** The first that the record says of it: when both were sealed, and what anybody needs to check it. */
async function recordReveal(context: ReaderContext, planId: string, rankings: readonly Ranking[]): Promise<void> {
  const { tx, now } = context
  const seals = rankings.map(({ party, committedAt, commitment, salt }) => ({ party, committedAt, commitment, salt }))
  const summary = { en: "Both rankings of the priorities revealed", ru: "Оба порядка приоритетов раскрыты" }
  const event = { kind: "reveal_rankings", subject: null, summary, data: { seals } }
  await appendEvents(tx, planId, "shared", { actor: null, party: null, role: null, at: now }, [event])
  await tellHint(tx, { planId, audience: "shared", type: "events", userId: null, rev: iso(now) })
}
