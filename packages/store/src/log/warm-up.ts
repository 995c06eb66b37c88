import type { Sql } from "../connect.ts"
import { readBearers } from "../people/ticket-desk.ts"
import { within } from "../within.ts"
import { readClientAuthors, readRules } from "./pg-update-log.ts"
import { readStoredDocs } from "./read-doc.ts"

/** As many as ask at a time for tickets, and for documents. */
const CONNECTIONS = 2
const PATIENCE_MS = 5000

/**
 * Asks what a newcomer will wait for, of nobody and of no document: a backend that has just started takes some ten
 * milliseconds to learn these questions, and a tenth of that from then on. Only a convenience: when it fails, who asks
 * first waits a little longer.
 */
export async function warmUp(sql: Sql, now: Date): Promise<void> {
  try {
    await within(PATIENCE_MS, () => Promise.all(Array.from({ length: CONNECTIONS }, () => learn(sql, now))))
  } catch {
    // the database is away; who asks is told so
  }
}

async function learn(sql: Sql, now: Date): Promise<void> {
  // both hold one at the same time, and so not the same one; a connection that is reserved outlives the end of its pool
  await sql.begin("read only", async (connection) => {
    await readBearers(connection, [{ doc: "", ticket: "" }], now)
    await readStoredDocs(connection, [""])
    await readRules(connection, [""])
    await readClientAuthors(connection, [""])
  })
}
