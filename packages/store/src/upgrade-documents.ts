import { SCHEMA_VERSION, upgradeUpdate } from "@alternat/document"
import { assert } from "@alternat/plan"
import type { DocId } from "@alternat/room"
import type { Queryable, Sql } from "./connect.ts"
import { appendUpdates } from "./log/append.ts"
import { readStoredDoc } from "./log/read-doc.ts"

/** Kept among the migrations: a program of the former layout then refuses to start on this database. */
export const LAYOUT_MARK = `documents-${SCHEMA_VERSION}`

/**
 * Brings every stored document to the present layout, each in a transaction of its own under the lock of its row: the
 * update, the epoch, the schema and the revision of its rules come together or not at all, so a process that dies in the
 * middle leaves whole documents behind and the next start does the rest. With the revision the rooms of all nodes hear
 * of it, close (4409), and their clients keep what was unsaved as drafts.
 */
export async function upgradeDocuments(sql: Sql): Promise<number> {
  const outdated = await sql<{ id: DocId }[]>`
    select id from doc where schema_version < ${SCHEMA_VERSION} order by id`
  if (outdated.length === 0) return 0
  await sql`insert into schema_migration (name, sha256) values (${LAYOUT_MARK}, '') on conflict do nothing`
  for (const { id } of outdated) await sql.begin((tx) => upgradeDocument(tx, id))
  return outdated.length
}

async function upgradeDocument(tx: Queryable, doc: DocId): Promise<void> {
  const [row] = await tx<{ epoch: number; rules_rev: number; schema_version: number }[]>`
    select epoch, rules_rev, schema_version from doc where id = ${doc} for update`
  const stored = row && row.schema_version < SCHEMA_VERSION ? await readStoredDoc(tx, doc) : null
  if (!row || !stored) return
  const epoch = row.epoch + 1
  const log = [...(stored.snapshot ? [stored.snapshot.state] : []), ...stored.tail.map((entry) => entry.bytes)]
  const { update, clientId } = upgradeUpdate(stored.space, log, epoch)
  if (update) {
    const author = "server"
    const [outcome] = await appendUpdates(tx, [
      { doc, rulesRev: row.rules_rev, updates: [{ author, bytes: update }], newClients: [{ clientId, author }] },
    ])
    assert(outcome?.type === "appended", `document ${doc} is locked and takes its upgrade, not ${outcome?.type}`)
  }
  await tx`
    with raised as (
      update doc set epoch = ${epoch}, schema_version = ${SCHEMA_VERSION}, rules_rev = rules_rev + 1
       where id = ${doc} returning id, head_seq, rules_rev)
    select pg_notify('alternat_log', json_build_array(json_build_array(id, head_seq, rules_rev))::text) from raised`
}
