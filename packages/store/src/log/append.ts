import type { AppendOutcome, AppendRequest } from "@alternat/room"
import type { Queryable } from "../connect.ts"
import { packBatch } from "./batch-bytes.ts"

/** One statement for all documents, and so one commit. The rules are in the function of that name, migration 0002. */
export async function appendUpdates(
  sql: Queryable,
  requests: readonly AppendRequest[],
): Promise<readonly AppendOutcome[]> {
  const batches = requests.map((request) => packBatch(request.updates.map((update) => update.bytes)))
  const authors = requests.flatMap((request) => request.updates.map((update) => update.author))
  const clients = requests.flatMap((request, i) => request.newClients.map((client) => ({ ...client, ordinal: i + 1 })))
  const rows = await sql<{ outcome: AppendOutcome["type"]; value: number }[]>`
    select outcome, value
      from append_updates(
        ${requests.map((request) => request.doc)}::text[],
        ${requests.map((request) => request.rulesRev)}::integer[],
        ${requests.map((request) => request.updates.length)}::integer[],
        ${batches.map((batch) => batch.length)}::integer[],
        ${Buffer.concat(batches)},
        ${authors}::text[],
        ${clients.map((client) => client.ordinal)}::integer[],
        ${clients.map((client) => client.clientId)}::bigint[],
        ${clients.map((client) => client.author)}::text[],
        clock_timestamp())
     order by i`
  return rows.map((row, i) => toOutcome(row.outcome, row.value, requests[i]?.updates.length ?? 0))
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
