import type { DemoInfo, Me } from "@alternat/plan"
import { z } from "@hono/zod-openapi"
import type { Context } from "hono"
import type { Api } from "../app.ts"
import { demoAccounts } from "../demo/accounts.ts"
import type { ApiDeps } from "../deps.ts"
import type { ApiEnv } from "../http/env.ts"
import { fail, problem, sendProblem } from "../http/problem.ts"
import { signedIn } from "../http/signed-in.ts"
import { passwordFault, weakPasswordItem } from "../passwords/weak-password.ts"
import { demoSchema, meSchema } from "../schemas.ts"
import { apiRoute, jsonBody, jsonReply } from "./route.ts"

const meRoute = apiRoute(["not_signed_in"], {
  method: "get",
  path: "/api/me",
  summary: "Who is signed in, for which delegation, in which roles and language",
  tags: ["people"],
  responses: { 200: jsonReply(meSchema, "The person.") },
})
const languageRoute = apiRoute(["not_signed_in", "malformed_json", "invalid_request", "bad_origin"], {
  method: "patch",
  path: "/api/me",
  summary: "Choose the language of the interface",
  tags: ["people"],
  request: { body: jsonBody(z.object({ language: z.enum(["en", "ru"]) }).strict()) },
  responses: { 200: jsonReply(meSchema, "The person.") },
})
const demoRoute = apiRoute([], {
  method: "get",
  path: "/api/demo",
  summary: "Whether this is a demonstration, and who can sign in to it",
  tags: ["people"],
  responses: { 200: jsonReply(demoSchema, "The demonstration's accounts, or none.") },
})

export function addSessionRoutes(app: Api, deps: ApiDeps): void {
  // The library behind counts sign-in attempts by address: it must read ours, not one that the client wrote itself.
  app.on(["GET", "POST"], "/api/auth/*", async (c) => {
    c.set("route", "/api/auth/*")
    if (!deps.settings.demo && (await sendsPublishedPassword(c.req.raw)))
      fail("not_signed_in", { detail: "The demo's password is published, and opens nothing where there is no demo." })
    const refusal = await refuseWeakPassword(c, deps)
    if (refusal) return refusal
    const headers = new Headers(c.req.raw.headers)
    headers.set("x-alternat-address", c.get("address"))
    const reply = await deps.auth.handler(new Request(c.req.raw, { headers }))
    return reply.status === 429 ? sendSlowed(c, reply.headers.get("retry-after") ?? "60") : reply
  })
  app.openapi(meRoute, async (c) => {
    const session = await signedIn(c, deps)
    return c.json(await readMe(deps, session), 200)
  })
  app.openapi(languageRoute, async (c) => {
    const session = await signedIn(c, deps)
    await deps.store.withReader({ userId: session.userId }, (tx) => tx.setLanguage(c.req.valid("json").language))
    return c.json(await readMe(deps, session), 200)
  })
  app.openapi(demoRoute, (c) => c.json(demoInfo(deps), 200))
}

/** A change of password, before the library sees it. A stranger's is not judged: the library refuses it. */
async function refuseWeakPassword(c: Context<ApiEnv>, deps: ApiDeps): Promise<Response | null> {
  if (c.req.method !== "POST" || !c.req.path.endsWith("/change-password")) return null
  // of a body that is a form for one reader and JSON for another we would judge what nobody sets
  if (!/^application\/json\b/i.test(c.req.header("content-type") ?? ""))
    return sendProblem(c, problem("unsupported_media_type"))
  const body: unknown = await c.req.raw
    .clone()
    .json()
    .catch(() => null) // no JSON: the library says so
  const password = (body as { readonly newPassword?: unknown } | null)?.newPassword
  const session = await deps.auth.session(c.req.raw.headers)
  if (typeof password !== "string" || !session) return null
  const me = await deps.store.withReader({ userId: session.userId }, (tx) => tx.me())
  const about = me ? [me.name.en, me.name.ru] : []
  const fault = await passwordFault(deps, { email: session.email, password, about })
  return fault ? sendProblem(c, problem("weak_password", { items: [weakPasswordItem("newPassword", fault)] })) : null
}

function sendSlowed(c: Context, seconds: string): Response {
  const message = {
    en: `Too many wrong passwords. Try again in ${seconds} s.`,
    ru: `Слишком много неверных паролей. Повторите попытку через ${seconds} с.`,
  }
  const items = [{ id: "password", code: "wait", message }]
  return sendProblem(c, problem("sign_in_slowed", { detail: message.en, items }), { "retry-after": seconds })
}

/** Accounts that a demo has left in a database keep its password, which stands in the README. */
async function sendsPublishedPassword(request: Request): Promise<boolean> {
  if (request.body === null) return false
  const text = await request.clone().text()
  try {
    return (JSON.parse(text) as { password?: unknown }).password === demoAccounts.password
  } catch {
    return new URLSearchParams(text).get("password") === demoAccounts.password // no JSON: a form, or nothing
  }
}

async function readMe(deps: ApiDeps, session: { readonly userId: string; readonly email: string }): Promise<Me> {
  const me = await deps.store.withReader({ userId: session.userId }, (tx) => tx.me())
  if (!me) return fail("not_signed_in")
  return {
    userId: me.userId,
    name: me.name,
    party: me.party,
    roles: me.roles.length > 0 ? me.roles : rolesWithoutSeat(deps, me.userId),
    email: session.email,
    language: me.language,
    demo: deps.settings.demo,
  }
}

function demoInfo(deps: ApiDeps): DemoInfo {
  if (!deps.settings.demo || !deps.demo) return { enabled: false, password: null, accounts: [] }
  const accounts = deps.demo.accounts.map(({ email, name, party, roles }) => ({ email, name, party, roles }))
  return { enabled: true, password: deps.demo.password, accounts }
}

/** An administrator is a member of no plan, and so has its role from nowhere else. */
const rolesWithoutSeat = (deps: ApiDeps, userId: string): Me["roles"] =>
  deps.demo?.accounts.find((account) => account.userId === userId)?.roles ?? []
