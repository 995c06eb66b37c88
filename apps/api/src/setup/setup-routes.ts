import type { Bilingual, PartyCode, Role } from "@alternat/plan"
import type { NewAccount, SetupError } from "@alternat/store"
import { z } from "@hono/zod-openapi"
import type { Api } from "../app.ts"
import type { ApiDeps } from "../deps.ts"
import { fail, type ProblemCode, type ProblemItem } from "../http/problem.ts"
import { passwordFault, weakPasswordItem } from "../passwords/weak-password.ts"
import { planFromTemplate } from "../plans/new-plan.ts"
import { apiRoute, jsonBody, jsonReply } from "../routes/route.ts"
import { partiesOf } from "./parties.ts"
import { type SetupRequest, setupSchema } from "./setup-request.ts"

const awaitedRoute = apiRoute(["rate_limited", "storage_away"], {
  method: "get",
  path: "/api/setup",
  summary: "Whether this installation still waits for its first members",
  tags: ["people"],
  responses: { 200: jsonReply(z.object({ awaited: z.boolean() }), "Whether; and nothing else.") },
})
const setupRoute = apiRoute(
  [
    "malformed_json",
    "invalid_request",
    "weak_password",
    "bad_setup_token",
    "setup_token_over",
    "already_set_up",
    "email_taken",
    "bad_origin",
    "too_large",
    "unsupported_media_type",
    "rate_limited",
    "storage_away",
  ],
  {
    method: "post",
    path: "/api/setup",
    summary: "Make the first members of both delegations and their first plan, by the one-time link of `alternat init`",
    tags: ["people"],
    request: { body: jsonBody(setupSchema) },
    responses: { 201: jsonReply(z.object({ planId: z.string() }), "The first plan; now they sign in.") },
  },
)

const CODES: Readonly<Record<SetupError["type"], ProblemCode>> = {
  UnknownToken: "bad_setup_token",
  TokenOver: "setup_token_over",
  HasMembers: "already_set_up",
}

export function addSetupRoutes(app: Api, deps: ApiDeps): void {
  app.openapi(awaitedRoute, async (c) => c.json({ awaited: await deps.store.setup.awaited() }, 200))
  app.openapi(setupRoute, async (c) => {
    const request = c.req.valid("json")
    // A stranger's passwords are not hashed: that is work which anybody could ask for without end.
    const checked = await deps.store.setup.check(request.token)
    if (!checked.ok) return fail(CODES[checked.error.type])
    const weak = await weakPasswords(deps, request)
    if (weak.length > 0) return fail("weak_password", { items: weak })
    return c.json({ planId: await setUp(deps, request) }, 201)
  })
}

async function weakPasswords(deps: ApiDeps, { delegations }: SetupRequest): Promise<readonly ProblemItem[]> {
  const items: ProblemItem[] = []
  for (const [d, { people }] of delegations.entries())
    for (const [p, { email, name, password }] of people.entries()) {
      const fault = await passwordFault(deps, { email, password, about: [name.en, name.ru] })
      if (fault) items.push(weakPasswordItem(`delegations.${d}.people.${p}.password`, fault))
    }
  return items
}

async function setUp(deps: ApiDeps, request: SetupRequest): Promise<string> {
  const { accounts, members } = await firstMembers(deps, request)
  const [a, b] = request.delegations.map((delegation) => delegation.party)
  if (a === undefined || b === undefined) throw new Error("broken invariant: the schema has two delegations")
  const now = deps.now()
  const id = deps.newId()
  const plan = planFromTemplate(planRequest(request, now), {
    id,
    at: now.toISOString(),
    parties: partiesOf([a, b]),
    members,
  })
  const done = await deps.store.setup.redeem(request.token, accounts, plan)
  if (done.ok) return id
  if (done.error.type === "EmailTaken")
    return fail("email_taken", { detail: `There is an account with ${done.error.email}.` })
  return fail(CODES[done.error.type])
}

async function firstMembers(deps: ApiDeps, request: SetupRequest) {
  const accounts: NewAccount[] = []
  const members: { userId: string; name: Bilingual; party: PartyCode; roles: Role[] }[] = []
  for (const { party, language, people } of request.delegations)
    for (const { email, name, roles, password } of people) {
      const userId = deps.newId()
      const passwordHash = await deps.auth.hashPassword(password)
      accounts.push({ userId, email, name, passwordHash, language })
      members.push({ userId, name, party, roles: [...new Set(roles)] })
    }
  return { accounts, members }
}

/** What was left out: five calendar years from the next one on, under a working title. */
function planRequest({ plan }: SetupRequest, now: Date) {
  const year = plan?.start === undefined ? now.getUTCFullYear() + 1 : Number(plan.start.slice(0, 4))
  const start = plan?.start ?? `${year}-01-01`
  const end = plan?.end ?? `${year + 4}-12-31`
  if (start >= end) fail("invalid_request", { detail: "The plan ends before it starts." })
  const title = plan?.title ?? { en: "Joint Project Plan", ru: "План совместного проекта" }
  return { title, shortTitle: title, start, end, binding: false }
}
