import { createTestDatabase, fixedClock, smallPlan, type TestDatabase } from "@alternat/testkit"
import { afterEach, beforeEach, expect, test } from "vitest"
import { connect } from "../connect.ts"
import type { NewAccount } from "./accounts.ts"

let db: TestDatabase
let clock: ReturnType<typeof fixedClock>
beforeEach(async () => {
  clock = fixedClock("2015-03-02T09:00:00.000Z")
  db = await createTestDatabase({ now: clock.now })
})
afterEach(() => db.close())

const plan = smallPlan()
const accounts: readonly NewAccount[] = plan.people.map(({ userId, name, language }) => ({
  userId,
  name,
  language,
  email: `${userId}@first.example`,
  passwordHash: "a hash",
}))

async function makeToken(): Promise<string> {
  const made = await db.store.setup.makeToken()
  if (!made.ok) throw new Error(made.error.type)
  return made.value.token
}
const redeem = (token: string) => db.store.setup.redeem(token, accounts, plan)

test("[STORE55] a token works once, is kept as its hash, and a newer one ends it", async () => {
  const older = await makeToken()
  const token = await makeToken()
  expect(await redeem(older)).toMatchObject({ ok: false, error: { type: "UnknownToken" } })
  const sql = connect(db.superUrl, { role: null, max: 1 })
  expect(JSON.stringify(await sql`select t::text from setup_token t`)).not.toContain(token)
  await sql.end()
  expect(await db.store.setup.awaited()).toBe(true)
  expect((await redeem(token)).ok).toBe(true)
  expect(await db.store.setup.awaited()).toBe(false)
  expect(await db.store.hasPlan(plan.id)).toBe(true)
  expect(await redeem(token)).toMatchObject({ ok: false, error: { type: "TokenOver" } })
  expect(await db.store.setup.makeToken()).toMatchObject({ ok: false, error: { type: "HasMembers" } })
})

test("[STORE55] a token is over after 24 hours", async () => {
  const token = await makeToken()
  clock.advance(24 * 3_600_000 - 1)
  expect((await db.store.setup.check(token)).ok).toBe(true)
  clock.advance(1)
  expect(await redeem(token)).toMatchObject({ ok: false, error: { type: "TokenOver" } })
  expect(await db.store.hasPlan(plan.id)).toBe(false)
})

test("[STORE56] where there are members nothing is made and nothing taken", async () => {
  const token = await makeToken()
  await db.store.installPlan({ ...plan, id: "earlier" })
  expect(await redeem(token)).toMatchObject({ ok: false, error: { type: "HasMembers" } })
  expect(await db.store.hasPlan(plan.id)).toBe(false)
})

test("[STORE56] of many at once one succeeds", async () => {
  const token = await makeToken()
  const outcomes = await Promise.all(Array.from({ length: 6 }, () => redeem(token)))
  expect(outcomes.filter((outcome) => outcome.ok)).toHaveLength(1)
})

test("[STORE57] a taken e-mail leaves nothing behind and the token good", async () => {
  const token = await makeToken()
  const [first, second] = accounts
  if (!first || !second) throw new Error("the cast is smaller than thought")
  const twice = await db.store.setup.redeem(token, [first, { ...second, email: first.email.toUpperCase() }], plan)
  expect(twice).toMatchObject({ ok: false, error: { type: "EmailTaken" } })
  expect(await db.store.setup.awaited()).toBe(true)
  expect((await redeem(token)).ok).toBe(true)
})
