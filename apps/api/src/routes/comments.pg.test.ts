import type { CommentCount, CommentThread, EventEntry, Problem } from "@alternat/plan"
import { afterAll, beforeAll, expect, test } from "vitest"
import { type Caller, type DemoApi, openDemoApi, type Reply } from "../testing/demo-api.ts"

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

const nextOf = ({ headers }: { readonly headers: Headers }) =>
  /^<([^>]+)>; rel="next"$/.exec(headers.get("link") ?? "")?.[1]

/** Follows the links to the end: all threads that a caller reads so, and the length of each page. */
async function follow(caller: Caller, path: string) {
  const pages: (readonly CommentThread[])[] = []
  for (let at: string | undefined = path; at !== undefined; ) {
    const reply: Reply<readonly CommentThread[]> = await caller.get(at)
    expect(reply.status, reply.text).toBe(200)
    pages.unshift(reply.body)
    at = nextOf(reply)
  }
  return { ids: pages.flat().map((thread) => thread.id), lengths: pages.map((page) => page.length) }
}

test("[API111] [API112] a long list comes by links, whole and in order, and as if the other side's threads were not there", async () => {
  const crowded = { type: "clause", clauseId: "s24.c2" } as const
  const { userId } = (await us.get<{ userId: string }>("/api/me")).body
  const russian = (await ru.get<{ userId: string }>("/api/me")).body.userId
  const add = (reader: string, audience: string, count: number) =>
    api.database.store.withReader({ userId: reader }, async (tx) => {
      for (let i = 0; i < count; i++)
        await tx.addComment("demo", { target: crowded, audience, text: `${audience} ${i}`, due: null })
    })
  const few = await ru.get<readonly CommentThread[]>(COMMENTS)
  expect(nextOf(few)).toBeUndefined()
  await add(userId, "shared", 230)
  const whole = await ru.get<readonly CommentThread[]>(COMMENTS)
  expect(whole.body).toHaveLength(200)
  const { ids, lengths } = await follow(ru, COMMENTS)
  expect(ids).toHaveLength(few.body.length + 230)
  expect(ids.slice(0, few.body.length)).toEqual(few.body.map((thread) => thread.id))
  expect(new Set(ids).size).toBe(ids.length)
  expect(lengths.slice(1)).toEqual([200])

  const counts = () => ru.get<readonly CommentCount[]>("/api/plans/demo/comment-counts")
  const before = await counts()
  await add(userId, "US", 41)
  expect(await follow(ru, COMMENTS)).toEqual({ ids, lengths })
  expect((await counts()).text).toBe(before.text)
  expect(before.body).toContainEqual(expect.objectContaining({ place: crowded, audience: "shared", open: 230 }))
  await add(russian, "RU", 1)

  const filtered = await follow(us, `${COMMENTS}?clause=s24.c2&status=open&audience=US&limit=20`)
  expect(filtered.lengths).toEqual([1, 20, 20])
  expect((await follow(us, `${COMMENTS}?audience=RU`)).ids).toEqual([])
  const hidden = filtered.ids[0] ?? ""
  for (const path of [`?cursor=${hidden}`, "?cursor=none", `/${hidden}`, `/${hidden}/entries`, "/none/entries"]) {
    const reply = await ru.get<Problem>(`${COMMENTS}${path}`)
    expect([reply.status, reply.body.code], path).toEqual([404, "no_such_comment"])
  }
  expect((await us.get(`${COMMENTS}/${hidden}/entries?limit=5`)).body).toMatchObject([
    { text: expect.stringMatching(/^US \d+$/) },
  ])
  for (const bad of ["limit=0", "limit=201", "limit=x", "status=closed", "on=all"])
    expect((await us.get(`${COMMENTS}?${bad}`)).status, bad).toBe(422)
})
