import { z } from "@hono/zod-openapi"
import type { Api } from "../app.ts"
import type { ApiDeps } from "../deps.ts"
import { fail } from "../http/problem.ts"
import { asMember, signedIn } from "../http/signed-in.ts"
import { ticketSchema } from "../schemas.ts"
import { apiRoute, jsonBody, jsonReply, planParams, WRITE_FAILURES } from "./route.ts"

const ticketRoute = apiRoute([...WRITE_FAILURES, "wrong_party"], {
  method: "post",
  path: "/api/plans/{id}/sync-ticket",
  summary: "A ticket to one room of the sync server, for this session alone",
  tags: ["sync"],
  request: { params: planParams, body: jsonBody(z.object({ space: z.enum(["plan", "caucus"]) }).strict()) },
  responses: { 200: jsonReply(ticketSchema, "The room, the ticket and its end.") },
})

export function addSyncTicketRoute(app: Api, deps: ApiDeps): void {
  app.openapi(ticketRoute, async (c) => {
    const { id } = c.req.valid("param")
    const { space } = c.req.valid("json")
    const { sessionId } = await signedIn(c, deps)
    const ticket = await asMember(c, deps, id, async (tx, actor) => {
      if (space === "caucus" && actor.party === null) fail("wrong_party", { detail: "This person has no caucus." })
      return tx.issueTicket({ planId: id, space, sessionId, ttlMs: deps.settings.ticketTtlMs })
    })
    return c.json(ticket ?? fail("no_such_plan"), 200)
  })
}
