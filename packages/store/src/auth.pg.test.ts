import { CAST, createTestDatabase, fixedClock, smallPlan, type TestDatabase } from "@alternat/testkit"
import { afterAll, beforeAll, expect, test } from "vitest"
import { createAuth } from "./auth.ts"
import type { Auth } from "./auth-face.ts"
import { connect } from "./connect.ts"

const ORIGIN = "http://127.0.0.1:3000"
const PASSWORD = "alternat-demo"

let db: TestDatabase
let auth: Auth
const clock = fixedClock(new Date().toISOString())
beforeAll(async () => {
  db = await createTestDatabase({ now: clock.now })
  auth = createAuth({
    url: db.urls.auth,
    secret: "a secret for tests that is long enough",
    baseUrl: ORIGIN,
    trustedOrigins: [ORIGIN, "http://localhost:3000"],
    addressHeader: "x-alternat-address",
  })
  for (const [userId, email] of [
    [CAST.headUs.userId, "head@us.example"],
    [CAST.secretary.userId, "secretary@plan.example"],
  ] as const)
    await auth.createUser({ userId, email, password: PASSWORD, name: { en: "N", ru: "Н" }, language: "en" })
  await db.store.installPlan(smallPlan())
})
afterAll(async () => {
  await auth.close()
  await db.close()
})

const post = (path: string, body: unknown, headers: Record<string, string> = {}) =>
  auth.handler(
    new Request(`${ORIGIN}/api/auth/${path}`, {
      method: "POST",
      headers: { "content-type": "application/json", origin: ORIGIN, "x-alternat-address": "127.0.0.1", ...headers },
      body: JSON.stringify(body),
    }),
  )

const signIn = async (email: string): Promise<Headers> => {
  const response = await post("sign-in/email", { email, password: PASSWORD })
  expect(response.status).toBe(200)
  const cookie = response.headers.getSetCookie().map((one) => one.split(";", 1)[0])
  return new Headers({ cookie: cookie.join("; ") })
}

test("[STORE40] an account signs in with its password and gets a cookie that scripts can't read", async () => {
  const response = await post("sign-in/email", { email: "HEAD@us.example", password: PASSWORD })
  expect(response.status).toBe(200)
  expect(response.headers.getSetCookie()[0]).toMatch(/^alternat\.session_token=.*HttpOnly/i)
  expect((await post("sign-in/email", { email: "head@us.example", password: "wrong-password" })).status).toBe(401)
  expect((await post("sign-in/email", { email: "nobody@us.example", password: PASSWORD })).status).toBe(401)
})

test("[STORE40] a session is known by its cookie until it is signed out", async () => {
  const headers = await signIn("head@us.example")
  expect(await auth.session(headers)).toMatchObject({ userId: CAST.headUs.userId, email: "head@us.example" })
  expect(await auth.session(new Headers())).toBeNull()
  expect((await post("sign-out", {}, { cookie: headers.get("cookie") ?? "" })).status).toBe(200)
  expect(await auth.session(headers)).toBeNull()
})

test("[STORE41] nobody signs up, no account is made twice, no foreign page signs in", async () => {
  const name = { en: "N", ru: "Н" }
  expect((await post("sign-up/email", { email: "new@us.example", password: PASSWORD, name: "x" })).ok).toBe(false)
  expect(await auth.createUser({ email: "Head@US.example", password: PASSWORD, name, language: "en" })).toBeNull()
  const foreign = await post(
    "sign-in/email",
    { email: "head@us.example", password: PASSWORD },
    { origin: "https://evil.example", cookie: "alternat.session_token=x" },
  )
  expect(foreign.status).toBe(403)
})

const issue = async (headers: Headers, space: "plan" | "caucus") => {
  const session = await auth.session(headers)
  if (!session) throw new Error("not signed in")
  const ticket = await db.store.withReader({ userId: session.userId }, (tx) =>
    tx.issueTicket({ planId: "small", space, sessionId: session.sessionId, ttlMs: 900_000 }),
  )
  return { ticket, session }
}

test("[STORE50] a ticket opens its one room for its one user, and only its hash is kept", async () => {
  const { ticket, session } = await issue(await signIn("head@us.example"), "plan")
  if (!ticket) throw new Error("no ticket")
  expect(ticket.room).toMatch(/^[A-Za-z0-9._-]+$/)
  expect(await db.store.tickets.verify(ticket.room, ticket.ticket)).toMatchObject({
    userId: CAST.headUs.userId,
    sessionId: session.sessionId,
    party: "US",
    roles: CAST.headUs.roles,
    planId: "small",
    space: "plan",
    mayEdit: true,
  })
  const caucus = (await issue(await signIn("head@us.example"), "caucus")).ticket
  expect(await db.store.tickets.verify(caucus?.room ?? "", ticket.ticket)).toBeNull()
  expect(await db.store.tickets.verify(ticket.room, "")).toBeNull()
  expect(await db.store.tickets.verify("../../etc", ticket.ticket)).toBeNull()
  const admin = connect(db.superUrl, { role: null, max: 1 })
  const rows = await admin`select t::text as text from ticket t`
  expect(JSON.stringify(rows)).not.toContain(ticket.ticket)
  await admin.end()
})

test("[STORE51] who belongs to no delegation reads the plan and has no caucus", async () => {
  const headers = await signIn("secretary@plan.example")
  const { ticket } = await issue(headers, "plan")
  expect(await db.store.tickets.verify(ticket?.room ?? "", ticket?.ticket ?? "")).toMatchObject({
    mayEdit: false,
    party: null,
  })
  expect((await issue(headers, "caucus")).ticket).toBeNull()
})

test("[STORE52] a ticket ends when its time is over and when its session ends", async () => {
  const { ticket, session } = await issue(await signIn("head@us.example"), "plan")
  const verify = () => db.store.tickets.verify(ticket?.room ?? "", ticket?.ticket ?? "")
  const bearer = await verify()
  if (!bearer) throw new Error("a good ticket")
  clock.advance(901_000)
  expect(await verify()).toBeNull()
  clock.advance(-901_000)
  const gone = { ...bearer, sessionId: "gone" }
  expect(await db.store.tickets.ended([bearer, gone])).toEqual(new Set([gone]))
  await db.store.revokeSession(session.sessionId)
  expect(await verify()).toBeNull()
  expect(await db.store.tickets.ended([bearer])).toEqual(new Set([bearer]))
})

test("[STORE120] a ticket's bearer is ended when the roles in its plan change, in both of the plan's rooms", async () => {
  const headers = await signIn("head@us.example")
  const both = await Promise.all((["plan", "caucus"] as const).map((space) => issue(headers, space)))
  const bearers = await Promise.all(
    both.map(({ ticket }) => db.store.tickets.verify(ticket?.room ?? "", ticket?.ticket ?? "")),
  )
  const [plan, caucus] = bearers
  if (!plan || !caucus) throw new Error("two good tickets")
  expect(await db.store.tickets.ended([plan, caucus])).toEqual(new Set())
  const admin = connect(db.superUrl, { role: null, max: 1 })
  const [before] = await admin`select roles from member where user_id = ${plan.userId}`
  await admin`update member set roles = array['drafter'] where user_id = ${plan.userId}`
  expect(await db.store.tickets.ended([plan, caucus])).toEqual(new Set([plan, caucus]))
  await admin`update member set roles = ${before?.["roles"]} where user_id = ${plan.userId}`
  await admin.end()
  expect(await db.store.tickets.ended([plan, caucus])).toEqual(new Set())
})

test("[STORE53] nobody gets a ticket on another person's session", async () => {
  const { session } = await issue(await signIn("head@us.example"), "plan")
  const stolen = db.store.withReader(CAST.headRu, (tx) =>
    tx.issueTicket({ planId: "small", space: "plan", sessionId: session.sessionId, ttlMs: 1000 }),
  )
  await expect(stolen).rejects.toThrow(/row-level security/)
})

test("[STORE124] a changed password ends the other sessions, and a list of sessions holds no tokens", async () => {
  const [mine, elsewhere] = [await signIn("secretary@plan.example"), await signIn("secretary@plan.example")]
  const cookie = mine.get("cookie") ?? ""
  const listed = await auth.handler(
    new Request(`${ORIGIN}/api/auth/list-sessions`, { headers: { cookie, origin: ORIGIN } }),
  )
  const sessions = (await listed.json()) as readonly object[]
  expect(sessions.length).toBeGreaterThanOrEqual(2)
  for (const session of sessions) expect(session).not.toHaveProperty("token")
  const change = { currentPassword: PASSWORD, newPassword: "another long one", revokeOtherSessions: false }
  const before = await auth.session(mine)
  const reply = await post("change-password", change, { cookie })
  expect(reply.status).toBe(200)
  expect(await auth.session(elsewhere)).toBeNull()
  // the session that changed it goes on under its own id, with another key
  expect(await auth.session(mine)).toBeNull()
  const renewed = reply.headers.getSetCookie().map((one) => one.split(";", 1)[0])
  const after = await auth.session(new Headers({ cookie: renewed.join("; ") }))
  expect(after).toMatchObject({ sessionId: before?.sessionId, userId: before?.userId })
})
