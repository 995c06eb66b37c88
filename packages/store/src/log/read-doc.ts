import type { PartyCode } from "@alternat/plan"
import type { DocId, LogEntry, StoredDoc } from "@alternat/room"
import type { Queryable } from "../connect.ts"
import { unpackBatch } from "./batch-bytes.ts"

interface BatchRow {
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

/** Snapshot and tail in one statement, so that they belong to one moment: first the document's row, then its batches. */
export async function readStoredDoc(sql: Queryable, doc: DocId): Promise<StoredDoc | null> {
  const [head, ...batches] = await sql<(DocRow & BatchRow)[]>`
    select 0 as ordinal, d.id, d.plan_id, d.space, d.party, d.epoch, d.rules_rev, d.head_seq,
           s.seq as snapshot_seq, s.state, s.state_vector,
           null::integer as seq_from, null::text[] as authors, null::bytea as bytes, null::timestamptz as at
      from doc d left join doc_snapshot s on s.doc_id = d.id
     where d.id = ${doc}
     union all
    select u.seq_to, null, null, null, null, null, null, null, null, null, null, u.seq_from, u.authors, u.bytes, u.at
      from doc_update u
     where u.doc_id = ${doc}
       and u.seq_to > coalesce((select s.seq from doc_snapshot s where s.doc_id = ${doc}), 0)
     order by ordinal`
  if (!head) return null
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

/** From log and history: a node may have been away for longer than rows stay in the log. */
export async function readEntriesAfter(sql: Queryable, doc: DocId, seq: number): Promise<readonly LogEntry[]> {
  const batches = await sql<BatchRow[]>`
    select seq_to, seq_from, authors, bytes, at from doc_history where doc_id = ${doc} and seq_to > ${seq}
     union all
    select seq_to, seq_from, authors, bytes, at from doc_update where doc_id = ${doc} and seq_to > ${seq}
     order by seq_to`
  return expand(batches, seq)
}

function expand(batches: readonly BatchRow[], after: number): readonly LogEntry[] {
  return batches.flatMap(({ seq_from, authors, bytes, at }) =>
    unpackBatch(bytes, authors.length)
      .map((update, i) => ({ seq: seq_from + i, author: authors[i] ?? "", at, bytes: update }))
      .filter((entry) => entry.seq > after),
  )
}
