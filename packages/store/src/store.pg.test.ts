import { err, ok } from "@alternat/plan"
import { CAST, createTestDatabase, smallPlan, type TestDatabase } from "@alternat/testkit"
import { afterAll, beforeAll, expect, test } from "vitest"

let db: TestDatabase
beforeAll(async () => {
  db = await createTestDatabase()
  await db.store.installPlan(smallPlan())
})
afterAll(() => db.close())

test("[STORE10] a plan is installed once, whole", async () => {
  expect(await db.store.hasPlan("small")).toBe(true)
  expect(await db.store.hasPlan("other")).toBe(false)
  expect(await db.store.installPlan(smallPlan())).toBe(false)
  const plans = await db.store.withReader(CAST.drafterRu, (tx) => tx.plans())
  expect(plans.map((plan) => [plan.id, plan.status, plan.clauses])).toEqual([
    ["small", "negotiation", { under_negotiation: 1, agreed_ad_ref: 1 }],
  ])
  expect(await db.store.withReader({ userId: "stranger" }, (tx) => tx.plans())).toEqual([])
  expect(await db.store.ping()).toEqual({ migrated: true })
})

test("[STORE11] a reader is who the member list says", async () => {
  const { headUs, drafterUs, secretary } = CAST
  const [actor, me, members] = await db.store.withReader(headUs, async (tx) => [
    await tx.actor("small"),
    await tx.me(),
    await tx.members("small"),
  ])
  expect(actor).toEqual({ userId: headUs.userId, party: "US", roles: headUs.roles })
  expect(me).toMatchObject({ userId: headUs.userId, party: "US", name: headUs.name })
  const named = members.filter((member) => member.name.en !== "").map((member) => member.userId)
  expect(named.sort()).toEqual([drafterUs.userId, headUs.userId, secretary.userId].sort())
})

test("[STORE12] an act changes standing, log, events and rules together, and tells", async () => {
  const news: unknown[] = []
  const stop = db.store.feed.subscribe((one) => news.push(one))
  await db.store.feed.ready
  const at = "2009-11-05T13:00:00.000Z"
  const result = await db.store.transactAct("small", CAST.headUs, { caucus: true }, async (tx) => {
    const before = tx.before.clauses["s1.c1"]
    if (!before || !tx.caucus) throw new Error("not there")
    const consent = { party: "US", to: "agreed_ad_ref", hash: "aa.bb", at } as const
    const reserve = {
      id: "r1",
      clauseId: "s1.c1",
      party: "US",
      kind: "legal",
      reason: { en: "x", ru: "y" },
      due: "2009-11-20",
      at,
      liftedAt: null,
    } as const
    await tx.applyStandingChanges([
      {
        type: "clause",
        clauseId: "s1.c1",
        standing: {
          ...before,
          consents: [consent],
          reserves: [reserve],
          attestations: [{ party: "US", hash: { en: "a", ru: "b" }, at }],
          divergence: { party: "RU", hash: { en: "a", ru: "b" }, note: "n", at },
          reopened: { party: "US", reason: "r", at },
        },
      },
      { type: "line", lineId: "L01", standing: { state: "agreed", since: at, consents: [] } },
    ])
    const seq = await tx.appendUpdate(tx.doc.doc, { bytes: Uint8Array.of(1, 2, 3), clientId: 77 })
    await tx.appendUpdate(tx.caucus.doc, { bytes: Uint8Array.of(4), clientId: 78 })
    const events = await tx.appendEvents([
      {
        kind: "agree_ad_referendum",
        subject: { type: "clause", id: "s1.c1" },
        summary: { en: "e", ru: "р" },
        data: { hash: "aa" },
      },
    ])
    return ok({ seq, events, rev: tx.nextRulesRev, standing: tx.before })
  })
  if (!result?.ok) throw new Error("refused")
  expect(result.value).toMatchObject({ seq: 2, rev: 2, events: [{ seq: 1, party: "US", role: "head" }] })
  const standing = await db.store.withReader(CAST.headRu, (tx) => tx.standing("small"))
  expect(standing?.rulesRev).toBe(2)
  expect(standing?.clauses["s1.c1"]).toMatchObject({
    consents: [{ party: "US", to: "agreed_ad_ref", hash: "aa.bb", at }],
    reserves: [{ id: "r1", due: "2009-11-20", liftedAt: null }],
    attestations: [{ party: "US" }],
    divergence: { note: "n" },
    reopened: { reason: "r" },
  })
  expect(standing?.lines.L01?.state).toBe("agreed")
  const doc = await db.store.withReader(CAST.headRu, (tx) => tx.loadDoc("small", "plan"))
  expect(doc?.tail.map((entry) => [entry.seq, entry.author])).toEqual([
    [1, "server"],
    [2, "server"],
  ])
  await expect.poll(() => news).toContainEqual({ doc: doc?.doc, headSeq: 2, rulesRev: 2 })
  expect(await db.store.log.rules(doc?.doc ?? "")).toEqual({
    rev: 2,
    epoch: 1,
    headSeq: doc?.headSeq ?? -1,
    frozen: false,
    closedClauses: new Set(["s1.c2"]),
    closedLines: new Set(["L01", "L08"]),
  })
  stop()
})

test("[STORE13] a refused act leaves nothing behind", async () => {
  const before = await db.store.withReader(CAST.headUs, (tx) => tx.standing("small"))
  const result = await db.store.transactAct("small", CAST.headUs, { caucus: false }, async (tx) => {
    await tx.applyStandingChanges([{ type: "plan", status: "frozen" }])
    await tx.appendUpdate(tx.doc.doc, { bytes: Uint8Array.of(9), clientId: 99 })
    return err("no")
  })
  expect(result).toEqual({ ok: false, error: "no" })
  expect(await db.store.withReader(CAST.headUs, (tx) => tx.standing("small"))).toEqual(before)
  expect(await db.store.transactAct("small", { userId: "stranger" }, { caucus: false }, async () => ok(1))).toBeNull()
})

test("[STORE20] the events are one chain that nobody rewrites", async () => {
  expect(await db.store.verifyChain("small")).toMatchObject({ ok: true, length: 1 })
  expect((await db.store.withReader(CAST.headRu, (tx) => tx.events("small"))).map((event) => event.kind)).toEqual([
    "agree_ad_referendum",
  ])
})

test("[STORE54] a head appoints an acting head of the own side, and both sides see it", async () => {
  const appointment = {
    party: "US",
    userId: CAST.drafterUs.userId,
    from: new Date(Date.now() - 1000).toISOString(),
    until: new Date(Date.now() + 60_000).toISOString(),
  }
  const appoint = (by: { userId: string }, change: Partial<typeof appointment> = {}) =>
    db.store.transactAct("small", by, { caucus: false }, async (tx) =>
      ok(await tx.appointActingHead({ ...appointment, ...change })),
    )
  await expect(appoint(CAST.drafterUs)).rejects.toThrow(/row-level security/)
  await expect(appoint(CAST.headRu)).rejects.toThrow(/row-level security/)
  await expect(appoint(CAST.headUs, { userId: CAST.drafterRu.userId })).rejects.toThrow(/row-level security/)
  expect(await appoint(CAST.headUs)).toMatchObject({ ok: true })
  const [actor, seen] = await Promise.all([
    db.store.withReader(CAST.drafterUs, (tx) => tx.actor("small")),
    db.store.withReader(CAST.headRu, (tx) => tx.actingHeads("small")),
  ])
  expect(actor).toEqual({ userId: CAST.drafterUs.userId, party: "US", roles: ["head", "drafter"], acting: true })
  expect(seen).toEqual([appointment])
})
