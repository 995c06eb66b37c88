import type { Bilingual, PartyCode, Role } from "@alternat/plan"
import type { Queryable } from "../connect.ts"
import { type EventRow, toEntry } from "../events/event-chain.ts"
import { type BatchRow, expand } from "../log/read-doc.ts"
import type { ActEvent, LogPage, Writer } from "./authorship-face.ts"

/** Rows of the log a page holds at most: reading a long history holds no thread for long. */
const ROWS = 200

/** The plan document's log behind a position, from its beginning if need be. null: no such plan here. */
export async function readPlanLog(sql: Queryable, planId: string, after: number): Promise<LogPage | null> {
  const [doc] = await sql<{ id: string; epoch: number; head_seq: number }[]>`
    select d.id, d.epoch, d.head_seq from doc d where d.plan_id = ${planId} and d.space = 'plan'`
  if (!doc) return null
  const rows = await sql<BatchRow[]>`
    select seq_to, seq_from, authors, bytes, at from doc_update where doc_id = ${doc.id} and seq_to > ${after}
     order by seq_to
     limit ${ROWS}`
  return { doc: doc.id, epoch: doc.epoch, headSeq: doc.head_seq, entries: expand(rows, after) }
}

/** Seats of these people. Row-level security leaves out the names that the reader may not know. */
export async function readWriters(
  sql: Queryable,
  planId: string,
  userIds: readonly string[],
): Promise<ReadonlyMap<string, Writer>> {
  const rows = await sql<
    { user_id: string; party: PartyCode | null; roles: Role[]; name_en: string | null; name_ru: string | null }[]
  >`
    select m.user_id, m.party, m.roles, p.name_en, p.name_ru
      from member m left join person p on p.id = m.user_id
     where m.plan_id = ${planId} and m.user_id = any (${[...userIds]}::text[])`
  return new Map(
    rows.map(({ user_id, party, roles, name_en, name_ru }) => {
      const name: Bilingual | null = name_en === null || name_ru === null ? null : { en: name_en, ru: name_ru }
      return [user_id, { userId: user_id, party, role: roles[0] ?? "observer", name }]
    }),
  )
}

/** The events of the acts that wrote at these positions of the plan's log. */
export async function readActEvents(
  sql: Queryable,
  planId: string,
  seqs: readonly number[],
): Promise<readonly ActEvent[]> {
  const rows = await sql<(EventRow & { readonly log_seq: number })[]>`
    select a.seq as log_seq, e.seq, e.at, e.kind, e.actor, e.party, e.role, e.subject, e.summary, e.data, e.prev_hash,
           e.hash
      from doc d
      join act_update a on a.doc_id = d.id
      join event e on e.plan_id = d.plan_id and e.audience = 'shared' and e.seq = a.event_seq
     where d.plan_id = ${planId} and d.space = 'plan' and a.seq = any (${[...seqs]}::integer[])
     order by a.seq, e.seq`
  return rows.map(({ log_seq, ...row }) => ({ seq: log_seq, event: toEntry(row), clauseIds: clausesNamed(row) }))
}

/** An accepted insertion has the clause it stands behind as its subject, and names the new one. */
function clausesNamed({ subject, data }: EventRow): readonly string[] {
  const items = Array.isArray(data["items"]) ? (data["items"] as { readonly type: string; readonly id: string }[]) : []
  const created = typeof data["created"] === "string" ? [data["created"]] : []
  if (created.length > 0) return created
  return [
    ...(subject?.type === "clause" ? [subject.id] : []),
    ...items.filter((i) => i.type === "clause").map((i) => i.id),
  ]
}

/** Keeps which events an act's words belong to; see migration 0007. */
export async function linkActUpdates(
  sql: Queryable,
  doc: string,
  seqs: readonly number[],
  events: readonly number[],
): Promise<void> {
  if (seqs.length === 0 || events.length === 0) return
  await sql`
    insert into act_update (doc_id, seq, event_seq)
    select ${doc}, s.seq, e.seq
      from unnest(${[...seqs]}::integer[]) s (seq), unnest(${[...events]}::integer[]) e (seq)`
}
