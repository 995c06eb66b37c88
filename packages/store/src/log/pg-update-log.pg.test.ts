import { ok } from "@alternat/plan"
import { type DocId, StorageAwayError } from "@alternat/room"
import { describeUpdateLog } from "@alternat/room/test-support"
import { CAST, createTestDatabase, smallPlan, type TestDatabase } from "@alternat/testkit"
import { afterAll, beforeAll, expect, test } from "vitest"
import { connect } from "../connect.ts"
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

test("[STORE5] history is read by a node that was away for longer than rows stay in the log", async () => {
  const head = (await db.store.log.load(doc))?.headSeq ?? 0
  await db.store.log.compact(doc, { seq: head, state: Uint8Array.of(1), stateVector: Uint8Array.of(2) })
  expect((await db.store.log.load(doc))?.tail).toEqual([])
  expect((await db.store.log.readAfter(doc, 0)).map((entry) => entry.seq)).toEqual(
    Array.from({ length: head }, (_, i) => i + 1),
  )
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
