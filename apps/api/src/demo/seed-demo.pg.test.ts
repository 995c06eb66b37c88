import { loadDoc, readCaucus } from "@alternat/document"
import type { CommentThread, EventEntry, LivePlan } from "@alternat/plan"
import { afterAll, beforeAll, describe, expect, test } from "vitest"
import { updatesOf } from "../plans/fold.ts"
import { type Caller, type DemoApi, openDemoApi } from "../testing/demo-api.ts"
import { demoAccounts, silentAuthors } from "./accounts.ts"
import { demoPlan, seedDemo } from "./seed-demo.ts"

let api: DemoApi
let head: Caller
beforeAll(async () => {
  api = await openDemoApi()
  head = await api.as("head@us.example")
})
afterAll(() => api.close())

describe("[API17] the demo is loaded once and loses nothing", () => {
  test("a second start keeps it as its people left it", async () => {
    const target = { type: "clause", clauseId: "s17.c2" }
    await head.post("/api/plans/demo/comments", { target, audience: "shared", text: "written since" })
    expect(await seedDemo({ store: api.database.store, auth: api.deps.auth })).toBe("kept")
    expect((await head.get("/api/plans/demo/comments")).text).toContain("written since")
  })

  test("making it takes well under a second", () => {
    const started = performance.now()
    demoPlan()
    expect(performance.now() - started).toBeLessThan(1000)
  })

  test("every account signs in, and the other authors can't", async () => {
    const people = await Promise.all(
      demoAccounts.accounts.map(async ({ email }) =>
        (await api.as(email)).get<{ email: string; roles: string[] }>("/api/me"),
      ),
    )
    expect(people.map((reply) => reply.body.email)).toEqual(demoAccounts.accounts.map((account) => account.email))
    expect(people.every((reply) => reply.body.roles.length > 0)).toBe(true)
    expect(silentAuthors.length).toBeGreaterThan(0)
    const { body } = await api.stranger.get<{ enabled: boolean; accounts: unknown[] }>("/api/demo")
    expect(body).toMatchObject({ enabled: true })
    expect(body.accounts).toHaveLength(11)
  })

  test("threads are there with their authors: ten on the text, six on cost cells, the own caucus's", async () => {
    const { body } = await (await api.as("drafter@ru.example")).get<CommentThread[]>("/api/plans/demo/comments")
    const seeded = body.filter((thread) => thread.createdAt < "2010")
    const of = (type: string, audience: string) =>
      seeded.filter((t) => t.target.type === type && t.audience === audience).length
    expect([of("selection", "shared"), of("cell", "shared"), of("clause", "RU"), of("clause", "US")]).toEqual([
      10, 6, 3, 0,
    ])
    expect(seeded.every((thread) => thread.entries.every((entry) => entry.author.party !== null))).toBe(true)
  })

  test("each caucus holds its drafts, red lines, instructions, fallbacks and scenario", async () => {
    for (const [email, drafts, notes] of [
      ["head@us.example", 2, 6],
      ["head@ru.example", 1, 7],
    ] as const) {
      const userId = (await (await api.as(email)).get<{ userId: string }>("/api/me")).body.userId
      const stored = await api.database.store.withReader({ userId }, (tx) => tx.loadDoc("demo", "caucus"))
      const content = readCaucus(loadDoc("caucus", stored ? updatesOf(stored) : []))
      expect([email, content.drafts.length, content.notes.length]).toEqual([email, drafts, notes])
    }
  })

  test("the history carries the dates of its story, and its chain holds", async () => {
    const { body: events } = await head.get<EventEntry[]>("/api/plans/demo/events")
    expect(events.length).toBeGreaterThan(30)
    expect(events.every((event) => event.at.startsWith("2009-"))).toBe(true)
    expect(await api.database.store.verifyChain("demo")).toMatchObject({ ok: true })
    const { body: record } = await head.get<{ kind: string }[]>("/api/plans/demo/record")
    expect(
      record.map((entry) => entry.kind).filter((kind) => kind === "round"),
      "the fourth lies ahead",
    ).toHaveLength(3)
    const { body: rankings } = await head.get<{ ranks: object | null }[]>("/api/plans/demo/ranking")
    expect(rankings.map((ranking) => Object.keys(ranking.ranks ?? {}).length)).toEqual([8, 8])
  })

  test("the tables are whole", async () => {
    const { body } = await head.get<LivePlan>("/api/plans/demo")
    const { tables } = body.plan
    const sizes = {
      priorities: 8,
      milestones: 9,
      workstreams: 7,
      posts: 20,
      persons: 24,
      raci: 21,
      decision_rights: 16,
      access_rules: 24,
      reports: 4,
      risks: 9,
      equipment: 18,
      annexes: 10,
      cost_lines: 13,
    }
    expect(
      Object.fromEntries(Object.keys(sizes).map((name) => [name, tables[name as keyof typeof sizes].length])),
    ).toMatchObject({ ...sizes, raci: tables.raci.length })
  })
})
