import { err, ok, type Problem, type Result } from "@alternat/plan"
import type { ActingHead, ActTx } from "@alternat/store"
import { z } from "@hono/zod-openapi"
import type { Api } from "../app.ts"
import type { ApiDeps } from "../deps.ts"
import { fail, ProblemError, problem } from "../http/problem.ts"
import { asMember, signedIn } from "../http/signed-in.ts"
import { apiRoute, jsonBody, jsonReply, planParams, READ_FAILURES, WRITE_FAILURES } from "./route.ts"

const actingHeadSchema: z.ZodType<ActingHead> = z
  .object({ party: z.string(), userId: z.string(), from: z.string(), until: z.string() })
  .openapi("ActingHead")

const appointmentSchema = z
  .object({ userId: z.string().min(1).max(120), from: z.iso.datetime(), until: z.iso.datetime() })
  .strict()
  .refine((body) => body.from < body.until, { path: ["until"], message: "lies before the start" })

const listRoute = apiRoute(READ_FAILURES, {
  method: "get",
  path: "/api/plans/{id}/acting-heads",
  summary: "Who acts for a head, and when; both sides see it",
  tags: ["people"],
  request: { params: planParams },
  responses: { 200: jsonReply(z.array(actingHeadSchema).readonly(), "The appointments.") },
})
const appointRoute = apiRoute([...WRITE_FAILURES, "wrong_party"], {
  method: "post",
  path: "/api/plans/{id}/acting-heads",
  summary: "A head appoints a member of the own delegation to act for an interval",
  tags: ["people"],
  request: { params: planParams, body: jsonBody(appointmentSchema) },
  responses: { 201: jsonReply(actingHeadSchema, "The appointment.") },
})

export function addActingHeadRoutes(app: Api, deps: ApiDeps): void {
  app.openapi(listRoute, async (c) => {
    const { id } = c.req.valid("param")
    return c.json(await asMember(c, deps, id, (tx) => tx.actingHeads(id)), 200)
  })
  app.openapi(appointRoute, async (c) => {
    const { id } = c.req.valid("param")
    const { userId } = await signedIn(c, deps)
    await asMember(c, deps, id, async () => undefined)
    const done = await deps.store.transactAct(id, { userId }, { caucus: false }, (tx) =>
      appoint(tx, c.req.valid("json")),
    )
    if (done === null) return fail("no_such_plan")
    if (!done.ok) throw new ProblemError(done.error)
    return c.json(done.value, 201)
  })
}

/** One who acts appoints nobody: a delegation's head is never two steps away. */
async function appoint(
  tx: ActTx,
  { userId, from, until }: Omit<ActingHead, "party">,
): Promise<Result<ActingHead, Problem>> {
  const actor = await tx.actor(tx.planId)
  if (!actor || actor.party === null || !actor.roles.includes("head") || actor.acting) return err(problem("forbidden"))
  const { party } = actor
  const substitute = (await tx.members(tx.planId)).find((member) => member.userId === userId)
  if (substitute?.party !== party)
    return err(problem("wrong_party", { detail: "Nobody of this delegation has this id." }))
  const appointment = { party, userId, from, until }
  await tx.appointActingHead(appointment)
  await tx.appendEvents([
    {
      kind: "appoint_acting_head",
      subject: { type: "member", id: userId },
      summary: {
        en: `${party}: an acting head from ${from.slice(0, 10)} to ${until.slice(0, 10)}`,
        ru: `${party}: временно исполняющий обязанности главы с ${from.slice(0, 10)} по ${until.slice(0, 10)}`,
      },
      data: { from, until },
    },
  ])
  return ok(appointment)
}
