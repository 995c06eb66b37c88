import { createHash, timingSafeEqual } from "node:crypto"
import { z } from "@hono/zod-openapi"
import type { Api } from "../app.ts"
import type { ApiDeps } from "../deps.ts"
import { fail } from "../http/problem.ts"
import { METRICS_TYPE } from "../metrics-server.ts"
import { apiRoute, jsonReply } from "./route.ts"

const healthSchema = z.object({ status: z.string() }).openapi("Health")
const readySchema = z
  .object({ status: z.enum(["ready", "not_ready"]), database: z.string(), parts: z.record(z.string(), z.string()) })
  .openapi("Readiness")

const healthRoute = apiRoute([], {
  method: "get",
  path: "/healthz",
  summary: "The process lives",
  tags: ["operation"],
  responses: { 200: jsonReply(healthSchema, "It does.") },
})
const readyRoute = apiRoute([], {
  method: "get",
  path: "/readyz",
  summary: "The database answers and is migrated",
  tags: ["operation"],
  responses: {
    200: jsonReply(readySchema, "Ready; other parts are reported and never a reason for 503."),
    503: jsonReply(readySchema, "Not ready."),
  },
})
const metricsRoute = apiRoute(["not_found"], {
  method: "get",
  path: "/metrics",
  summary: "Prometheus text, for the bearer of METRICS_TOKEN; without one there is nothing at this address",
  tags: ["operation"],
  responses: { 200: { description: "Counters of this process.", content: { "text/plain": { schema: z.string() } } } },
})

export function addHealthRoutes(app: Api, deps: ApiDeps): void {
  app.openapi(healthRoute, (c) => c.json({ status: "alive" }, 200))
  app.openapi(readyRoute, async (c) => {
    const database = await databaseState(deps)
    const parts = await deps.extraHealth()
    const ready = database === "ready"
    return c.json(
      { status: ready ? ("ready" as const) : ("not_ready" as const), database, parts: { ...parts } },
      ready ? 200 : 503,
    )
  })
  app.openapi(metricsRoute, (c) => {
    if (!isBearer(c.req.header("authorization"), deps.settings.metricsToken)) fail("not_found")
    return c.text(deps.metrics.text(), 200, { "content-type": METRICS_TYPE })
  })
}

/** Compared in the same time whatever differs; no token set is nobody's token. */
function isBearer(authorization: string | undefined, token: string | null): boolean {
  if (token === null) return false
  const digest = (text: string) => createHash("sha256").update(text).digest()
  return timingSafeEqual(digest(authorization ?? ""), digest(`Bearer ${token}`))
}

async function databaseState(deps: ApiDeps): Promise<string> {
  try {
    return (await deps.store.ping()).migrated ? "ready" : "not migrated"
  } catch {
    // Why it does not answer is for the log of whoever runs it, not for everybody who can reach this address.
    return "away"
  }
}
