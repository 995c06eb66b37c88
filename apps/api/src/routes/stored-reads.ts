import type { RecordEntry } from "@alternat/store"
import { z } from "@hono/zod-openapi"
import type { Api } from "../app.ts"
import type { ApiDeps } from "../deps.ts"
import { fail } from "../http/problem.ts"
import { asMember } from "../http/signed-in.ts"
import { eventSchema, memberSchema, standingSchema } from "../schemas.ts"
import { apiRoute, jsonReply, planParams, READ_FAILURES } from "./route.ts"

const recordSchema: z.ZodType<RecordEntry> = z
  .object({
    id: z.string(),
    kind: z.enum(["round", "between_rounds", "agreed_minutes", "ranking_reveal", "stands_at"]),
    at: z.string(),
    value: z.record(z.string(), z.unknown()),
  })
  .openapi("RecordEntry")

const standingRoute = apiRoute(READ_FAILURES, {
  method: "get",
  path: "/api/plans/{id}/standing",
  summary: "States, consents, attestations and reserves: what acts decide",
  tags: ["reading"],
  request: { params: planParams },
  responses: { 200: jsonReply(standingSchema, "The standing.") },
})
const membersRoute = apiRoute(READ_FAILURES, {
  method: "get",
  path: "/api/plans/{id}/members",
  summary: "Who takes part: names within the own delegation, parties and roles across the table",
  tags: ["reading"],
  request: { params: planParams },
  responses: { 200: jsonReply(z.array(memberSchema).readonly(), "The members.") },
})
const recordRoute = apiRoute(READ_FAILURES, {
  method: "get",
  path: "/api/plans/{id}/record",
  summary: "Rounds, minutes and what else the secretary keeps",
  tags: ["reading"],
  request: { params: planParams },
  responses: { 200: jsonReply(z.array(recordSchema).readonly(), "The record, oldest first.") },
})
const eventsRoute = apiRoute(READ_FAILURES, {
  method: "get",
  path: "/api/plans/{id}/events",
  summary: "The hash-chained story of the negotiation",
  tags: ["reading"],
  request: {
    params: planParams,
    query: z.object({
      after: z.coerce
        .number()
        .int()
        .nonnegative()
        .optional()
        .openapi({ description: "only events with a higher number" }),
      limit: z.coerce.number().int().min(1).max(1000).optional(),
    }),
  },
  responses: { 200: jsonReply(z.array(eventSchema).readonly(), "The events, oldest first.") },
})

/** Reads that come out of the database as they go out. */
export function addStoredReads(app: Api, deps: ApiDeps): void {
  app.openapi(standingRoute, async (c) => {
    const { id } = c.req.valid("param")
    return c.json((await asMember(c, deps, id, (tx) => tx.standing(id))) ?? fail("no_such_plan"), 200)
  })
  app.openapi(membersRoute, async (c) => {
    const { id } = c.req.valid("param")
    return c.json(await asMember(c, deps, id, (tx) => tx.members(id)), 200)
  })
  app.openapi(recordRoute, async (c) => {
    const { id } = c.req.valid("param")
    return c.json(await asMember(c, deps, id, (tx) => tx.record(id)), 200)
  })
  app.openapi(eventsRoute, async (c) => {
    const { id } = c.req.valid("param")
    const { after, limit } = c.req.valid("query")
    const range = { ...(after === undefined ? {} : { after }), ...(limit === undefined ? {} : { limit }) }
    return c.json(await asMember(c, deps, id, (tx) => tx.events(id, range)), 200)
  })
}
