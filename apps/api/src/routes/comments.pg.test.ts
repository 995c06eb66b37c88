import type { CommentThread, EventEntry } from "@alternat/plan"
import { afterAll, beforeAll, expect, test } from "vitest"
import { type Caller, type DemoApi, openDemoApi } from "../testing/demo-api.ts"

const COMMENTS = "/api/plans/demo/comments"
const target = { type: "clause", clauseId: "s17.c2" } as const

let api: DemoApi
let us: Caller
let ru: Caller
beforeAll(async () => {
  api = await openDemoApi()
  us = await api.as("head@us.example")
  ru = await api.as("drafter@ru.example")
})
afterAll(() => api.close())

const start = async (caller: Caller, audience: string, text = "words") => {
  const made = await caller.post<CommentThread>(COMMENTS, { target, audience, text })
  expect(made.status, made.text).toBe(201)
  return made.body
}
const set = (caller: Caller, id: string, status: CommentThread["status"]) =>
  caller.patch<CommentThread>(`${COMMENTS}/${id}`, { status })

test("[API110] a shared thread says who resolved it, by party and role across the table, and the record has it", async () => {
  const { id, statusChanges } = await start(us, "shared")
  expect(statusChanges).toEqual([])
  const done = await set(ru, id, "resolved")
  expect(done.body.statusChanges).toMatchObject([{ status: "resolved", author: { party: "RU", role: "drafter" } }])
  expect(done.body.statusChanges[0]?.author.name?.en).toBeTruthy()
  const threads = (await us.get<readonly CommentThread[]>(COMMENTS)).body
  const { author, at } = threads.find((thread) => thread.id === id)?.statusChanges[0] ?? {}
  expect(author).toEqual({ userId: null, name: null, party: "RU", role: "drafter" })
  const events = (await us.get<readonly EventEntry[]>("/api/plans/demo/events?limit=1000")).body
  expect(events.at(-1)).toMatchObject({ kind: "comment_resolved", party: "RU", at, subject: { id: "s17.c2" } })
})

test("[API110] of a private thread that is resolved and reopened no reply to the other side differs in a byte", async () => {
  const document = (await ru.get<{ paths: Record<string, object> }>("/api/openapi.json")).body
  const paths = Object.entries(document.paths)
    .filter(([path, methods]) => "get" in methods && path.startsWith("/api/plans") && !path.endsWith("/stream"))
    .map(([path]) => path.replace("{id}", "demo").replace("{n}", "1"))
  const { id } = await start(us, "US")
  const replies = async () => {
    const all: string[] = []
    for (const path of paths) {
      const { status, text } = await ru.get(path.replace(/\{\w+\}/g, id))
      all.push(`${path} ${status} ${text}`)
    }
    return all
  }
  const before = await replies()
  expect((await set(us, id, "resolved")).body.statusChanges).toHaveLength(1)
  expect((await set(us, id, "open")).body.statusChanges).toHaveLength(2)
  expect((await set(us, id, "resolved")).body.statusChanges).toHaveLength(3)
  expect(await replies()).toEqual(before)
  expect((await set(ru, id, "open")).status).toBe(404)
})
