import { z } from "@hono/zod-openapi"
import type { Api } from "../app.ts"
import type { ApiDeps } from "../deps.ts"
import { fail } from "../http/problem.ts"
import { asMember } from "../http/signed-in.ts"
import { commentTargetSchema, commentThreadSchema } from "../schemas.ts"
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

const listRoute = apiRoute(READ_FAILURES, {
  method: "get",
  path: "/api/plans/{id}/comments",
  summary: "Threads that this reader may see: shared ones, and those of the own caucus",
  tags: ["comments"],
  request: { params: planParams },
  responses: { 200: jsonReply(z.array(commentThreadSchema).readonly(), "The threads.") },
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
  app.openapi(listRoute, async (c) => {
    const { id } = c.req.valid("param")
    return c.json(await asMember(c, deps, id, (tx) => tx.comments(id)), 200)
  })
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
