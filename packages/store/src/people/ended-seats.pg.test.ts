import { CAST, createTestDatabase, fixedClock, smallPlan, type TestDatabase } from "@alternat/testkit"
import { afterEach, beforeEach, expect, test } from "vitest"
import { connect, type Sql } from "../connect.ts"
import type { Seat } from "./ended-seats.ts"

let db: TestDatabase
let sql: Sql
const clock = fixedClock("2015-03-02T09:00:00.000Z")
const head = CAST.headUs

beforeEach(async () => {
  db = await createTestDatabase({ now: clock.now })
  sql = connect(db.superUrl, { role: null, max: 1 })
  await db.store.installPlan(smallPlan())
  await sql`
    insert into auth_user (id, name, email, email_verified, created_at, updated_at)
    values (${head.userId}, 'N', 'head@us.example', false, ${clock.now()}, ${clock.now()})`
  await sql`
    insert into auth_session (id, user_id, token, expires_at, created_at, updated_at)
    values ('session-1', ${head.userId}, 'a token', ${new Date(clock.now().getTime() + 60_000)}, ${clock.now()}, ${clock.now()})`
})
afterEach(async () => {
  await sql.end()
  await db.close()
})

async function seat(): Promise<Seat> {
  const actor = await db.store.withReader({ userId: head.userId }, (tx) => tx.actor(smallPlan().id))
  if (!actor) throw new Error("the head is a member")
  return { sessionId: "session-1", planId: smallPlan().id, actor }
}

test("[STORE120] a seat lasts as long as its session and its place in the plan", async () => {
  const sitting = await seat()
  expect(await db.store.endedSeats([sitting])).toEqual([])
  await sql`update member set roles = array['drafter'] where user_id = ${head.userId}`
  expect(await db.store.endedSeats([sitting])).toEqual([sitting])
  const anew = await seat()
  expect(await db.store.endedSeats([sitting, anew])).toEqual([sitting])
  await sql`delete from member where user_id = ${head.userId}`
  expect(await db.store.endedSeats([anew])).toEqual([anew])
})

test("[STORE120] an expired session and a deleted one are both ended; somebody else's is nobody's seat", async () => {
  const sitting = await seat()
  expect(await db.store.endedSeats([{ ...sitting, sessionId: "another" }])).toHaveLength(1)
  clock.advance(60_001)
  expect(await db.store.endedSeats([sitting])).toEqual([sitting])
  await db.store.revokeUser(head.userId)
  expect(await db.store.endedSeats([sitting])).toEqual([sitting])
})
