import { randomBytes } from "node:crypto"
import { CAST, createTestDatabase, smallPlan, type TestDatabase } from "@alternat/testkit"
import { afterAll, beforeAll, expect, inject, test } from "vitest"
import { connect } from "./connect.ts"
import type { DatabaseUrls } from "./contract/store.ts"
import { createStore } from "./create-store.ts"
import { createDatabase, dropDatabase } from "./embedded/databases.ts"
import { migrate } from "./migrate.ts"
import { MIGRATIONS } from "./migrations/index.ts"
import { urlsFor } from "./roles.ts"

let db: TestDatabase
beforeAll(async () => {
  db = await createTestDatabase()
})
afterAll(() => db.close())

const extra = { name: "0999-test", sql: "create table later (id text primary key)" }

test("[STORE80] what has run does not run again, and what is new runs once however many start", async () => {
  expect(await migrate(db.urls)).toEqual({ ok: true, value: { applied: [] } })
  const runs = await Promise.all([1, 2, 3].map(() => migrate(db.urls, [...MIGRATIONS, extra])))
  const applied = runs.flatMap((run) => (run.ok ? run.value.applied : ["failed"]))
  expect(applied).toEqual(["0999-test"])
})

test("[STORE81] an altered migration, a newer database and a failing migration are each refused in one line", async () => {
  const altered = [...MIGRATIONS, { ...extra, sql: `${extra.sql} ` }]
  const newer = await migrate(db.urls, MIGRATIONS)
  const failing = await migrate(db.urls, [
    ...MIGRATIONS,
    extra,
    { name: "1000-bad", sql: "create table x (y nonsense)" },
  ])
  const results = [await migrate(db.urls, altered), newer, failing]
  expect(results.map((result) => (result.ok ? "ok" : result.error.type))).toEqual([
    "AlteredMigration",
    "NewerDatabase",
    "MigrationFailed",
  ])
  for (const result of results) if (!result.ok) expect(result.error.message).not.toContain("\n")
})

test("[STORE82] a database that is not there, or an address that is none, is one clear line", async () => {
  for (const url of ["postgres://nobody:x@127.0.0.1:9/none", "not an address"]) {
    const result = await migrate(urlsFor(url))
    expect(result).toMatchObject({ ok: false, error: { type: "Unreachable" } })
    if (!result.ok) expect(result.error.message.length).toBeGreaterThan(10)
  }
})

test("[STORE83] one address of an outside database serves all roles", async () => {
  const { adminUrl } = inject("alternatPg")
  const name = `outside_${randomBytes(4).toString("hex")}`
  const admin = connect(adminUrl, { role: null, max: 1 })
  const password = randomBytes(8).toString("hex")
  await admin.unsafe(`create role ${name} login createrole password '${password}'`)
  for (const role of ["alternat_app", "alternat_sync", "alternat_auth"]) await admin.unsafe(`grant ${role} to ${name}`)
  await admin.unsafe(`create database ${name} owner ${name}`)
  const url = new URL(adminUrl)
  url.username = name
  url.password = password
  url.pathname = `/${name}`
  const urls = urlsFor(url.href)
  expect(await migrate(urls)).toMatchObject({ ok: true })
  const store = createStore({ urls })
  expect(await store.installPlan(smallPlan())).toBe(true)
  expect(await store.withReader(CAST.headUs, (tx) => tx.plans())).toHaveLength(1)
  expect(await store.withReader({ userId: "stranger" }, (tx) => tx.plans())).toHaveLength(0)
  await store.close()
  await dropDatabase(adminUrl, name)
  await admin.unsafe(`drop role ${name}`)
  await admin.end()
})

test("[STORE84] a user who may not take the roles is told what to have run", async () => {
  const { adminUrl } = inject("alternatPg")
  const name = `poor_${randomBytes(4).toString("hex")}`
  const admin = connect(adminUrl, { role: null, max: 1 })
  await admin.unsafe(`create role ${name} login password 'x'`)
  const url = new URL(adminUrl)
  url.username = name
  url.password = "x"
  const result = await migrate(urlsFor(url.href))
  expect(result).toMatchObject({ ok: false, error: { type: "RolesMissing" } })
  if (!result.ok) expect(result.error.message).toContain(`grant alternat_app to ${name};`)
  await admin.unsafe(`drop role ${name}`)
  await admin.end()
})

test("[STORE99] a log that was parted into log and history is whole again", async () => {
  const { adminUrl, urls: template } = inject("alternatPg")
  const name = `older_${randomBytes(4).toString("hex")}`
  await createDatabase(adminUrl, name, "template1")
  const urls = Object.fromEntries(
    Object.entries(template).map(([role, address]) => [
      role,
      Object.assign(new URL(address), { pathname: `/${name}` }).href,
    ]),
  ) as unknown as DatabaseUrls
  const before = MIGRATIONS.findIndex((migration) => migration.name === "0010-one-log")
  expect(await migrate(urls, MIGRATIONS.slice(0, before))).toMatchObject({ ok: true })
  const store = createStore({ urls })
  expect(await store.installPlan(smallPlan())).toBe(true)
  const found = await store.withReader(CAST.headUs, (tx) => tx.loadDoc("small", "plan"))
  if (!found) throw new Error("no document")
  const { doc, rulesRev } = found
  const author = CAST.drafterUs.userId
  const append = (...letters: number[]) =>
    store.log.append([
      { doc, rulesRev, newClients: [], updates: letters.map((n) => ({ author, bytes: Uint8Array.of(0, 0, n) })) },
    ])
  await append(1, 2)
  await append(3)
  const entries = await store.log.readAfter(doc, 0)
  const owner = connect(urls.owner, { role: null, max: 1 })
  // as its snapshots did
  await owner`
    with moved as (delete from doc_update where seq_to <= 3 returning doc_id, seq_to, seq_from, authors, bytes, at)
    insert into doc_history (doc_id, seq_to, seq_from, authors, bytes, at)
    select doc_id, seq_to, seq_from, authors, bytes, at from moved`
  expect(await owner`select 1 from doc_history`).not.toHaveLength(0)
  expect(await migrate(urls)).toMatchObject({
    ok: true,
    value: { applied: MIGRATIONS.slice(before).map((one) => one.name) },
  })
  expect(await store.log.readAfter(doc, 0)).toEqual(entries)
  expect(entries).toHaveLength(4)
  await append(4)
  expect((await store.log.load(doc))?.tail.map((entry) => entry.seq)).toEqual([1, 2, 3, 4, 5])
  await Promise.all([owner.end(), store.close()])
  await dropDatabase(adminUrl, name)
})
