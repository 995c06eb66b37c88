import type { AppendOutcome, AppendRequest } from "@alternat/room"
import type { Queryable } from "../connect.ts"
import { packBatch } from "./batch-bytes.ts"

/** From here on what is done for all documents at once costs less than what is done for each. */
const MANY = 3

/** One statement for all documents, and so one commit. Its rules: migrations 0006 and 0009. */
export async function appendUpdates(
  sql: Queryable,
  requests: readonly AppendRequest[],
): Promise<readonly AppendOutcome[]> {
  const [request] = requests
  if (request && requests.length === 1 && request.newClients.length === 0 && request.updates.length > 0)
    return [await appendToOne(sql, request)]
  const rows = isForMany(requests) ? await appendToMany(sql, requests) : await appendToEach(sql, requests)
  return rows.map((row, i) => toOutcome(row.outcome, row.value, requests[i]?.updates.length ?? 0))
}

/** What a letter typed alone takes: the shortest way that there is, as everybody in the room waits for it. */
async function appendToOne(sql: Queryable, { doc, rulesRev, updates }: AppendRequest): Promise<AppendOutcome> {
  const count = updates.length
  const bytes = packBatch(updates.map((update) => update.bytes))
  const [written] = await sql<{ head_seq: number }[]>`
    with written as (
      update doc set head_seq = head_seq + ${count}, updated_at = now()
       where id = ${doc} and rules_rev = ${rulesRev} returning id, head_seq, rules_rev),
    logged as (
      insert into doc_update (doc_id, seq_from, seq_to, authors, bytes, at)
      select id, head_seq - ${count} + 1, head_seq, ${updates.map((update) => update.author)}::text[], ${bytes}, now()
        from written)
    select head_seq, pg_notify('alternat_log', json_build_array(json_build_array(id, head_seq, rules_rev))::text)
      from written`
  if (written) return toOutcome("appended", written.head_seq - count + 1, count)
  const [rules] = await sql<{ rules_rev: number }[]>`select rules_rev from doc where id = ${doc}`
  return rules ? { type: "rulesChanged", rulesRev: rules.rules_rev } : { type: "noSuchDocument" }
}

interface OutcomeRow {
  readonly outcome: AppendOutcome["type"]
  readonly value: number
}

const isForMany = (requests: readonly AppendRequest[]): boolean =>
  requests.length >= MANY &&
  requests.every((request) => request.newClients.length === 0) &&
  new Set(requests.map((request) => request.doc)).size === requests.length

function appendToMany(sql: Queryable, requests: readonly AppendRequest[]): Promise<readonly OutcomeRow[]> {
  const { docs, revs, counts, sizes, bytes, authors } = columnsOf(requests)
  return sql<OutcomeRow[]>`
    select outcome, value
      from append_to_many(
        ${docs}::text[], ${revs}::integer[], ${counts}::integer[], ${sizes}::integer[], ${bytes}, ${authors}::text[],
        clock_timestamp())
     order by i`
}

function appendToEach(sql: Queryable, requests: readonly AppendRequest[]): Promise<readonly OutcomeRow[]> {
  const { docs, revs, counts, sizes, bytes, authors } = columnsOf(requests)
  const clients = requests.flatMap((request, i) => request.newClients.map((client) => ({ ...client, ordinal: i + 1 })))
  return sql<OutcomeRow[]>`
    select outcome, value
      from append_updates(
        ${docs}::text[], ${revs}::integer[], ${counts}::integer[], ${sizes}::integer[], ${bytes}, ${authors}::text[],
        ${clients.map((client) => client.ordinal)}::integer[],
        ${clients.map((client) => client.clientId)}::bigint[],
        ${clients.map((client) => client.author)}::text[],
        clock_timestamp())
     order by i`
}

function columnsOf(requests: readonly AppendRequest[]) {
  const batches = requests.map((request) => packBatch(request.updates.map((update) => update.bytes)))
  return {
    docs: requests.map((request) => request.doc),
    revs: requests.map((request) => request.rulesRev),
    counts: requests.map((request) => request.updates.length),
    sizes: batches.map((batch) => batch.length),
    bytes: Buffer.concat(batches),
    authors: requests.flatMap((request) => request.updates.map((update) => update.author)),
  }
}

function toOutcome(type: AppendOutcome["type"], value: number, count: number): AppendOutcome {
  switch (type) {
    case "appended":
      return { type, firstSeq: value, lastSeq: value + count - 1 }
    case "rulesChanged":
      return { type, rulesRev: value }
    case "clientTaken":
      return { type, clientId: value }
    case "noSuchDocument":
      return { type }
  }
}
