import type { PartyCode } from "@alternat/plan"
import type { ActingHead } from "../contract/reader.ts"
import { iso, type ReaderContext } from "../reader-context.ts"

/** Past, present and coming; both sides see all of them. */
export async function readActingHeads({ tx }: ReaderContext, planId: string): Promise<readonly ActingHead[]> {
  const rows = await tx<{ party: PartyCode; user_id: string; from_at: Date; until_at: Date }[]>`
    select party, user_id, from_at, until_at from acting_head where plan_id = ${planId} order by from_at, id`
  return rows.map((row) => ({
    party: row.party,
    userId: row.user_id,
    from: iso(row.from_at),
    until: iso(row.until_at),
  }))
}

/** Only a head, and only somebody of the own side: row-level security refuses anything else. */
export async function appointActingHead(
  { tx, reader, newId }: ReaderContext,
  planId: string,
  { party, userId, from, until }: ActingHead,
): Promise<void> {
  await tx`
    insert into acting_head (id, plan_id, party, user_id, appointed_by, from_at, until_at)
    values (${newId()}, ${planId}, ${party}, ${userId}, ${reader.userId}, ${from}, ${until})`
}
