import { setTimeout as sleep, setImmediate as turn } from "node:timers/promises"
import { createTestDatabase, type TestDatabase } from "@alternat/testkit"
import { afterAll, beforeAll, expect, test } from "vitest"
import { connect, errorCode } from "./connect.ts"
import { createStore } from "./create-store.ts"

let db: TestDatabase
beforeAll(async () => {
  db = await createTestDatabase()
})
afterAll(() => db.close())

const codeOf = (work: PromiseLike<unknown>): Promise<string> =>
  Promise.resolve(work).then(
    () => "",
    (error: unknown) => errorCode(error),
  )

test("[STORE87] a connection that ends in the middle of a transaction fails that transaction, and nothing else", async () => {
  const sql = connect(db.urls.sync, { role: "alternat_sync", max: 1 })
  const killer = connect(db.superUrl, { role: null, max: 1 })
  await killer`create table strayed (n integer)`
  await killer`grant all on strayed to alternat_sync`
  for (let round = 0; round < 5; round++) {
    let isOpenAgain = false
    let asked = ""
    const transaction = sql.begin(async (tx) => {
      const [backend] = await tx<{ pid: number }[]>`select pg_backend_pid() as pid`
      await killer`select pg_terminate_backend(${backend?.pid ?? 0})`
      // asks on until the socket has closed, and when it is open again: a transaction does not know
      for (;;) {
        asked = await codeOf(tx`insert into strayed values (1)`)
        if (asked === "CONNECTION_CLOSED" && isOpenAgain) return
        await turn()
      }
    })
    expect(await codeOf(transaction)).toMatch(/^(CONNECTION_CLOSED|57P01)$/)
    await expect.poll(() => codeOf(sql`select 1`)).toBe("")
    isOpenAgain = true
    await expect.poll(() => asked).toBe("CONNECTION_CLOSED")
    expect(await sql`select 1 from strayed`).toEqual([])
  }
  await Promise.all([sql.end(), killer.end()])
})

test("[STORE89] a store that is closed while it still opens its connections leaves none behind", async () => {
  const sockets = (): number =>
    process.getActiveResourcesInfo().filter((name) => /^(TCP|TCPSocket|Pipe)/.test(name)).length
  const before = sockets()
  for (let round = 0; round < 120; round++) {
    const store = createStore({ urls: db.urls })
    store.feed.subscribe(() => undefined)
    store.hints.subscribe(() => undefined)
    // from before the first packet until all of them listen
    if (round % 2 === 0) await sleep(round / 4)
    else for (let i = 0; i < round * 4; i++) await turn()
    await store.close()
  }
  await expect.poll(sockets, { timeout: 3000 }).toBeLessThanOrEqual(before)
})
