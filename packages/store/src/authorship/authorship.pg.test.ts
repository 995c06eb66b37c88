import { ok } from "@alternat/plan"
import { CAST, createTestDatabase, smallPlan, type TestDatabase, tinyUpdate } from "@alternat/testkit"
import { afterAll, beforeAll, expect, test } from "vitest"

let db: TestDatabase
beforeAll(async () => {
  db = await createTestDatabase()
  await db.store.installPlan(smallPlan())
})
afterAll(() => db.close())

const planDoc = async () => {
  const stored = await db.store.withReader(CAST.headUs, (tx) => tx.loadDoc("small", "plan"))
  if (!stored) throw new Error("no plan")
  return stored
}

test("[STORE14] the plan's log is read in order, with its authors, page by page, from before a snapshot and after it", async () => {
  const { doc, rulesRev } = await planDoc()
  const entry = (n: number) => ({ author: CAST.drafterUs.userId, bytes: tinyUpdate(1000 + n, `${n}`) })
  for (let batch = 0; batch < 520; batch += 20)
    await db.store.log.append(
      Array.from({ length: 20 }, (_one, n) => ({
        doc,
        rulesRev,
        updates: [entry(batch + n)],
        newClients: [{ clientId: 1000 + batch + n, author: CAST.drafterUs.userId }],
      })),
    )
  const state = { state: tinyUpdate(1, "x"), stateVector: new Uint8Array([0]) }
  await db.store.log.compact(doc, { seq: 300, ...state })
  const pageAfter = (seq: number) => db.store.withReader(CAST.drafterRu, (tx) => tx.planLog("small", seq))
  const pages = [await pageAfter(0)]
  for (let last = pages[0]; last && last.entries.length > 0; pages.push(last))
    last = await pageAfter(last.entries.at(-1)?.seq ?? 0)
  const entries = pages.flatMap((page) => page?.entries ?? [])
  expect(entries.map((one) => one.seq)).toEqual(Array.from({ length: 521 }, (_one, n) => n + 1))
  expect(pages.length).toBeGreaterThan(2)
  expect(pages[0]).toMatchObject({ doc, headSeq: 521 })
  expect(entries.map((one) => one.author)).toEqual(["server", ...Array<string>(520).fill(CAST.drafterUs.userId)])
  expect(await db.store.withReader({ userId: "stranger" }, (tx) => tx.planLog("small", 0))).toBeNull()
})

test("[STORE15] what an act writes into the plan is linked to its events, in the same transaction", async () => {
  const event = (id: string, data = {}) => ({
    kind: "proposal_accepted",
    subject: { type: "clause", id },
    summary: { en: "e", ru: "р" },
    data,
  })
  const { doc } = await planDoc()
  const seq = await db.store.transactAct("small", CAST.headUs, { caucus: true }, async (tx) => {
    await tx.appendEvents([event("s1.c1"), event("s1.c2", { created: "new" })])
    if (tx.caucus) await tx.appendUpdate(tx.caucus.doc, { bytes: tinyUpdate(51, "own"), clientId: 51 })
    return ok(await tx.appendUpdate(doc, { bytes: tinyUpdate(50, "act"), clientId: 50 }))
  })
  if (!seq?.ok) throw new Error("refused")
  const acts = await db.store.withReader(CAST.drafterRu, (tx) => tx.actEvents("small", [1, seq.value]))
  expect(acts.map((act) => [act.seq, act.clauseIds, act.event.kind, act.event.party])).toEqual([
    [seq.value, ["s1.c1"], "proposal_accepted", "US"],
    [seq.value, ["new"], "proposal_accepted", "US"],
  ])
  expect(await db.store.withReader({ userId: "stranger" }, (tx) => tx.actEvents("small", [seq.value]))).toEqual([])
})

test("[STORE16] a writer has a party and a role, and a name only for who may know it", async () => {
  const ids = [CAST.drafterUs.userId, CAST.headRu.userId, CAST.secretary.userId, "server"]
  const seen = await db.store.withReader(CAST.headUs, (tx) => tx.writers("small", ids))
  expect(Object.fromEntries([...seen].map(([id, one]) => [id, [one.party, one.role, one.name]]))).toEqual({
    [CAST.drafterUs.userId]: ["US", "drafter", CAST.drafterUs.name],
    [CAST.headRu.userId]: ["RU", "head", null],
    [CAST.secretary.userId]: [null, "secretary", CAST.secretary.name],
  })
  const across = await db.store.withReader(CAST.headRu, (tx) => tx.writers("small", ids))
  expect([across.get(CAST.drafterUs.userId)?.name, across.get(CAST.headRu.userId)?.name]).toEqual([
    null,
    CAST.headRu.name,
  ])
})
