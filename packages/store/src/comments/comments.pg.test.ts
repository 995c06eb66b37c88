import { CAST, createTestDatabase, smallPlan, type TestDatabase } from "@alternat/testkit"
import { afterAll, beforeAll, expect, test } from "vitest"
import { connect } from "../connect.ts"
import type { CommentFilter } from "../contract/comments.ts"
import type { Hint } from "../contract/feeds.ts"
import type { Reader } from "../contract/reader.ts"
import type { ReaderTx } from "../contract/reads.ts"

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
  const stop = db.store.hints.subscribe((hint) => hint.type !== "missed" && hints.push(hint))
  const others = [CAST.headUs, CAST.secretary]
  const seen = () =>
    Promise.all(
      others.map(async (reader) => [
        await allRows(reader),
        await as(reader, async (tx) => [
          await tx.plans(),
          await tx.events("small"),
          await tx.commentPage("small"),
          await tx.commentCounts("small"),
        ]),
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

/** All pages, the earliest first. */
async function walk(reader: Reader, planId: string, limit: number) {
  const pages: string[][] = []
  for (let cursor: string | null = null; ; ) {
    const page = await as(reader, (tx) => tx.commentPage(planId, { cursor, limit }))
    if (!page) throw new Error("no page")
    pages.unshift(page.threads.map((thread) => thread.id))
    cursor = page.next
    if (cursor === null) return pages
  }
}

test("[STORE152] pages hold each thread once, in one order, and the other side's threads between them leave no trace", async () => {
  await db.store.installPlan(smallPlan({ id: "paged" }))
  const start = (reader: Reader, audience: string, count: number) =>
    as(reader, async (tx) => {
      // one transaction: all of one moment, so that ids alone order them
      for (let i = 0; i < count; i++) await tx.addComment("paged", { target, audience, text: `${i}`, due: null })
    })
  for (let round = 0; round < 3; round++) await start(CAST.headUs, "shared", 15)
  await start(CAST.headUs, "US", 7)
  const us = await walk(CAST.headUs, "paged", 10)
  const secretary = await walk(CAST.secretary, "paged", 10)
  expect(us.map((page) => page.length)).toEqual([2, 10, 10, 10, 10, 10])
  expect(secretary.map((page) => page.length)).toEqual([5, 10, 10, 10, 10])
  const whole = (await as(CAST.headUs, (tx) => tx.commentPage("paged")))?.threads ?? []
  expect(us.flat()).toEqual(whole.map((thread) => thread.id))
  expect(new Set(us.flat()).size).toBe(52)
  const counts = (reader: Reader) => as(reader, (tx) => tx.commentCounts("paged"))
  const before = [await counts(CAST.headUs), await counts(CAST.secretary)]

  await db.store.withReader(CAST.headRu, async (tx) => {
    for (let i = 0; i < 33; i++) await tx.addComment("paged", { target, audience: "RU", text: "x", due: null })
  })
  expect(await walk(CAST.headUs, "paged", 10)).toEqual(us)
  expect(await walk(CAST.secretary, "paged", 10)).toEqual(secretary)
  expect([await counts(CAST.headUs), await counts(CAST.secretary)]).toEqual(before)
  const ru = await walk(CAST.headRu, "paged", 10)
  expect(ru.flat()).toHaveLength(78)

  const hidden = ru.flat().find((id) => !us.flat().includes(id)) ?? ""
  for (const cursor of [hidden, "none"])
    expect(await as(CAST.headUs, (tx) => tx.commentPage("paged", { cursor }))).toBeNull()
})

test("[STORE152] a page keeps to its place, status and audience", async () => {
  await db.store.installPlan(smallPlan({ id: "filtered" }))
  const cell = { type: "cell", table: "cost_lines", rowId: "L01", cell: "year:2010:US" } as const
  const add = (reader: Reader, on: typeof cell | typeof target, audience: string) =>
    as(reader, (tx) => tx.addComment("filtered", { target: on, audience, text: "x", due: null }))
  const first = await add(CAST.headUs, target, "shared")
  await add(CAST.headUs, target, "US")
  await add(CAST.headUs, cell, "shared")
  await add(CAST.headUs, { ...target, clauseId: "s1.c2" } as never, "shared")
  await as(CAST.headUs, (tx) => tx.setCommentStatus("filtered", first?.id ?? "", "resolved"))
  const count = async (filter: CommentFilter) =>
    (await as(CAST.headUs, (tx) => tx.commentPage("filtered", filter)))?.threads.length
  expect(await count({ clauseId: "s1.c1" })).toBe(2)
  expect(await count({ clauseId: "s1.c1", audience: "shared", status: "open" })).toBe(0)
  expect(await count({ status: "resolved" })).toBe(1)
  expect(await count({ audience: "US" })).toBe(1)
  expect(await count({ audience: "RU" })).toBe(0)
  expect(await count({ on: "cells" })).toBe(1)
  expect(await count({ on: "text" })).toBe(3)
  expect(await count({ cell: { ...cell, cells: ["year:2010", "year:2010:US"] } })).toBe(1)
  expect(await count({ cell: { ...cell, cells: ["year:2010:RU"] } })).toBe(0)
})

test("[STORE153] threads and entries are counted by place and audience, the reader's own alone", async () => {
  await db.store.installPlan(smallPlan({ id: "counted" }))
  const add = (reader: Reader, audience: string) =>
    as(reader, (tx) => tx.addComment("counted", { target, audience, text: "x", due: null }))
  const shared = await add(CAST.headUs, "shared")
  await add(CAST.headRu, "shared")
  await add(CAST.headRu, "RU")
  await as(CAST.headRu, (tx) => tx.reply("counted", shared?.id ?? "", "y"))
  const done = await as(CAST.headRu, (tx) => tx.setCommentStatus("counted", shared?.id ?? "", "resolved"))
  const counts = (reader: Reader) => as(reader, (tx) => tx.commentCounts("counted"))
  const line = { place: target, audience: "shared", open: 1, resolved: 1, entries: 3 }
  expect(await counts(CAST.headUs)).toEqual([{ ...line, latest: done?.statusChanges[0]?.at }])
  expect(await counts(CAST.drafterRu)).toMatchObject([
    { place: target, audience: "RU", open: 1, resolved: 0, entries: 1 },
    line,
  ])
  expect(await counts({ userId: "stranger" })).toEqual([])
})

test("[STORE154] a long thread carries its first and its latest entries, and pages give all of them", async () => {
  const id = await start(CAST.headUs, "US", "0")
  for (let i = 1; i <= 119; i++) await as(CAST.drafterUs, (tx) => tx.reply("small", id, `${i}`))
  const numbers = Array.from({ length: 120 }, (_, i) => `${i}`)
  const thread = await as(CAST.headUs, (tx) => tx.comment("small", id))
  expect(thread?.entryCount).toBe(120)
  expect(thread?.entries.map((entry) => entry.text)).toEqual(["0", ...numbers.slice(-49)])
  const read: string[] = []
  for (let cursor: string | null = null; ; ) {
    const page = await as(CAST.headUs, (tx) => tx.commentEntries("small", id, { cursor, limit: 50 }))
    read.unshift(...(page?.entries.map((entry) => entry.text) ?? []))
    cursor = page?.next ?? null
    if (cursor === null) break
  }
  expect(read).toEqual(numbers)
  expect(await as(CAST.headRu, (tx) => tx.commentEntries("small", id, {}))).toBeNull()
})
