import { readPlanState } from "@alternat/document"
import { type Actor, rankingFaults } from "@alternat/plan"
import type { Ranking } from "@alternat/store"
import { z } from "@hono/zod-openapi"
import type { Api } from "../app.ts"
import type { ApiDeps } from "../deps.ts"
import { fail } from "../http/problem.ts"
import { asMember } from "../http/signed-in.ts"
import { loadPlanDoc, updatesOf } from "../plans/fold.ts"
import { apiRoute, jsonBody, jsonReply, planParams, READ_FAILURES, WRITE_FAILURES } from "./route.ts"

/** Own rankings of the priorities: sealed by each side, seen by the other only once both are. */

const bilingual = z.object({ en: z.string(), ru: z.string() })

const rankingSchema: z.ZodType<Ranking> = z
  .object({
    party: z.string(),
    committedAt: z.string(),
    revealedAt: z.string().nullable(),
    commitment: z
      .string()
      .openapi({ description: "SHA-256 over the salt, a line feed and the RFC 8785 form of the ranks" }),
    salt: z.string().nullable().openapi({ description: "null until both are revealed" }),
    ranks: z.record(z.string(), z.number()),
    reason: bilingual.nullable(),
  })
  .openapi("Ranking")

const PATH = "/api/plans/{id}/ranking"

const rankingRoute = apiRoute(READ_FAILURES, {
  method: "get",
  path: PATH,
  summary: "Rankings of the priorities: the own side's, and both once they are revealed, with their salts",
  description: "Before the reveal the reply is the same whether or not the other side has sealed.",
  tags: ["reading"],
  request: { params: planParams },
  responses: { 200: jsonReply(z.array(rankingSchema).readonly(), "The rankings.") },
})
const sealRoute = apiRoute([...WRITE_FAILURES, "conflict", "refused"], {
  method: "post",
  path: PATH,
  summary: "Seal the own side's ranking; both are revealed when the second side has sealed its own",
  description: "Every active priority has its place once; equals have the middle of their places.",
  tags: ["acts"],
  request: {
    params: planParams,
    body: jsonBody(
      z
        .object({
          ranks: z.record(z.string().max(80), z.number().min(1).max(100).multipleOf(0.5)),
          reason: bilingual.nullable().default(null),
        })
        .strict(),
    ),
  },
  responses: { 201: jsonReply(rankingSchema, "The sealed ranking.") },
})
const takeBackRoute = apiRoute([...WRITE_FAILURES, "conflict"], {
  method: "delete",
  path: PATH,
  summary: "Take the own side's seal back, for as long as the other side has not sealed",
  tags: ["acts"],
  request: { params: planParams },
  responses: { 204: { description: "It is gone; nobody of the other side was told that it was there." } },
})

export function addRankingRoutes(app: Api, deps: ApiDeps): void {
  app.openapi(rankingRoute, async (c) => {
    const { id } = c.req.valid("param")
    return c.json(await asMember(c, deps, id, (tx) => tx.rankings(id)), 200)
  })
  app.openapi(sealRoute, async (c) => {
    const { id } = c.req.valid("param")
    const { ranks, reason } = c.req.valid("json")
    const ranking = await asMember(c, deps, id, async (tx, actor) => {
      assertHead(actor)
      const stored = await loadPlanDoc(tx, id)
      const { priorities } = readPlanState(updatesOf(stored), stored.headSeq).plan.tables
      const items = rankingFaults(priorities, ranks)
      if (items.length > 0) fail("refused", { finerCode: "bad_ranking", items, detail: items[0]?.message.en ?? "" })
      return (await tx.commitRanking(id, ranks, reason)) ?? fail("conflict", { finerCode: "already_ranked" })
    })
    return c.json(ranking, 201)
  })
  app.openapi(takeBackRoute, async (c) => {
    const { id } = c.req.valid("param")
    await asMember(c, deps, id, async (tx, actor) => {
      assertHead(actor)
      if (!(await tx.takeBackRanking(id))) fail("conflict", { finerCode: "nothing_to_take_back" })
    })
    return c.body(null, 204)
  })
}

const assertHead = ({ party, roles }: Actor): void => {
  if (party === null || !roles.includes("head")) fail("forbidden")
}
