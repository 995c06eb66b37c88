import {
  type AppendOutcome,
  type AppendRequest,
  type AuthorId,
  type DocId,
  type DocRules,
  StorageAwayError,
  type UpdateLog,
} from "@alternat/room"
import type { Queryable, Sql } from "../connect.ts"
import { errorCode, errorText } from "../connect.ts"
import { within } from "../within.ts"
import { appendUpdates } from "./append.ts"
import { gather } from "./gather.ts"
import { readEntriesAfter, readStoredDocs } from "./read-doc.ts"

/** Longer than any commit takes, shorter than a person waits: past it the outcome is unknown and says so. */
const PATIENCE_MS = 15_000

/** Bad data in one document, as opposed to a database that can't be used: SQLSTATE classes of data, constraints, limits. */
const isDocumentsFault = (error: unknown): boolean => /^(22|23|54|P0)/.test(errorCode(error))

/** The log in PostgreSQL, written as `alternat_sync`. */
export function createPgUpdateLog(sql: Sql): UpdateLog {
  const append = async (requests: readonly AppendRequest[]): Promise<readonly AppendOutcome[]> => {
    if (requests.length === 0) return []
    try {
      return await appendUpdates(sql, requests)
    } catch (error) {
      if (!isDocumentsFault(error)) throw error
      // Split it out of its batch. Alone, it gets the one outcome that makes its room close and load again.
      if (requests.length === 1) return [{ type: "noSuchDocument" }]
      const outcomes: AppendOutcome[] = []
      for (const request of requests) outcomes.push(...(await append([request])))
      return outcomes
    }
  }
  // each lane's question ends by itself; `orAway` ends the waiting of who has not had a turn by then
  const inLanes = { lanes: 2, patienceMs: PATIENCE_MS }
  const load = gather((docs: readonly DocId[]) => readStoredDocs(sql, docs), { atMost: 64, ...inLanes })
  const rules = gather((docs: readonly DocId[]) => readRules(sql, docs), { atMost: 250, ...inLanes })
  const authors = gather((docs: readonly DocId[]) => readClientAuthors(sql, docs), { atMost: 64, ...inLanes })
  return {
    append: (requests) => orAway(() => append(requests)),
    load: (doc) => orAway(() => load(doc)),
    readAfter: (doc, seq) => orAway(() => readEntriesAfter(sql, doc, seq)),
    clientAuthors: (doc) => orAway(() => authors(doc)),
    rules: (doc) => orAway(() => rules(doc)),
    compact: (doc, snapshot) => orAway(() => compact(sql, doc, snapshot)),
  }
}

async function orAway<T>(ask: () => Promise<T>): Promise<T> {
  try {
    return await within(PATIENCE_MS, ask)
  } catch (error) {
    if (error instanceof Error && error.message.startsWith("broken invariant")) throw error
    throw new StorageAwayError(errorText(error), { cause: error })
  }
}

export async function readClientAuthors(
  sql: Queryable,
  docs: readonly DocId[],
): Promise<readonly ReadonlyMap<number, AuthorId>[]> {
  const rows = await sql<{ doc_id: string; client_id: number; author: string }[]>`
    select doc_id, client_id, author from client_author where doc_id = any (${[...docs]}::text[])`
  const byDoc = new Map(docs.map((doc) => [doc, new Map<number, AuthorId>()]))
  for (const { doc_id, client_id, author } of rows) byDoc.get(doc_id)?.set(client_id, author)
  return docs.map((doc) => byDoc.get(doc) ?? new Map())
}

/** Rules, their rev and the log's head in one statement: an act changes them in one transaction. */
export async function readRules(sql: Queryable, docs: readonly DocId[]): Promise<readonly (DocRules | null)[]> {
  const rows = await sql<RulesRow[]>`
    select d.id, d.rules_rev as rev, d.epoch, d.head_seq,
           d.space = 'plan' and p.status <> 'negotiation' as frozen,
           case when d.space = 'plan' then array(
             select c.clause_id from clause_standing c
              where c.plan_id = p.id and c.state in ('parked', 'agreed_ad_ref', 'agreed', 'locked', 'withdrawn'))
           else '{}'::text[] end as clauses,
           case when d.space = 'plan' then array(
             select l.line_id from line_standing l where l.plan_id = p.id and l.state <> 'under_negotiation')
           else '{}'::text[] end as lines
      from doc d join plan p on p.id = d.plan_id
     where d.id = any (${[...docs]}::text[])`
  const byDoc = new Map(rows.map((row) => [row.id, row]))
  return docs.map((doc) => {
    const row = byDoc.get(doc)
    if (!row) return null
    const { rev, epoch, frozen, clauses, lines, head_seq: headSeq } = row
    return { rev, epoch, headSeq, frozen, closedClauses: new Set(clauses), closedLines: new Set(lines) }
  })
}

interface RulesRow {
  readonly id: DocId
  readonly rev: number
  readonly epoch: number
  readonly head_seq: number
  readonly frozen: boolean
  readonly clauses: string[]
  readonly lines: string[]
}

type Snapshot = Parameters<UpdateLog["compact"]>[1]

/**
 * A late snapshot from a slower node is no harm: the newer one stays. It waits for no disk: should the machine fall, the
 * older one or none is read, and more of the log. Whoever commits next waits no longer for having it written beside them.
 */
async function compact(sql: Sql, doc: DocId, snapshot: Snapshot): Promise<void> {
  await sql.begin(async (tx) => {
    await tx`set local synchronous_commit = off`
    await tx`
      insert into doc_snapshot (doc_id, seq, state, state_vector)
      select id, ${snapshot.seq}, ${Buffer.from(snapshot.state)}, ${Buffer.from(snapshot.stateVector)}
        from doc where id = ${doc} and head_seq >= ${snapshot.seq}
      on conflict (doc_id) do update
         set seq = excluded.seq, state = excluded.state, state_vector = excluded.state_vector
       where doc_snapshot.seq < excluded.seq`
  })
}
