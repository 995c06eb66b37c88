import { type JobInfo, ok, type SignRequest } from "@alternat/plan"
import { CAST, createTestDatabase, smallPlan, type TestDatabase } from "@alternat/testkit"
import { afterAll, beforeAll, expect, test } from "vitest"
import { connect } from "../connect.ts"
import type { ActTx } from "../contract/acts.ts"
import type { NewJob } from "../contract/jobs.ts"
import type { Reader } from "../contract/reader.ts"
import { sha256Hex } from "../sha256.ts"

let db: TestDatabase
beforeAll(async () => {
  db = await createTestDatabase()
  await db.store.installPlan(smallPlan())
})
afterAll(() => db.close())

const act = <T>(reader: Reader, fn: (tx: ActTx) => Promise<T>) =>
  db.store.transactAct("small", reader, { caucus: false }, async (tx) => ok(await fn(tx)))
const both = (text: string) => ({ en: text, ru: text })
const signature = (party: string): SignRequest => ({
  statement: {
    format: "alternat-statement/1",
    manifest: "m".repeat(64),
    party,
    post: both("p"),
    name: both("n"),
    organisation: both("o"),
    acting: false,
    place: both("pl"),
    date: "2009-12-01",
  },
  publicKey: "a".repeat(64),
  signature: "b".repeat(128),
})
const freeze = (tx: ActTx) =>
  tx.createVersion({
    seq: 1,
    planHash: "p".repeat(64),
    manifestHash: "m".repeat(64),
    plan: Buffer.from("{}"),
    update: null,
    standing: tx.before,
    files: [{ name: "plan.json", type: "application/json", bytes: Buffer.from("{}") }],
  })

test("[STORE60] a version keeps its plan, files and signatures, and becomes signed with the second", async () => {
  expect(await act(CAST.headUs, freeze)).toEqual({ ok: true, value: 1 })
  expect(await act(CAST.headUs, (tx) => tx.addSignature(1, signature("US")))).toEqual({ ok: true, value: true })
  expect(await act(CAST.headUs, (tx) => tx.addSignature(1, signature("US")))).toEqual({ ok: true, value: false })
  await expect(act(CAST.headUs, (tx) => tx.addSignature(1, signature("RU")))).rejects.toThrow(/row-level security/)
  await act(CAST.headRu, async (tx) => {
    await tx.addSignature(1, signature("RU"))
    await tx.addVersionFile(1, { name: "pack.zip", type: "application/zip", bytes: Buffer.from("zip") })
    await tx.setVersionStatus(1, "signed")
  })
  const [version, file, standing] = await db.store.withReader(CAST.drafterRu, async (tx) => [
    await tx.version("small", 1),
    await tx.versionFile("small", 1, "plan.json"),
    await tx.standing("small"),
  ])
  expect(version?.info).toMatchObject({ number: 1, status: "signed", frozenBy: "US", pack: true })
  expect(version?.info.signatures.map((one) => one.party)).toEqual(["US", "RU"])
  expect(version?.info.files.map((one) => one.name)).toEqual(["plan.json", "pack.zip"])
  expect(file?.sha256).toBe(sha256Hex("{}"))
  expect(standing?.version).toMatchObject({ number: 1, signedBy: ["US", "RU"] })
})

test("[STORE61] unlocking is the last thing that happens to a version; the next starts at 0 of 2", async () => {
  const at = "2009-12-02T00:00:00.000Z"
  await act(CAST.headUs, (tx) =>
    tx.applyStandingChanges([{ type: "unlock", consents: [{ party: "US", to: "unlock", hash: "m".repeat(64), at }] }]),
  )
  const standing = await db.store.withReader(CAST.headRu, (tx) => tx.standing("small"))
  expect(standing?.version?.unlockConsents).toMatchObject([{ party: "US", to: "unlock" }])
  await act(CAST.headRu, (tx) => tx.setVersionStatus(1, "unlocked"))
  await expect(act(CAST.headRu, (tx) => tx.setVersionStatus(1, "signed"))).rejects.toThrow(/immutable/)
  expect(await act(CAST.headRu, freeze)).toEqual({ ok: true, value: 2 })
  const after = await db.store.withReader(CAST.headRu, (tx) => tx.standing("small"))
  expect(after?.version).toMatchObject({ number: 2, signedBy: [], unlockConsents: [] })
})

test("[STORE62] neither the application nor the owner changes a version, a file, a signature or an event", async () => {
  await act(CAST.headUs, (tx) => tx.appendEvents([{ kind: "x", subject: null, summary: both("x") }]))
  const owner = connect(db.urls.owner, { role: null, max: 1 })
  for (const statement of [
    "update version set plan_hash = 'x'",
    "delete from version",
    "update version_file set bytes = ''",
    "delete from signature",
    "update event set kind = 'y'",
    "delete from event",
    "truncate event",
  ])
    await expect(owner.unsafe(statement), statement).rejects.toThrow(/never changed|immutable/)
  await owner.end()
})

test("[STORE21] a rewritten event is found, although somebody switched the triggers off", async () => {
  const admin = connect(db.superUrl, { role: null, max: 1 })
  expect(await db.store.verifyChain("small")).toMatchObject({ ok: true })
  await admin`set session_replication_role = replica`
  await admin`update event set summary = '{"en":"y","ru":"y"}' where seq = 1`
  expect(await db.store.verifyChain("small")).toMatchObject({ ok: false, seq: 1, problem: "hash" })
  await admin`delete from event where seq = 1`
  expect(await db.store.verifyChain("small")).toMatchObject({ ok: false, problem: "head" })
  await admin.end()
})

test("[STORE70] a job is taken once, reports, and leaves its file to the one who asked", async () => {
  const job = await ask(CAST.headUs, { format: "docx", options: { lang: "en" } })
  const [first, second] = await Promise.all([db.store.claimJob(), db.store.claimJob()])
  expect([first?.id, second?.id].filter(Boolean)).toEqual([job.id])
  expect(first ?? second).toMatchObject({
    planId: "small",
    userId: CAST.headUs.userId,
    attempts: 1,
    options: { lang: "en" },
  })
  await db.store.reportJob(job.id, 40, both("half"))
  const read = (reader: Reader) => db.store.withReader(reader, (tx) => tx.job("small", job.id))
  expect(await read(CAST.headUs)).toMatchObject({ status: "running", progress: 40 })
  expect(await read(CAST.headRu)).toBeNull()
  await db.store.finishJob(job.id, { file: { name: "plan.docx", type: "x", bytes: Buffer.from("docx") } })
  expect(await read(CAST.headUs)).toMatchObject({ status: "done", file: { name: "plan.docx", size: 4 } })
})

test("[STORE71] what a dead process left running goes back, and is given up after three times", async () => {
  const job = await ask(CAST.headUs)
  for (let attempt = 1; attempt <= 3; attempt++) {
    expect(await db.store.claimJob()).toMatchObject({ id: job.id, attempts: attempt })
    expect(await db.store.requeueStaleJobs(-1000)).toBe(1)
  }
  expect(await db.store.claimJob()).toBeNull()
  expect(await db.store.withReader(CAST.headUs, (tx) => tx.job("small", job.id))).toMatchObject({ status: "failed" })
})

test("[STORE121] jobs are taken by turns of the sides: many of one side cost the other the wait for one", async () => {
  await emptyQueue()
  for (let i = 0; i < 6; i++) await ask(CAST.headUs)
  const first = await db.store.claimJob()
  const theirs = await ask(CAST.headRu)
  expect(first?.userId).toBe(CAST.headUs.userId)
  expect((await db.store.claimJob())?.id).toBe(theirs.id)
  expect((await db.store.claimJob())?.userId).toBe(CAST.headUs.userId)
})

test("[STORE122] a person has at most ten unfinished jobs, and sees and cancels only the own ones", async () => {
  await emptyQueue()
  const jobs = []
  for (let i = 0; i < 10; i++) jobs.push(await ask(CAST.headUs))
  const request = { format: "pdf", audience: "shared", version: null } as const
  const more = () => db.store.withReader(CAST.headUs, (tx) => tx.createJob("small", request))
  expect(await more()).toBeNull()
  const last = jobs.at(-1)?.id ?? ""
  const cancel = (reader: Reader, id: string) => db.store.withReader(reader, (tx) => tx.cancelJob("small", id))
  expect(await cancel(CAST.headRu, last)).toBe(false)
  expect(await cancel(CAST.headUs, last)).toBe(true)
  const list = (reader: Reader) => db.store.withReader(reader, (tx) => tx.jobs("small"))
  expect((await list(CAST.headUs)).map((job) => job.status).filter((status) => status === "cancelled")).toHaveLength(1)
  expect(await list(CAST.headRu)).toEqual([])
  expect(await more()).not.toBeNull()
})

test("[STORE123] a running job is held by its worker, and one that was cancelled is not made", async () => {
  await emptyQueue()
  const job = await ask(CAST.headUs)
  const claimed = await db.store.claimJob()
  if (claimed?.id !== job.id) throw new Error("the only job is taken")
  await db.store.reportJob(job.id, 40, both("half"))
  expect(await db.store.holdJob(claimed)).toBe(true)
  expect(await db.store.requeueStaleJobs(60_000)).toBe(0)
  expect(await db.store.requeueStaleJobs(-1000)).toBe(1)
  expect(await db.store.holdJob(claimed)).toBe(false)
  const read = () => db.store.withReader(CAST.headUs, (tx) => tx.job("small", job.id))
  expect(await read()).toMatchObject({ status: "queued", progress: 0, step: null })
  await db.store.claimJob()
  await db.store.withReader(CAST.headUs, (tx) => tx.cancelJob("small", job.id))
  await db.store.finishJob(job.id, { file: { name: "plan.pdf", type: "x", bytes: Buffer.from("pdf") } })
  expect(await read()).toMatchObject({ status: "cancelled", file: null })
})

async function emptyQueue(): Promise<void> {
  const admin = connect(db.superUrl, { role: null, max: 1 })
  await admin`delete from job`
  await admin.end()
}

async function ask(reader: Reader, more: Partial<NewJob> = {}): Promise<JobInfo> {
  const request = { format: "pdf", audience: "shared", version: null, ...more } as const
  const job = await db.store.withReader(reader, (tx) => tx.createJob("small", request))
  if (!job) throw new Error("there is room for a job")
  return job
}
