import { putNote, serverUpdate } from "@alternat/document"
import type { JobInfo } from "@alternat/plan"
import { afterAll, beforeAll, describe, expect, test } from "vitest"
import { runJob } from "./exports/export-worker.ts"
import { updatesOf } from "./plans/fold.ts"
import { type Caller, type DemoApi, openDemoApi } from "./testing/demo-api.ts"

/** Words that only the American caucus knows: in comments, in its document, in what it was refused. */
const CANARY = "heron-on-the-sandbank"
const NOTE_CANARY = "otter-below-the-weir"
/** A red line of the demo's own caucus. */
const SEEDED = "Fallback on the ramp"

let api: DemoApi
let headUs: Caller
beforeAll(async () => {
  api = await openDemoApi()
  headUs = await api.as("head@us.example")
  await plantComment()
  await plantNote()
})
afterAll(() => api.close())

async function plantComment() {
  const target = { type: "selection", clauseId: "s17.c2", lang: "en", quote: `${CANARY} quoted`, anchor: null }
  const thread = await headUs.post<{ id: string }>("/api/plans/demo/comments", {
    target,
    audience: "US",
    text: `${CANARY} said`,
  })
  expect(thread.status).toBe(201)
  await headUs.post(`/api/plans/demo/comments/${thread.body.id}/replies`, { text: `${CANARY} again` })
  await headUs.post("/api/plans/demo/acts", { act: "park", clauses: [], reason: `${CANARY} refused` })
}

async function plantNote() {
  const { store } = api.database
  const userId = (await headUs.get<{ userId: string }>("/api/me")).body.userId
  const caucus = await store.withReader({ userId }, (tx) => tx.loadDoc("demo", "caucus"))
  if (!caucus) throw new Error("no caucus")
  const { update, clientId } = serverUpdate(updatesOf(caucus), (doc) =>
    putNote(doc, {
      id: "n-canary",
      kind: "red_line",
      clauseId: "s17.c2",
      refersTo: [],
      role: "head",
      at: "2009-11-05T10:00:00Z",
      marking: "internal",
      text: NOTE_CANARY,
      data: null,
    }),
  )
  if (!update) throw new Error("no update")
  const [outcome] = await store.log.append([
    {
      doc: caucus.doc,
      rulesRev: caucus.rulesRev,
      updates: [{ author: "server", bytes: update }],
      newClients: [{ clientId, author: "server" }],
    },
  ])
  expect(outcome?.type).toBe("appended")
}

describe("[API11] a caucus stays in its delegation", () => {
  test("its own side reads it", async () => {
    expect((await headUs.get("/api/plans/demo/comments")).text).toContain(CANARY)
  })

  for (const email of [
    "head@ru.example",
    "drafter@ru.example",
    "budget@ru.example",
    "secretary@plan.example",
    "observer@plan.example",
    "admin@plan.example",
  ])
    test(`no reply to ${email} holds a word of it`, async () => {
      const other = await api.as(email)
      const document = (await other.get<{ paths: Record<string, object> }>("/api/openapi.json")).body
      const ids = JSON.parse((await headUs.get("/api/plans/demo/comments")).text) as { id: string; audience: string }[]
      const hidden = ids.filter((thread) => thread.audience === "US").map((thread) => thread.id)
      for (const [path, methods] of Object.entries(document.paths)) {
        if (!("get" in methods) || path.endsWith("/stream")) continue
        await other.get(
          path
            .replace("{id}", "demo")
            .replace("{n}", "1")
            .replace(/\{\w+\}/g, hidden[0] ?? "x"),
        )
      }
      for (const id of hidden) {
        expect(
          (await other.post(`/api/plans/demo/comments/${id}/replies`, { text: "?" })).status,
        ).toBeGreaterThanOrEqual(403)
        expect(
          (await other.patch(`/api/plans/demo/comments/${id}`, { status: "resolved" })).status,
        ).toBeGreaterThanOrEqual(403)
      }
      await other.post("/api/plans/demo/comments", {
        target: { type: "clause", clauseId: "s17.c2" },
        audience: "US",
        text: "?",
      })
      await other.post("/api/plans/demo/sync-ticket", { space: "caucus" })
      const heard = other.heard.join("\n")
      expect(heard.length).toBeGreaterThan(1000)
      for (const canary of [CANARY, NOTE_CANARY, SEEDED]) expect(heard).not.toContain(canary)
    })

  test("exports for the other side hold none of it", async () => {
    const drafter = await api.as("drafter@ru.example")
    const asked = await drafter.post<JobInfo>("/api/plans/demo/exports", { format: "json", audience: "RU" })
    expect(asked.status).toBe(202)
    const job = await api.database.store.claimJob()
    if (!job) throw new Error("no job")
    await runJob(api.deps, job)
    const done = (await drafter.get<JobInfo>(`/api/plans/demo/exports/${job.id}`)).body
    expect(done).toMatchObject({ status: "done", progress: 100 })
    const file = new TextDecoder().decode(await drafter.bytes(`/api/plans/demo/exports/${job.id}/file`))
    for (const canary of [CANARY, NOTE_CANARY, SEEDED]) expect(file).not.toContain(canary)
    expect((await headUs.get(`/api/plans/demo/exports/${job.id}`)).status, "a job is its asker's").toBe(404)
  })

  test("neither the log nor the metrics hold any of it", async () => {
    const written = api.logged.join("\n") + (await api.stranger.get("/metrics")).text
    for (const canary of [CANARY, NOTE_CANARY, SEEDED]) expect(written).not.toContain(canary)
  })
})
