import type { CommentFilter } from "@alternat/store"
import { z } from "@hono/zod-openapi"
import type { Context } from "hono"
import type { Api } from "../app.ts"
import type { ApiDeps } from "../deps.ts"
import { fail } from "../http/problem.ts"
import { asMember } from "../http/signed-in.ts"
import { commentCountSchema, commentEntrySchema, commentTargetSchema, commentThreadSchema } from "../schemas.ts"
import { apiRoute, jsonBody, jsonReply, planParams, READ_FAILURES, WRITE_FAILURES } from "./route.ts"

const text = z.string().trim().min(1).max(10_000).normalize("NFC")
const threadParams = planParams.extend({ thread: z.string().openapi({ param: { name: "thread", in: "path" } }) })

const newCommentSchema = z
  .object({
    target: commentTargetSchema,
    audience: z
      .string()
      .min(1)
      .max(20)
      .openapi({ description: "`shared`, or the code of the own delegation; there is no default" }),
    text,
    due: z.iso.date().nullable().default(null),
  })
  .openapi("NewComment")

const word = z.string().min(1).max(120)
const pageQuery = {
  cursor: word.optional().openapi({ description: "where the page before begins: as the `Link` header gives it" }),
  limit: z.coerce.number().int().min(1).max(200).default(200),
}
const listQuery = z.object({
  ...pageQuery,
  status: z.enum(["open", "resolved"]).optional(),
  audience: word.optional().openapi({ description: "`shared`, or the code of the own delegation; both without it" }),
  on: z.enum(["text", "cells"]).optional(),
  clause: word.optional().openapi({ description: "id of a clause: only threads on it and its words" }),
  table: word.optional().openapi({ description: "with `row` and `cell`: only threads on these cells" }),
  row: word.optional(),
  cell: z.union([word, z.array(word).max(20)]).optional(),
})
const paged = {
  Link: {
    description: 'The page before, `<…>; rel="next"`, where there is one (RFC 8288).',
    schema: { type: "string" as const },
  },
}

const listRoute = apiRoute([...READ_FAILURES, "no_such_comment"], {
  method: "get",
  path: "/api/plans/{id}/comments",
  summary: "Threads that this reader may see, shared ones and those of the own caucus: the latest, a page at a time",
  tags: ["comments"],
  request: { params: planParams, query: listQuery },
  responses: {
    200: {
      ...jsonReply(
        z.array(commentThreadSchema).readonly(),
        "The latest threads, up to `limit`, oldest first; the `Link` header leads to those before them.",
      ),
      headers: paged,
    },
  },
})
const countsRoute = apiRoute(READ_FAILURES, {
  method: "get",
  path: "/api/plans/{id}/comment-counts",
  summary: "How many threads that this reader may see hang on each clause and cell",
  tags: ["comments"],
  request: { params: planParams },
  responses: { 200: jsonReply(z.array(commentCountSchema).readonly(), "One line for each place and audience.") },
})
const threadRoute = apiRoute([...READ_FAILURES, "no_such_comment"], {
  method: "get",
  path: "/api/plans/{id}/comments/{thread}",
  summary: "One thread",
  tags: ["comments"],
  request: { params: threadParams },
  responses: { 200: jsonReply(commentThreadSchema, "The thread.") },
})
const entriesRoute = apiRoute([...READ_FAILURES, "no_such_comment"], {
  method: "get",
  path: "/api/plans/{id}/comments/{thread}/entries",
  summary: "What was said in a thread: the latest, a page at a time",
  tags: ["comments"],
  request: { params: threadParams, query: z.object(pageQuery) },
  responses: {
    200: {
      ...jsonReply(
        z.array(commentEntrySchema).readonly(),
        "The latest entries, up to `limit`, oldest first; the `Link` header leads to those before them.",
      ),
      headers: paged,
    },
  },
})
const createThreadRoute = apiRoute([...WRITE_FAILURES, "wrong_party"], {
  method: "post",
  path: "/api/plans/{id}/comments",
  summary: "Start a thread",
  tags: ["comments"],
  request: { params: planParams, body: jsonBody(newCommentSchema) },
  responses: { 201: jsonReply(commentThreadSchema, "The thread.") },
})
const replyRoute = apiRoute([...WRITE_FAILURES, "no_such_comment"], {
  method: "post",
  path: "/api/plans/{id}/comments/{thread}/replies",
  summary: "Reply in a thread",
  tags: ["comments"],
  request: { params: threadParams, body: jsonBody(z.object({ text }).strict()) },
  responses: { 201: jsonReply(commentThreadSchema, "The thread with the reply.") },
})
const statusRoute = apiRoute([...WRITE_FAILURES, "no_such_comment"], {
  method: "patch",
  path: "/api/plans/{id}/comments/{thread}",
  summary: "Resolve a thread or open it again",
  tags: ["comments"],
  request: { params: threadParams, body: jsonBody(z.object({ status: z.enum(["open", "resolved"]) }).strict()) },
  responses: { 200: jsonReply(commentThreadSchema, "The thread.") },
})

export function addCommentRoutes(app: Api, deps: ApiDeps): void {
  addReading(app, deps)
  addWriting(app, deps)
}

function addReading(app: Api, deps: ApiDeps): void {
  app.openapi(listRoute, async (c) => {
    const { id } = c.req.valid("param")
    const filter = filterOf(c.req.valid("query"))
    const page = await asMember(c, deps, id, (tx) => tx.commentPage(id, filter))
    const { threads, next } = page ?? fail("no_such_comment")
    linkNext(c, next)
    return c.json(threads, 200)
  })
  app.openapi(countsRoute, async (c) => {
    const { id } = c.req.valid("param")
    return c.json(await asMember(c, deps, id, (tx) => tx.commentCounts(id)), 200)
  })
  app.openapi(threadRoute, async (c) => {
    const { id, thread } = c.req.valid("param")
    return c.json((await asMember(c, deps, id, (tx) => tx.comment(id, thread))) ?? fail("no_such_comment"), 200)
  })
  app.openapi(entriesRoute, async (c) => {
    const { id, thread } = c.req.valid("param")
    const { cursor = null, limit } = c.req.valid("query")
    const page = await asMember(c, deps, id, (tx) => tx.commentEntries(id, thread, { cursor, limit }))
    const { entries, next } = page ?? fail("no_such_comment")
    linkNext(c, next)
    return c.json(entries, 200)
  })
}

function filterOf(query: z.infer<typeof listQuery>): CommentFilter {
  const { table, row, cell } = query
  const named = table !== undefined || row !== undefined || cell !== undefined
  const cells = cell === undefined ? [] : [cell].flat()
  return {
    cursor: query.cursor ?? null,
    limit: query.limit,
    status: query.status ?? null,
    audience: query.audience ?? null,
    on: query.on ?? null,
    clauseId: query.clause ?? null,
    cell: named ? { table: table ?? "", rowId: row ?? "", cells } : null,
  }
}

/** The address of the page before, with all that was asked for of this one. */
function linkNext(c: Context, cursor: string | null): void {
  if (cursor === null) return
  const { pathname, searchParams } = new URL(c.req.url)
  searchParams.set("cursor", cursor)
  c.header("link", `<${pathname}?${searchParams}>; rel="next"`)
}

function addWriting(app: Api, deps: ApiDeps): void {
  app.openapi(createThreadRoute, async (c) => {
    const { id } = c.req.valid("param")
    const comment = c.req.valid("json")
    const thread = await asMember(c, deps, id, async (tx, actor) => {
      mayComment(actor)
      if (comment.audience !== "shared" && comment.audience !== actor.party) fail("wrong_party")
      return (await tx.addComment(id, comment)) ?? fail("wrong_party")
    })
    return c.json(thread, 201)
  })
  app.openapi(replyRoute, async (c) => {
    const { id, thread: threadId } = c.req.valid("param")
    const thread = await asMember(c, deps, id, async (tx, actor) => {
      mayComment(actor)
      return (await tx.reply(id, threadId, c.req.valid("json").text)) ?? fail("no_such_comment")
    })
    return c.json(thread, 201)
  })
  app.openapi(statusRoute, async (c) => {
    const { id, thread: threadId } = c.req.valid("param")
    const thread = await asMember(c, deps, id, async (tx, actor) => {
      mayComment(actor)
      return (await tx.setCommentStatus(id, threadId, c.req.valid("json").status)) ?? fail("no_such_comment")
    })
    return c.json(thread, 200)
  })
}

/** Those of no delegation read what is shared: secretary and observer say nothing across the table. */
const mayComment = (actor: { readonly party: string | null }): void => {
  if (actor.party === null) fail("forbidden", { detail: "Only members of a delegation comment." })
}
