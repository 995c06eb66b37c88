import { actSchema } from "@alternat/plan"
import type { Api } from "../app.ts"
import type { ApiDeps } from "../deps.ts"
import { asMember, signedIn } from "../http/signed-in.ts"
import { apiRoute, jsonBody, jsonReply, planParams, WRITE_FAILURES } from "../routes/route.ts"
import { actReplySchema } from "../schemas.ts"
import { performAct } from "./perform-act.ts"

const actRoute = apiRoute([...WRITE_FAILURES, "wrong_party", "stale", "conflict", "refused"], {
  method: "post",
  path: "/api/plans/{id}/acts",
  summary: "Do what edits can't: table, consent, agree, attest, freeze…",
  description:
    "Every act names the exact bytes it is about. One bad item of a bulk act refuses the whole, with the list of bad " +
    "items. `completed: false` means that this side's consent is on record and the other side's is awaited.",
  tags: ["acts"],
  request: { params: planParams, body: jsonBody(actSchema) },
  responses: { 200: jsonReply(actReplySchema, "What the act did.") },
})

export function addActRoutes(app: Api, deps: ApiDeps): void {
  app.openapi(actRoute, async (c) => {
    const { id } = c.req.valid("param")
    const { userId } = await signedIn(c, deps)
    await asMember(c, deps, id, async () => undefined)
    return c.json(await performAct(deps, { planId: id, userId, act: c.req.valid("json") }), 200)
  })
}
