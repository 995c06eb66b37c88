import { ok } from "@alternat/plan"
import { type DocId, StorageAwayError } from "@alternat/room"
import { describeUpdateLog } from "@alternat/room/test-support"
import { CAST, createTestDatabase, smallPlan, type TestDatabase } from "@alternat/testkit"
import { afterAll, beforeAll, describe, expect, test } from "vitest"
import { connect, errorCode } from "../connect.ts"
import { createPgUpdateLog } from "./pg-update-log.ts"

const docOf = async (db: TestDatabase, planId: string): Promise<DocId> => {
  const stored = await db.store.withReader(CAST.headUs, (tx) => tx.loadDoc(planId, "plan"))
  if (!stored) throw new Error("no document")
  return stored.doc
}

describeUpdateLog("postgres", async () => {
  const db = await createTestDatabase()
  await db.store.installPlan(smallPlan({ id: "one" }))
  await db.store.installPlan(smallPlan({ id: "two" }))
  const plans = new Map([
    [await docOf(db, "one"), "one"],
    [await docOf(db, "two"), "two"],
  ])
  const [first = "", second = ""] = [...plans.keys()]
  return {
    log: db.store.log,
    feed: db.store.feed,
    docs: [first, second],
    users: [CAST.drafterUs.userId, CAST.drafterRu.userId],
    changeRules: async (doc, { frozen }) => {
      const status = frozen ? "frozen" : "negotiation"
      await db.store.transactAct(plans.get(doc) ?? "", CAST.headUs, { caucus: false }, async (tx) => {
        await tx.applyStandingChanges([{ type: "plan", status }])
        return ok(null)
      })
    },
    close: () => db.close(),
  }
})

let db: TestDatabase
let doc: DocId
beforeAll(async () => {
  db = await createTestDatabase()
  await db.store.installPlan(smallPlan())
  doc = await docOf(db, "small")
})
afterAll(() => db.close())

const byValue = (a: unknown, b: unknown) => Number(a) - Number(b)
const request = (values: readonly number[]) => ({
  doc,
  rulesRev: 1,
  updates: values.map((value) => ({ author: CAST.drafterUs.userId, bytes: Uint8Array.of(value) })),
  newClients: [],
})

test("[STORE2] one document may stand twice in a batch, and each request gets its own numbers", async () => {
  const head = (await db.store.log.load(doc))?.headSeq ?? 0
  expect(await db.store.log.append([request([1, 2]), request([3])])).toEqual([
    { type: "appended", firstSeq: head + 1, lastSeq: head + 2 },
    { type: "appended", firstSeq: head + 3, lastSeq: head + 3 },
  ])
})

test("[STORE2] writers in many processes lock in one order and never deadlock", async () => {
  await db.store.installPlan(smallPlan({ id: "other" }))
  const other = await docOf(db, "other")
  const append = (docs: readonly DocId[]) => db.store.log.append(docs.map((doc) => ({ ...request([7]), doc })))
  const outcomes = await Promise.all(
    Array.from({ length: 40 }, (_, i) => append(i % 2 === 0 ? [doc, other] : [other, doc])),
  )
  expect(outcomes.flat().every((outcome) => outcome.type === "appended")).toBe(true)
})

describe("a batch for many documents", () => {
  let docs: readonly DocId[]
  const one = (of: DocId, values: readonly number[], rulesRev = 1) => ({ ...request(values), doc: of, rulesRev })
  const headOf = async (of: DocId) => (await db.store.log.load(of))?.headSeq ?? 0
  beforeAll(async () => {
    const ids = ["many-1", "many-2", "many-3", "many-4"]
    for (const id of ids) await db.store.installPlan(smallPlan({ id }))
    docs = await Promise.all(ids.map((id) => docOf(db, id)))
  })

  test("[STORE2] each gets its own numbers, bytes and authors, or its own reason, and its position is told", async () => {
    const [a = "", b = "", c = "", d = ""] = docs
    const heads = await Promise.all(docs.map(headOf))
    const [headA = 0, headB = 0, headC = 0, headD = 0] = heads
    const news = new Map<DocId, number>()
    const stop = db.store.feed.subscribe((item) => news.set(item.doc, item.headSeq))
    await db.store.feed.ready
    const mixed = {
      ...one(c, [4, 5]),
      updates: [
        { author: CAST.drafterUs.userId, bytes: Uint8Array.of(4) },
        { author: CAST.drafterRu.userId, bytes: new Uint8Array(300).fill(5) },
      ],
    }
    expect(
      await db.store.log.append([one(d, [9]), one("nobody", [1]), mixed, one(a, [1, 2, 3]), one(b, [8], 7)]),
    ).toEqual([
      { type: "appended", firstSeq: headD + 1, lastSeq: headD + 1 },
      { type: "noSuchDocument" },
      { type: "appended", firstSeq: headC + 1, lastSeq: headC + 2 },
      { type: "appended", firstSeq: headA + 1, lastSeq: headA + 3 },
      { type: "rulesChanged", rulesRev: 1 },
    ])
    const written = await db.store.log.readAfter(c, headC)
    expect(written.map(({ seq, author, bytes }) => [seq, author, [...bytes]])).toEqual([
      [headC + 1, CAST.drafterUs.userId, [4]],
      [headC + 2, CAST.drafterRu.userId, Array.from({ length: 300 }, () => 5)],
    ])
    expect((await db.store.log.readAfter(a, headA)).map(({ bytes }) => [...bytes])).toEqual([[1], [2], [3]])
    expect(await headOf(b)).toBe(headB)
    await expect.poll(() => [news.get(a), news.get(c), news.get(d)]).toEqual([headA + 3, headC + 2, headD + 1])
    expect(news.get(b) ?? headB).toBe(headB)
    stop()
  })

  test("[STORE2] writers in many processes never deadlock, and number what they write without a gap", async () => {
    const heads = await Promise.all(docs.map(headOf))
    const writer = (n: number) =>
      n % 3 === 0 ? docs : n % 3 === 1 ? docs.toReversed() : [...docs.slice(2), ...docs.slice(0, 2)]
    const batches = Array.from({ length: 60 }, (_, n) => writer(n))
    const outcomes = await Promise.all(batches.map((of) => db.store.log.append(of.map((id) => one(id, [7])))))
    for (const [i, id] of docs.entries()) {
      const numbers = batches.map((of, n) => outcomes[n]?.[of.indexOf(id)])
      expect(
        numbers.map((outcome) => (outcome?.type === "appended" ? outcome.firstSeq : outcome?.type)).toSorted(byValue),
      ).toEqual(Array.from({ length: 60 }, (_, n) => (heads[i] ?? 0) + 1 + n))
    }
  })

  test("[STORE2] an act that comes between wins: the document whose rules have changed is left out", async () => {
    const [a = "", b = "", c = ""] = docs
    const act = connect(db.superUrl, { role: null, max: 1 })
    const heads = await Promise.all([a, b, c].map(headOf))
    const appending = await act.begin(async (tx) => {
      await tx`update doc set rules_rev = rules_rev + 1 where id = ${b}`
      const outcomes = db.store.log.append([one(a, [1]), one(b, [1]), one(c, [1])])
      // it waits for the row of b until the act has ended
      await expect
        .poll(async () => (await tx`select 1 from pg_locks where not granted`).length, { timeout: 5000 })
        .toBeGreaterThan(0)
      return { outcomes }
    })
    expect((await appending.outcomes).map(({ type }) => type)).toEqual(["appended", "rulesChanged", "appended"])
    expect(await Promise.all([a, b, c].map(headOf))).toEqual([(heads[0] ?? 0) + 1, heads[1], (heads[2] ?? 0) + 1])
    await act.end()
  })
})

test("[STORE3] a batch that holds bad data of one document is split, and the neighbours are appended", async () => {
  const bad = { ...request([1]), updates: [{ author: "nul \u0000 byte", bytes: Uint8Array.of(1) }] }
  const [first, second] = await db.store.log.append([bad, request([5])])
  expect(first?.type).toBe("noSuchDocument")
  expect(second?.type).toBe("appended")
})

test("[STORE4] storage that can't be reached says so by its own error", async () => {
  const nowhere = connect("postgres://x@127.0.0.1:9/none", { role: "alternat_sync", max: 1 })
  const log = createPgUpdateLog(nowhere)
  await expect(log.append([request([1])])).rejects.toBeInstanceOf(StorageAwayError)
  await expect(log.load(doc)).rejects.toBeInstanceOf(StorageAwayError)
  await nowhere.end({ timeout: 1 })
})

test("[STORE5] what a snapshot covers is not loaded any more, and read by a node that was away for long", async () => {
  const head = (await db.store.log.load(doc))?.headSeq ?? 0
  await db.store.log.compact(doc, { seq: head, state: Uint8Array.of(1), stateVector: Uint8Array.of(2) })
  expect((await db.store.log.load(doc))?.tail).toEqual([])
  expect((await db.store.log.readAfter(doc, 0)).map((entry) => entry.seq)).toEqual(
    Array.from({ length: head }, (_, i) => i + 1),
  )
})

test("[STORE98] nobody changes what the log says, and no role of the program removes any of it", async () => {
  const urls = [db.urls.owner, db.urls.sync, db.urls.app]
  const refusals = await Promise.all(
    urls.map(async (url) => {
      const sql = connect(url, { role: null, max: 1 })
      const attempts = [
        sql`update doc_update set authors = authors where doc_id = ${doc}`,
        ...(url === db.urls.owner ? [] : [sql`delete from doc_update where doc_id = ${doc}`]),
        sql`truncate doc_update`,
      ]
      const codes = await Promise.all(attempts.map((asked) => asked.then(() => "done", errorCode)))
      await sql.end()
      return codes
    }),
  )
  // insufficient privilege, by the trigger or for want of the right
  expect([...new Set(refusals.flat())]).toEqual(["42501"])
  expect((await db.store.log.readAfter(doc, 0)).length).toBeGreaterThan(0)
})

test("[STORE6] after its connection broke, the feed listens again and tells where every document stands", async () => {
  const news: { doc: DocId; headSeq: number }[] = []
  const stop = db.store.feed.subscribe((item) => news.push(item))
  await db.store.feed.ready
  const admin = connect(db.superUrl, { role: null, max: 1 })
  await admin`
    select pg_terminate_backend(pid) from pg_stat_activity
     where datname = current_database() and pid <> pg_backend_pid()`
  await admin.end()
  // the first questions on broken connections fail, and say that the storage is away
  const load = () => db.store.log.load(doc).catch(() => null)
  await expect.poll(load, { timeout: 5000 }).not.toBeNull()
  const before = (await load())?.headSeq ?? 0
  await expect
    .poll(() => news.some((item) => item.doc === doc && item.headSeq === before), { timeout: 5000 })
    .toBe(true)
  await db.store.log.append([request([1])])
  await expect.poll(() => news.some((item) => item.headSeq === before + 1), { timeout: 5000 }).toBe(true)
  stop()
})
