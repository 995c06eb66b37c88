import { CAST, createTestDatabase, smallPlan, type TestDatabase } from "@alternat/testkit"
import { afterAll, beforeAll, expect, test } from "vitest"
import { connect } from "../connect.ts"
import type { Hint, Reader, ReaderTx } from "../store.ts"

const target = { type: "clause", clauseId: "s1.c1" } as const

let db: TestDatabase
beforeAll(async () => {
  db = await createTestDatabase()
  await db.store.installPlan(smallPlan())
})
afterAll(() => db.close())

const as = <T>(reader: Reader, fn: (tx: ReaderTx) => Promise<T>) => db.store.withReader(reader, fn)
const start = async (reader: Reader, audience: string, text = "words") => {
  const made = await as(reader, (tx) => tx.addComment("small", { target, audience, text, due: null }))
  if (!made) throw new Error("no thread")
  return made.id
}
const set = (reader: Reader, id: string, status: "open" | "resolved") =>
  as(reader, (tx) => tx.setCommentStatus("small", id, status))

test("[STORE150] a thread says who resolved and who reopened it, by name on the own side, by party and role across the table", async () => {
  const id = await start(CAST.headUs, "shared")
  await set(CAST.drafterRu, id, "resolved")
  await set(CAST.headUs, id, "open")
  const ru = { userId: CAST.drafterRu.userId, name: CAST.drafterRu.name, party: "RU", role: "drafter" }
  const us = { userId: CAST.headUs.userId, name: CAST.headUs.name, party: "US", role: "head" }
  const unnamed = { userId: null, name: null }
  const changes = async (reader: Reader) => (await as(reader, (tx) => tx.comment("small", id)))?.statusChanges
  expect(await changes(CAST.headRu)).toMatchObject([
    { status: "resolved", author: ru },
    { status: "open", author: { ...us, ...unnamed } },
  ])
  expect(await changes(CAST.drafterUs)).toMatchObject([
    { status: "resolved", author: { ...ru, ...unnamed } },
    { status: "open", author: us },
  ])
  const events = await as(CAST.secretary, (tx) => tx.events("small"))
  expect(events.slice(-2)).toMatchObject([
    { kind: "comment_resolved", party: "RU", role: "drafter", subject: { type: "clause", id: "s1.c1" } },
    { kind: "comment_reopened", party: "US", role: "head" },
  ])
  expect(await db.store.verifyChain("small")).toMatchObject({ ok: true })
})

test("[STORE150] a thread that has the status already keeps its changes and its events as they are", async () => {
  const id = await start(CAST.headUs, "shared")
  const events = async () => (await as(CAST.headUs, (tx) => tx.events("small"))).length
  const before = await events()
  await Promise.all([set(CAST.headUs, id, "resolved"), set(CAST.headRu, id, "resolved")])
  const thread = await set(CAST.headRu, id, "resolved")
  expect(thread?.statusChanges).toHaveLength(1)
  expect(await events()).toBe(before + 1)
})

test("[STORE150] nobody writes a change of status in another's name, or alters one", async () => {
  const id = await start(CAST.headUs, "shared")
  await set(CAST.headUs, id, "resolved")
  const app = connect(db.urls.app, { role: "alternat_app", max: 1 })
  const asDrafter = (statement: string) =>
    app.begin(async (tx) => {
      await tx`select set_config('alternat.reader', ${CAST.drafterRu.userId}, true)`
      return tx.unsafe(statement)
    })
  const insert = (audience: string, user: string, party: string) =>
    asDrafter(`insert into comment_status_change (plan_id, comment_id, id, audience, status, user_id, party, role, at)
               values ('small', '${id}', 'forged-${user}', '${audience}', 'open', '${user}', '${party}', 'head', now())`)
  await expect(insert("shared", CAST.headUs.userId, "US")).rejects.toThrow(/row-level security/)
  await expect(insert("shared", CAST.drafterRu.userId, "US")).rejects.toThrow(/row-level security/)
  await expect(insert("US", CAST.drafterRu.userId, "RU")).rejects.toThrow(/row-level security/)
  await expect(asDrafter("update comment_status_change set role = 'head'")).rejects.toThrow(/permission denied/)
  await expect(asDrafter("delete from comment_status_change")).rejects.toThrow(/permission denied/)
  await app.end()
})

/** Each row of each table that the application may read, through one reader's eyes. */
async function allRows(reader: Reader): Promise<string> {
  const app = connect(db.urls.app, { role: "alternat_app", max: 1 })
  const rows = await app.begin(async (tx) => {
    await tx`select set_config('alternat.reader', ${reader.userId}, true)`
    const tables = await tx<{ name: string }[]>`
      select c.relname as name from pg_class c
       where c.relnamespace = 'public'::regnamespace and c.relkind = 'r'
         and has_table_privilege('alternat_app', c.oid, 'select')
       order by c.relname`
    const found: unknown[] = []
    for (const { name } of tables) found.push([name, await tx.unsafe(`select * from ${name}`)])
    return found
  })
  await app.end()
  return JSON.stringify(rows)
}

test("[STORE151] the resolving of a private thread changes nothing that the other side can ask for, count or hear", async () => {
  const id = await start(CAST.headRu, "RU")
  const hints: Hint[] = []
  const stop = db.store.hints.subscribe((hint) => hint.type !== "missed" && hints.push(hint as Hint))
  const others = [CAST.headUs, CAST.secretary]
  const seen = () =>
    Promise.all(
      others.map(async (reader) => [
        await allRows(reader),
        await as(reader, async (tx) => [await tx.plans(), await tx.events("small"), await tx.comments("small")]),
      ]),
    )
  const before = await seen()
  await set(CAST.headRu, id, "resolved")
  await set(CAST.drafterRu, id, "open")
  await set(CAST.drafterRu, id, "resolved")
  expect(await seen()).toEqual(before)
  expect(await set(CAST.headUs, id, "open")).toBeNull()
  expect((await as(CAST.drafterRu, (tx) => tx.comment("small", id)))?.statusChanges).toHaveLength(3)
  await expect.poll(() => hints.filter((hint) => hint.audience === "RU").length).toBeGreaterThan(0)
  // a hint of one's own, so that those before it have arrived
  await start(CAST.headUs, "shared")
  await expect.poll(() => hints.some((hint) => hint.audience === "shared")).toBe(true)
  expect(hints.filter((hint) => hint.audience === "shared").map((hint) => hint.type)).toEqual(["comments"])
  stop()
  // the next shared event follows the last one without a gap, whatever the private chain holds
  const shared = await start(CAST.headUs, "shared")
  await set(CAST.headUs, shared, "resolved")
  const numbers = (await as(CAST.headUs, (tx) => tx.events("small"))).map((event) => event.seq)
  expect(numbers).toEqual(numbers.map((_, i) => i + 1))
})
