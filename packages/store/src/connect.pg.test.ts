import { setTimeout as pause } from "node:timers/promises"
import { createTestDatabase, type TestDatabase } from "@alternat/testkit"
import { afterAll, beforeAll, expect, test } from "vitest"
import { connect } from "./connect.ts"

let db: TestDatabase
beforeAll(async () => {
  db = await createTestDatabase()
})
afterAll(() => db.close())

test("[STORE87] a connection that ends in the middle of a transaction fails that transaction, and nothing else", async () => {
  const sql = connect(db.urls.sync, { role: "alternat_sync", max: 1 })
  const killer = connect(db.superUrl, { role: null, max: 1 })
  for (let round = 0; round < 3; round++) {
    const transaction = sql.begin(async (tx) => {
      const [backend] = await tx<{ pid: number }[]>`select pg_backend_pid() as pid`
      await killer`select pg_terminate_backend(${backend?.pid ?? 0})`
      // the socket has closed by then, and the transaction doesn't know
      await pause(50)
      await tx`select 1`
    })
    await expect(transaction).rejects.toThrow("CONNECTION_CLOSED")
    expect(await sql`select 1 as one`).toMatchObject([{ one: 1 }])
  }
  await Promise.all([sql.end(), killer.end()])
})
