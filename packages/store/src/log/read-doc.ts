import type { PartyCode } from "@alternat/plan"
import type { DocId, LogEntry, StoredDoc } from "@alternat/room"
import type { Queryable } from "../connect.ts"
import { unpackBatch } from "./batch-bytes.ts"

export interface BatchRow {
  readonly seq_from: number
  readonly authors: readonly string[]
  readonly bytes: Uint8Array
  readonly at: Date
}
type DocRow = {
  readonly id: string
  readonly plan_id: string
  readonly space: "plan" | "caucus"
  readonly party: PartyCode | null
  readonly epoch: number
  readonly rules_rev: number
  readonly head_seq: number
  readonly snapshot_seq: number | null
  readonly state: Uint8Array | null
  readonly state_vector: Uint8Array | null
}

/**
 * Snapshots and tails in one statement, so that each belongs to one moment: a document's row, then its batches. `offset 0`
 * holds the planner to one walk of the primary key for each document, from its snapshot on: what lies before is long.
 */
export async function readStoredDocs(sql: Queryable, docs: readonly DocId[]): Promise<readonly (StoredDoc | null)[]> {
  const rows = await sql<(DocRow & BatchRow)[]>`
    select 0 as ordinal, d.id, d.plan_id, d.space, d.party, d.epoch, d.rules_rev, d.head_seq,
           s.seq as snapshot_seq, s.state, s.state_vector,
           null::integer as seq_from, null::text[] as authors, null::bytea as bytes, null::timestamptz as at
      from doc d left join doc_snapshot s on s.doc_id = d.id
     where d.id = any (${[...docs]}::text[])
     union all
    select u.seq_to, u.doc_id, null, null, null, null, null, null, null, null, null,
           u.seq_from, u.authors, u.bytes, u.at
      from doc d left join doc_snapshot s on s.doc_id = d.id
           cross join lateral (select u.doc_id, u.seq_to, u.seq_from, u.authors, u.bytes, u.at from doc_update u
                                where u.doc_id = d.id and u.seq_to > coalesce(s.seq, 0) offset 0) u
     where d.id = any (${[...docs]}::text[])
     order by ordinal`
  const byDoc = new Map<DocId, { readonly head: DocRow; readonly batches: BatchRow[] }>()
  for (const row of rows) {
    const found = byDoc.get(row.id)
    if (found) found.batches.push(row)
    else byDoc.set(row.id, { head: row, batches: [] })
  }
  return docs.map((doc) => {
    const found = byDoc.get(doc)
    return found ? toStoredDoc(found.head, found.batches) : null
  })
}

export const readStoredDoc = async (sql: Queryable, doc: DocId): Promise<StoredDoc | null> =>
  (await readStoredDocs(sql, [doc]))[0] ?? null

function toStoredDoc(head: DocRow, batches: readonly BatchRow[]): StoredDoc {
  const { snapshot_seq, state, state_vector } = head
  return {
    doc: head.id,
    planId: head.plan_id,
    space: head.space,
    party: head.party,
    epoch: head.epoch,
    rulesRev: head.rules_rev,
    headSeq: head.head_seq,
    snapshot:
      snapshot_seq !== null && state && state_vector ? { seq: snapshot_seq, state, stateVector: state_vector } : null,
    tail: expand(batches, snapshot_seq ?? 0),
  }
}

export async function readEntriesAfter(sql: Queryable, doc: DocId, seq: number): Promise<readonly LogEntry[]> {
  const batches = await sql<BatchRow[]>`
    select seq_to, seq_from, authors, bytes, at from doc_update where doc_id = ${doc} and seq_to > ${seq}
     order by seq_to`
  return expand(batches, seq)
}

/** Rows as entries, one for each update. */
export function expand(batches: readonly BatchRow[], after: number): readonly LogEntry[] {
  return batches.flatMap(({ seq_from, authors, bytes, at }) =>
    unpackBatch(bytes, authors.length)
      .map((update, i) => ({ seq: seq_from + i, author: authors[i] ?? "", at, bytes: update }))
      .filter((entry) => entry.seq > after),
  )
}
