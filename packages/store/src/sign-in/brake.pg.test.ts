import { createTestDatabase, type TestDatabase } from "@alternat/testkit"
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest"
import { createAuth } from "../auth.ts"
import type { Auth } from "../auth-face.ts"
import { connect, type Sql } from "../connect.ts"
import { networkOf } from "./brake.ts"

const ORIGIN = "http://127.0.0.1:3000"
const PASSWORD = "right-horse-battery"
const [OWNER, COLLEAGUE] = ["owner@us.example", "colleague@us.example"]
const [OFFICE, HOME, CAFE] = ["203.0.113.7", "198.51.100.4", "192.0.2.9"]

let db: TestDatabase
let sql: Sql
/** two processes on one database */
let nodes: readonly Auth[]
beforeAll(async () => {
  db = await createTestDatabase()
  sql = connect(db.superUrl, { role: null, max: 1 })
  nodes = [1, 2].map(() =>
    createAuth({
      url: db.urls.auth,
      secret: "a secret for tests that is long enough",
      baseUrl: ORIGIN,
      trustedOrigins: [ORIGIN],
      addressHeader: "x-alternat-address",
    }),
  )
  for (const email of [OWNER, COLLEAGUE])
    await nodes[0]?.createUser({ email, password: PASSWORD, name: { en: "N", ru: "Н" }, language: "en" })
})
beforeEach(() => sql`truncate sign_in_mark`)
afterAll(async () => {
  await Promise.all(nodes.map((node) => node.close()))
  await sql.end()
  await db.close()
})

interface Try {
  readonly email: string
  readonly from: string
  readonly password?: string
  readonly device?: string
  readonly node?: number
}

const attempt = async ({ email, from, password = "a wrong password", device, node = 0 }: Try) => {
  const headers = {
    "content-type": "application/json",
    origin: ORIGIN,
    "x-alternat-address": from,
    ...(device && { cookie: device }),
  }
  const body = JSON.stringify({ email, password })
  const reply = await nodes[node]?.handler(
    new Request(`${ORIGIN}/api/auth/sign-in/email`, { method: "POST", headers, body }),
  )
  if (!reply) throw new Error("no such node")
  return reply
}
const statusOf = async (tried: Try): Promise<number> => (await attempt(tried)).status
const statuses = async (times: number, tried: (i: number) => Try): Promise<readonly number[]> => {
  const seen: number[] = []
  for (let i = 0; i < times; i++) seen.push(await statusOf(tried(i)))
  return seen
}
const pass = (seconds: number) => sql`update sign_in_mark set until = until - make_interval(secs => ${seconds})`
const deviceOf = (reply: Response): string => {
  const line = reply.headers.getSetCookie().find((one) => one.startsWith("alternat.device="))
  expect(line).toMatch(/HttpOnly.*SameSite=Lax/)
  return line?.split(";", 1)[0] ?? ""
}

test("[STORE42] five wrong passwords slow the next attempt, and say for how long; a minute gives one more", async () => {
  expect(await statuses(6, () => ({ email: OWNER, from: CAFE }))).toEqual([401, 401, 401, 401, 401, 429])
  const slowed = await attempt({ email: OWNER, from: CAFE, password: PASSWORD })
  expect(slowed.status).toBe(429)
  expect(Number(slowed.headers.get("retry-after"))).toBeGreaterThan(0)
  expect(Number(slowed.headers.get("retry-after"))).toBeLessThanOrEqual(60)
  await pass(60)
  expect(await statuses(2, () => ({ email: OWNER, from: CAFE }))).toEqual([401, 429])
  await pass(60)
  expect(await statusOf({ email: OWNER, from: CAFE, password: PASSWORD })).toBe(200)
})

test("[STORE42] right passwords are never slowed, however many come at once", async () => {
  const all = Array.from({ length: 60 }, (_, i) =>
    statusOf({ email: OWNER, from: "127.0.0.1", password: PASSWORD, node: i % 2 }),
  )
  expect(new Set(await Promise.all(all))).toEqual(new Set([200]))
})

test("[STORE140] an attack from many addresses slows strangers, and no device or address of the owner", async () => {
  const device = deviceOf(await attempt({ email: OWNER, from: HOME, password: PASSWORD }))
  const guesses = await statuses(75, (i) => ({ email: OWNER, from: `100.64.0.${i}`, node: i % 2 }))
  expect(guesses.filter((status) => status === 401)).toHaveLength(20)
  expect(guesses.at(-1)).toBe(429)
  expect(await statusOf({ email: OWNER, from: CAFE, password: PASSWORD, device })).toBe(200)
  expect(await statusOf({ email: OWNER, from: HOME, password: PASSWORD })).toBe(200)
})

test("[STORE140] a device that an account has signed in from has a count of its own, and is slowed by it", async () => {
  const device = deviceOf(await attempt({ email: OWNER, from: OFFICE, password: PASSWORD }))
  await statuses(6, () => ({ email: OWNER, from: OFFICE }))
  expect(await statusOf({ email: OWNER, from: OFFICE, password: PASSWORD })).toBe(429)
  expect(await statuses(11, () => ({ email: OWNER, from: OFFICE, device }))).toEqual([...Array(10).fill(401), 429])
  expect(await statusOf({ email: COLLEAGUE, from: OFFICE, password: PASSWORD, device })).toBe(200)
})

test("[STORE141] one address that guesses keeps neither its colleagues out nor the owner elsewhere", async () => {
  expect(await statuses(70, () => ({ email: OWNER, from: OFFICE }))).toContain(429)
  expect(await statusOf({ email: OWNER, from: HOME, password: PASSWORD })).toBe(200)
  expect(await statusOf({ email: COLLEAGUE, from: OFFICE, password: PASSWORD })).toBe(200)
})

test("[STORE141] of an address that tries many accounts each account has one attempt", async () => {
  await statuses(40, (i) => ({ email: `nobody-${i}@us.example`, from: OFFICE }))
  expect(await statuses(2, () => ({ email: "head@us.example", from: OFFICE }))).toEqual([401, 429])
  expect(await statusOf({ email: COLLEAGUE, from: OFFICE, password: PASSWORD })).toBe(200)
})

test("[STORE142] an account that does not exist is slowed and answers like one that does", async () => {
  const told = async (email: string) => {
    const replies: Response[] = []
    for (let i = 0; i < 6; i++) replies.push(await attempt({ email, from: CAFE }))
    return Promise.all(replies.map(async (reply) => [reply.status, await reply.text()]))
  }
  expect(await told("nobody@us.example")).toEqual(await told(OWNER))
})

test("[STORE143] what one process has counted the other one knows, also of guesses made at one moment", async () => {
  const together = Array.from({ length: 40 }, (_, i) => statusOf({ email: OWNER, from: CAFE, node: i % 2 }))
  const tried = (await Promise.all(together)).filter((status) => status !== 429)
  // each process lets no more than four be tried before the first of them is counted
  expect(tried.length).toBeLessThanOrEqual(5 + 2 * 4)
  expect(await statusOf({ email: OWNER, from: CAFE, node: 1 })).toBe(429)
})

test("[STORE143] the table names nobody, and forgets what is over", async () => {
  await statuses(3, () => ({ email: OWNER, from: CAFE }))
  const [row] = await sql`select string_agg(m::text, ' ') as text from sign_in_mark m`
  for (const word of [OWNER, "us.example", CAFE]) expect(row?.["text"]).not.toContain(word)
  await pass(3600)
  await statusOf({ email: COLLEAGUE, from: HOME })
  expect((await sql`select 1 from sign_in_mark where until < now()`).length).toBe(0)
})

test("[STORE140] the current password of a change is guessed no faster", async () => {
  const signedIn = await attempt({ email: OWNER, from: HOME, password: PASSWORD })
  const session = signedIn.headers.getSetCookie()[0]?.split(";", 1)[0] ?? ""
  const change = async () => {
    const headers = { "content-type": "application/json", origin: ORIGIN, "x-alternat-address": CAFE, cookie: session }
    const body = JSON.stringify({ currentPassword: "wrong", newPassword: "another long one" })
    return (
      await nodes[0]?.handler(new Request(`${ORIGIN}/api/auth/change-password`, { method: "POST", headers, body }))
    )?.status
  }
  const seen: (number | undefined)[] = []
  for (let i = 0; i < 6; i++) seen.push(await change())
  expect(seen).toEqual([400, 400, 400, 400, 400, 429])
})

test("[STORE145] no other path of the library is served: one of them would try a password unbraked", async () => {
  const signedIn = await attempt({ email: OWNER, from: HOME, password: PASSWORD })
  const session = signedIn.headers.getSetCookie()[0]?.split(";", 1)[0] ?? ""
  const headers = { "content-type": "application/json", origin: ORIGIN, "x-alternat-address": HOME, cookie: session }
  const paths = ["verify-password", "sign-up/email", "update-user", "delete-user", "change-email", "reset-password"]
  for (const path of [...paths, "revoke-sessions/", "sign-in/email/x"]) {
    const body = JSON.stringify({ password: PASSWORD, newPassword: "another long one" })
    const reply = await nodes[0]?.handler(new Request(`${ORIGIN}/api/auth/${path}`, { method: "POST", headers, body }))
    expect(reply?.status, path).toBe(404)
  }
})

test("[STORE146] a crowd of strangers from one address waits in its own line, and those who are known go ahead", async () => {
  await attempt({ email: OWNER, from: HOME, password: PASSWORD })
  let answered = 0
  const crowd = Array.from({ length: 70 }, async (_one, i) => {
    const { status } = await attempt({ email: `nobody-${i}@us.example`, from: CAFE })
    answered++
    return status
  })
  const owner = await attempt({ email: OWNER, from: HOME, password: PASSWORD })
  expect(owner.status).toBe(200)
  const colleague = await attempt({ email: COLLEAGUE, from: OFFICE, password: PASSWORD })
  expect(colleague.status).toBe(200)
  const statuses = (await Promise.all(crowd)).toSorted((a, b) => a - b)
  expect(statuses.filter((status) => status === 401).length).toBeGreaterThan(50)
  expect([...new Set(statuses)]).toEqual([401, 429])
  expect(answered).toBe(70)
})

test.each([
  ["::ffff:203.0.113.7", "203.0.113.7"],
  ["2001:db8::1", "2001:db8:0:0"],
  ["2001:0DB8:0:0:ffff::9", "2001:db8:0:0"],
  ["::1", "0:0:0:0"],
  ["local", "local"],
])("[STORE141] addresses of one network count as one: %s", (address, network) => {
  expect(networkOf(address)).toBe(network)
})
