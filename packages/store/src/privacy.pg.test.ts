import { ok } from "@alternat/plan"
import { CAST, createTestDatabase, smallPlan, type TestDatabase, tinyUpdate } from "@alternat/testkit"
import { afterAll, beforeAll, describe, expect, test } from "vitest"
import { connect, type Sql } from "./connect.ts"
import type { Hint } from "./contract/feeds.ts"
import type { NewPlan } from "./contract/new-plan.ts"
import type { Reader } from "./contract/reader.ts"
import type { ReaderTx } from "./contract/reads.ts"
import { commitmentOf } from "./rankings.ts"

/** Planted in everything the Russian delegation keeps to itself; nothing the other readers get may hold it. */
const CANARY = "kanareika"
const AT = "2009-11-05T12:00:00.000Z"

const planted = (): Partial<NewPlan> => {
  const plan = smallPlan()
  return {
    docs: plan.docs.map((doc) =>
      doc.party === "RU" ? { ...doc, updates: [{ bytes: tinyUpdate(13, CANARY), author: "server" }] } : doc,
    ),
    comments: [
      {
        target: { type: "cell", table: "cost_lines", rowId: CANARY, cell: "year:2010" },
        audience: "RU",
        due: null,
        status: "open",
        entries: [{ userId: CAST.headRu.userId, party: "RU", role: "head", at: AT, text: CANARY }],
      },
      {
        target: { type: "clause", clauseId: "s1.c1" },
        audience: "shared",
        due: null,
        status: "open",
        entries: [{ userId: CAST.headRu.userId, party: "RU", role: "head", at: AT, text: "shared words" }],
      },
    ],
    rankings: [
      {
        party: "RU",
        userId: CAST.headRu.userId,
        ranks: { [CANARY]: 1 },
        reason: { en: CANARY, ru: CANARY },
        committedAt: AT,
        revealedAt: null,
      },
    ],
  }
}

let db: TestDatabase
let ruJob: string
let ruDoc: string
beforeAll(async () => {
  db = await createTestDatabase()
  await db.store.installPlan(smallPlan(planted()))
  const made = await db.store.withReader(CAST.headRu, async (tx) => {
    const job = await tx.createJob("small", {
      format: "json",
      audience: "RU",
      version: null,
      options: { secret: CANARY },
    })
    return { job, doc: await tx.loadDoc("small", "caucus") }
  })
  ruJob = made.job?.id ?? ""
  ruDoc = made.doc?.doc ?? ""
  await db.store.claimJob()
  await db.store.finishJob(ruJob, { file: { name: CANARY, type: "text/plain", bytes: Buffer.from(CANARY) } })
  await db.store.log.compact(ruDoc, { seq: 1, state: Buffer.from(CANARY), stateVector: Buffer.from(CANARY) })
  await db.store.transactAct("small", CAST.headRu, { caucus: false }, async (tx) => {
    const summary = { en: CANARY, ru: CANARY }
    await tx.notify([{ userId: CAST.drafterRu.userId, kind: "mention", subject: null, summary }])
    return ok(null)
  })
  const admin = connect(db.superUrl, { role: null, max: 1 })
  await admin`
    insert into event_chain (plan_id, audience, head_hash) values ('small', 'RU', ${CANARY})`
  await admin`
    insert into event (plan_id, audience, seq, at, kind, summary, prev_hash, hash)
    values ('small', 'RU', 1, now(), ${CANARY}, '{}', '', ${CANARY})`
  await admin.end()
})
afterAll(() => db.close())

/** Bytes as text too, so that a word inside an update is found. */
const flatten = (value: unknown): string =>
  JSON.stringify(value, (_key, item: unknown) =>
    item instanceof Uint8Array ||
    (typeof item === "object" && item !== null && "type" in item && "data" in item && Array.isArray(item.data))
      ? Buffer.from(item as Uint8Array).toString("latin1")
      : item,
  ) ?? ""

const everything = (reader: Reader) =>
  db.store.withReader(reader, async (tx: ReaderTx) => ({
    me: await tx.me(),
    members: await tx.members("small"),
    plans: await tx.plans(),
    standing: await tx.standing("small"),
    planDoc: await tx.loadDoc("small", "plan"),
    caucus: await tx.loadDoc("small", "caucus"),
    events: await tx.events("small"),
    record: await tx.record("small"),
    comments: (await tx.commentPage("small"))?.threads ?? [],
    counts: await tx.commentCounts("small"),
    open: await tx.openOnClauses("small", "RU"),
    rankings: await tx.rankings("small"),
    notifications: await tx.notifications(),
    versions: await tx.versions("small"),
    job: await tx.job("small", ruJob),
    file: await tx.jobFile("small", ruJob),
  }))

const others: readonly (readonly [string, Reader])[] = [
  ["the other side's head", CAST.headUs],
  ["the other side's drafter", CAST.drafterUs],
  ["the secretary", CAST.secretary],
  ["a stranger", { userId: "stranger" }],
  ["nobody", { userId: "" }],
]

describe.each(others)("%s", (_name, reader) => {
  test("[STORE30] no question of the reader's layer reaches the other side's private words", async () => {
    const seen = flatten(await everything(reader))
    expect(seen).not.toContain(CANARY)
    expect(seen).not.toContain(ruDoc)
  })

  test("[STORE31] nor does any select under the application's role", async () => {
    const app = connect(db.urls.app, { role: "alternat_app", max: 1 })
    const found = await app.begin(async (tx) => {
      await tx`select set_config('alternat.reader', ${reader.userId}, true)`
      const tables = await tx<{ name: string }[]>`
        select c.relname as name from pg_class c
         where c.relnamespace = 'public'::regnamespace and c.relkind = 'r'
           and has_table_privilege('alternat_app', c.oid, 'select')`
      expect(tables.length).toBeGreaterThan(20)
      const rows: unknown[] = []
      for (const { name } of tables) rows.push(await tx.unsafe(`select * from ${name}`))
      return flatten(rows)
    })
    expect(found).not.toContain(CANARY)
    await app.end()
  })
})

test("[STORE30] the own side sees all of it", async () => {
  const seen = await everything(CAST.headRu)
  expect(flatten(seen.comments)).toContain(CANARY)
  expect(flatten(seen.rankings)).toContain(CANARY)
  expect(flatten(seen.caucus)).toContain(CANARY)
  expect(flatten(seen.file)).toContain(CANARY)
  expect(flatten(await everything(CAST.drafterRu).then((all) => all.notifications))).toContain(CANARY)
})

test("[STORE32] across the table a comment has a party and a role, and no name", async () => {
  const author = async (reader: Reader) => (await everything(reader)).comments.at(-1)?.entries[0]?.author
  expect(await author(CAST.headUs)).toEqual({ userId: null, name: null, party: "RU", role: "head" })
  expect(await author(CAST.drafterRu)).toEqual({
    userId: CAST.headRu.userId,
    name: CAST.headRu.name,
    party: "RU",
    role: "head",
  })
})

test("[STORE33] nobody writes into another audience", async () => {
  const target = { type: "clause", clauseId: "s1.c1" } as const
  const add = (reader: Reader, audience: string) =>
    db.store.withReader(reader, (tx) => tx.addComment("small", { target, audience, text: "x", due: null }))
  expect(await add(CAST.headUs, "RU")).toBeNull()
  expect(await add(CAST.secretary, "US")).toBeNull()
  expect((await add(CAST.headUs, "US"))?.audience).toBe("US")
  const ru = (await everything(CAST.headRu)).comments.find((thread) => thread.audience === "RU")
  const answer = db.store.withReader(CAST.headUs, (tx) => tx.reply("small", ru?.id ?? "", "hello"))
  expect(await answer).toBeNull()
  await expect(
    db.store.withReader(CAST.headUs, (tx) => tx.createJob("small", { format: "json", audience: "RU", version: null })),
  ).rejects.toThrow(/row-level security/)
})

test("[STORE115] before the reveal nothing tells the other side that a ranking is sealed", async () => {
  const hints: (Hint | { type: "missed" })[] = []
  const stop = db.store.hints.subscribe((hint) => hints.push(hint))
  await db.store.installPlan(smallPlan({ id: "second" }))
  const before = await db.store.withReader(CAST.headUs, async (tx) => [
    await tx.rankings("second"),
    await tx.events("second"),
  ])
  await db.store.withReader(CAST.headRu, (tx) => tx.commitRanking("second", { P1: 1 }, null))
  const after = await db.store.withReader(CAST.headUs, async (tx) => [
    await tx.rankings("second"),
    await tx.events("second"),
  ])
  expect(after).toEqual(before)
  const app = connect(db.urls.app, { role: "alternat_app", max: 1 })
  const [seen] = await app.begin(async (tx) => {
    await tx`select set_config('alternat.reader', ${CAST.headUs.userId}, true)`
    return tx<{ count: number }[]>`select count(*)::int as count from ranking where plan_id = 'second'`
  })
  expect(seen?.count).toBe(0)
  await app.end()
  await expect.poll(() => hints.filter((hint) => "planId" in hint && hint.planId === "second").length).toBe(1)
  expect(hints.find((hint) => "planId" in hint && hint.planId === "second")).toMatchObject({ audience: "RU" })
  stop()
})

test("[STORE116] a side takes back its own ranking until the reveal, and nobody else's ever", async () => {
  expect(await db.store.withReader(CAST.headUs, (tx) => tx.takeBackRanking("second"))).toBe(false)
  const remove = async (userId: string) => {
    const app = connect(db.urls.app, { role: "alternat_app", max: 1 })
    const rows = await app.begin(async (tx) => {
      await tx`select set_config('alternat.reader', ${userId}, true)`
      return tx`delete from ranking where plan_id in ('small', 'second') returning party`
    })
    await app.end()
    return rows.length
  }
  expect(await remove(CAST.headUs.userId)).toBe(0)
  expect(await db.store.withReader(CAST.headRu, (tx) => tx.takeBackRanking("second"))).toBe(true)
  expect(await db.store.withReader(CAST.headRu, (tx) => tx.rankings("second"))).toEqual([])
  expect(await db.store.withReader(CAST.headRu, (tx) => tx.takeBackRanking("second"))).toBe(false)
})

test("[STORE117] two rankings sealed at one moment are both revealed, once, and then stay", async () => {
  const seal = (reader: Reader) => db.store.withReader(reader, (tx) => tx.commitRanking("second", { P1: 1 }, null))
  await Promise.all([seal(CAST.headUs), seal(CAST.headRu)])
  const seen = await db.store.withReader(CAST.secretary, (tx) => tx.rankings("second"))
  expect(seen.map((one) => [one.party, one.revealedAt !== null, one.salt?.length])).toEqual([
    ["RU", true, 32],
    ["US", true, 32],
  ])
  const events = await db.store.withReader(CAST.headRu, (tx) => tx.events("second"))
  expect(events.filter((event) => event.kind === "reveal_rankings")).toHaveLength(1)
  expect(await db.store.withReader(CAST.headRu, (tx) => tx.takeBackRanking("second"))).toBe(false)
})

test("[STORE34] the second commitment reveals both with their salts; a commitment is never replaced", async () => {
  expect((await everything(CAST.headUs)).rankings).toEqual([])
  expect((await everything(CAST.headRu)).rankings).toMatchObject([{ party: "RU", salt: null, revealedAt: null }])
  await db.store.withReader(CAST.headUs, (tx) => tx.commitRanking("small", { P1: 1 }, null))
  const after = (await everything(CAST.headUs)).rankings
  expect(after.map((ranking) => [ranking.party, ranking.ranks])).toEqual([
    ["RU", { [CANARY]: 1 }],
    ["US", { P1: 1 }],
  ])
  for (const { salt, ranks, commitment } of after) expect(commitmentOf(salt ?? "", ranks)).toBe(commitment)
  const again = db.store.withReader(CAST.headUs, (tx) => tx.commitRanking("small", { P1: 2 }, null))
  expect(await again).toBeNull()
})

test("[STORE35] a hint carries its audience and no content", async () => {
  const hints: (Hint | { type: "missed" })[] = []
  const stop = db.store.hints.subscribe((hint) => hints.push(hint))
  await expect
    .poll(async () => {
      await db.store.withReader(CAST.headRu, (tx) =>
        tx.addComment("small", {
          target: { type: "clause", clauseId: "s1.c1" },
          audience: "RU",
          text: CANARY,
          due: null,
        }),
      )
      return hints.length
    })
    .toBeGreaterThan(0)
  expect(hints[0]).toMatchObject({ type: "comments", audience: "RU", planId: "small" })
  expect(flatten(hints)).not.toContain(CANARY)
  stop()
})

test("[STORE36] the roles under which we work own nothing and bypass nothing", async () => {
  const admin = connect(db.superUrl, { role: null, max: 1 })
  const roles = await admin`
    select rolname, rolsuper, rolbypassrls, rolcreaterole, rolcreatedb from pg_roles where rolname like 'alternat\\_%' order by rolname`
  expect(roles.map((role) => role.rolname)).toEqual([
    "alternat_app",
    "alternat_auth",
    "alternat_owner",
    "alternat_sync",
  ])
  for (const role of roles)
    expect(role).toMatchObject({ rolsuper: false, rolbypassrls: false, rolcreaterole: false, rolcreatedb: false })
  const owned = await admin`
    select relname from pg_class
     where relnamespace = 'public'::regnamespace and pg_get_userbyid(relowner) <> 'alternat_owner'`
  expect([...owned]).toEqual([])
  const memberships = await admin`
    select 1 from pg_auth_members where member in (select oid from pg_roles where rolname in ('alternat_app', 'alternat_sync', 'alternat_auth'))`
  expect(memberships).toHaveLength(0)
  const open = await admin<{ relname: string }[]>`
    select relname from pg_class
     where relnamespace = 'public'::regnamespace and relkind = 'r' and not relrowsecurity
       and has_any_column_privilege('alternat_app', oid, 'select')`
  expect(open.map((row) => row.relname)).toEqual(["schema_migration"])
  await admin.end()
})

test("[STORE36] each pool works in its role, and the application's can't leave it", async () => {
  const app: Sql = connect(db.urls.app, { role: "alternat_app", max: 1 })
  const [who] = await app`select current_user as name, current_setting('row_security') as rls`
  expect(who).toEqual({ name: "alternat_app", rls: "on" })
  for (const role of ["alternat_sync", "alternat_auth", "alternat_owner", "postgres"])
    await expect(app.unsafe(`set role ${role}`)).rejects.toThrow(/permission denied/)
  for (const secret of ["auth_user", "auth_account", "ticket"])
    await expect(app.unsafe(`select * from ${secret}`)).rejects.toThrow(/permission denied/)
  await app.end()
})

test("[STORE37] a reader does not outlive the transaction on a pooled connection", async () => {
  const app = connect(db.urls.app, { role: "alternat_app", max: 1 })
  await app.begin(async (tx) => {
    await tx`select set_config('alternat.reader', ${CAST.headRu.userId}, true)`
    expect(await tx`select id from plan`).not.toHaveLength(0)
  })
  expect(await app`select id from plan`).toHaveLength(0)
  await app.end()
})
