import type { Bilingual, EventEntry, PartyCode, Role } from "@alternat/plan"
import { canonicalJson } from "../canonical-json.ts"
import type { Queryable } from "../connect.ts"
import { json } from "../connect.ts"
import type { ChainReport, NewEvent } from "../contract/plans.ts"
import { iso } from "../reader-context.ts"
import { sha256Hex } from "../sha256.ts"

/**
 * One chain per plan and audience: a private event must not be guessed from a gap in the shared numbers. An event's hash
 * covers everything it says and its predecessor's hash, so a changed, dropped or added line shows at once.
 */
export const GENESIS = sha256Hex("alternat-events/1")

export interface EventRow {
  readonly seq: number
  readonly at: Date
  readonly kind: string
  readonly actor: string | null
  readonly party: PartyCode | null
  readonly role: Role | null
  readonly subject: EventEntry["subject"]
  readonly summary: Bilingual
  readonly data: Readonly<Record<string, unknown>>
  readonly prev_hash: string
  readonly hash: string
}

const hashOf = (planId: string, audience: string, row: Omit<EventRow, "hash">): string =>
  sha256Hex(row.prev_hash + canonicalJson({ planId, audience, ...row, at: iso(row.at) }))

/** Who did it, when the event itself does not say. */
export interface EventAuthor {
  readonly actor: string | null
  readonly party: PartyCode | null
  readonly role: Role | null
  readonly at: Date
}

/** Locks the chain's head, so that no two transactions take the same number. */
export async function appendEvents(
  sql: Queryable,
  planId: string,
  audience: string,
  author: EventAuthor,
  events: readonly NewEvent[],
): Promise<readonly EventEntry[]> {
  if (events.length === 0) return []
  await sql`
    insert into event_chain (plan_id, audience, head_hash) values (${planId}, ${audience}, ${GENESIS})
    on conflict (plan_id, audience) do nothing`
  const [head] = await sql<{ head_seq: number; head_hash: string }[]>`
    select head_seq, head_hash from event_chain where plan_id = ${planId} and audience = ${audience} for update`
  if (!head) throw new Error("broken invariant: an event chain the reader can't see")
  let prev = head.head_hash
  const rows = events.map((event, i): EventRow => {
    const unhashed = {
      seq: head.head_seq + i + 1,
      at: event.at ? new Date(event.at) : author.at,
      kind: event.kind,
      actor: author.actor,
      party: event.party === undefined ? author.party : event.party,
      role: event.role === undefined ? author.role : event.role,
      subject: event.subject,
      summary: event.summary,
      data: event.data ?? {},
      prev_hash: prev,
    }
    prev = hashOf(planId, audience, unhashed)
    return { ...unhashed, hash: prev }
  })
  for (const row of rows)
    await sql`
      insert into event (plan_id, audience, seq, at, kind, actor, party, role, subject, summary, data, prev_hash, hash)
      values (${planId}, ${audience}, ${row.seq}, ${row.at}, ${row.kind}, ${row.actor}, ${row.party}, ${row.role},
              ${row.subject ? json(row.subject) : null}::jsonb, ${json(row.summary)}::jsonb, ${json(row.data)}::jsonb,
              ${row.prev_hash}, ${row.hash})`
  await sql`
    update event_chain set head_seq = ${head.head_seq + rows.length}, head_hash = ${prev}
     where plan_id = ${planId} and audience = ${audience}`
  return rows.map(toEntry)
}

/** The shared story, oldest first. */
export async function readEvents(
  sql: Queryable,
  planId: string,
  { after = 0, limit = 500 }: { readonly after?: number; readonly limit?: number } = {},
): Promise<readonly EventEntry[]> {
  const rows = await sql<EventRow[]>`
    select seq, at, kind, actor, party, role, subject, summary, data, prev_hash, hash
      from event
     where plan_id = ${planId} and audience = 'shared' and seq > ${after}
     order by seq
     limit ${limit}`
  return rows.map(toEntry)
}

/** Recomputes every chain of the plan, in pages. */
export async function verifyChain(sql: Queryable, planId: string): Promise<ChainReport> {
  const chains = await sql<{ audience: string; head_seq: number; head_hash: string }[]>`
    select audience, head_seq, head_hash from event_chain where plan_id = ${planId} order by audience`
  let length = 0
  for (const chain of chains) {
    let prev = GENESIS
    let seq = 0
    for (;;) {
      const rows = await sql<EventRow[]>`
        select seq, at, kind, actor, party, role, subject, summary, data, prev_hash, hash
          from event where plan_id = ${planId} and audience = ${chain.audience} and seq > ${seq} order by seq limit 1000`
      for (const { hash, ...row } of rows) {
        const bad = (problem: "gap" | "prev" | "hash"): ChainReport => ({
          ok: false,
          audience: chain.audience,
          seq: row.seq,
          problem,
        })
        if (row.seq !== seq + 1) return bad("gap")
        if (row.prev_hash !== prev) return bad("prev")
        if (hashOf(planId, chain.audience, row) !== hash) return bad("hash")
        prev = hash
        seq = row.seq
      }
      if (rows.length === 0) break
    }
    if (seq !== chain.head_seq || prev !== chain.head_hash)
      return { ok: false, audience: chain.audience, seq, problem: "head" }
    length += seq
  }
  return { ok: true, length, head: chains.find((chain) => chain.audience === "shared")?.head_hash ?? GENESIS }
}

export const toEntry = ({ seq, at, kind, party, role, subject, summary, hash }: EventRow): EventEntry => ({
  seq,
  at: iso(at),
  kind,
  party,
  role,
  subject,
  summary,
  hash,
})
