import { errorPlace, isKnownHost } from "@alternat/room"
import { OpenAPIHono } from "@hono/zod-openapi"
import type { Context, MiddlewareHandler } from "hono"
import { bodyLimit } from "hono/body-limit"
import { HTTPException } from "hono/http-exception"
import { methodNotAllowed } from "hono/method-not-allowed"
import type { ApiDeps } from "./deps.ts"
import { clientAddress } from "./http/client-address.ts"
import type { ApiEnv } from "./http/env.ts"
import { isTrustedOrigin } from "./http/origin.ts"
import { issueItems, ProblemError, problem, sendProblem } from "./http/problem.ts"
import { createRateLimiter } from "./http/rate-limit.ts"
import { refuseBadCharacters } from "./http/request-text.ts"
import { securityHeaders } from "./http/security-headers.ts"
import { isStorageAway } from "./http/storage-away.ts"
import { finishUnreadBody } from "./http/unread-body.ts"
import { isSharedRoute } from "./metrics.ts"

export type Api = OpenAPIHono<ApiEnv>

/** An app that answers nothing yet but answers everything safely: limits, headers, ids and errors are in place. */
export function createBareApp(deps: ApiDeps): Api {
  const app: Api = new OpenAPIHono<ApiEnv>({
    defaultHook: (result, c) =>
      result.success
        ? undefined
        : sendProblem(c, problem("invalid_request", { items: issueItems(result.error.issues) })),
  })
  app.use(identify(deps), answerWithHeaders(deps), finishUnreadBody())
  app.use(limitRate(deps), checkHost(deps), checkOrigin(deps))
  app.use(bodyLimit({ maxSize: deps.settings.maxBodyBytes, onError: (c) => sendProblem(c, problem("too_large")) }))
  app.use(refuseBadCharacters)
  const onMethodNotAllowed = (c: Context<ApiEnv>, methods: readonly string[]) =>
    sendProblem(c, problem("method_not_allowed"), { allow: methods.join(", ") })
  app.use(methodNotAllowed({ app, onMethodNotAllowed }))
  app.notFound((c) => sendProblem(c, problem("not_found")))
  app.onError((error, c) => answerError(error, c, deps))
  return app
}

const identify =
  (deps: ApiDeps): MiddlewareHandler<ApiEnv> =>
  async (c, next) => {
    const address = clientAddress(c.env?.incoming, c.req.header("x-forwarded-for"), deps.settings.trustedProxies)
    const requestId = deps.newId()
    c.set("requestId", requestId)
    c.set("address", address)
    c.header("x-request-id", requestId)
    const started = performance.now()
    await next()
    const seconds = (performance.now() - started) / 1000
    const route = c.get("route") ?? routePattern(c)
    if (isSharedRoute(route)) {
      deps.metrics.count("alternat_http_requests_total", { route, method: c.req.method, status: String(c.res.status) })
      deps.metrics.observe("alternat_http_request_seconds", seconds)
    }
    // No path, query or address of a person: a line of the log may be read by an administrator with no content right.
    deps.logger.info(
      { requestId, route, method: c.req.method, status: c.res.status, ms: Math.round(seconds * 1000) },
      "request",
    )
  }

const answerWithHeaders = (deps: ApiDeps): MiddlewareHandler<ApiEnv> => {
  const headers = Object.entries(securityHeaders(deps.settings))
  return async (c, next) => {
    await next()
    for (const [name, value] of headers) if (!c.res.headers.has(name)) c.res.headers.set(name, value)
    if (!c.res.headers.has("cache-control")) c.res.headers.set("cache-control", "no-store")
  }
}

const limitRate = (deps: ApiDeps): MiddlewareHandler<ApiEnv> => {
  const limiter = createRateLimiter(deps.settings.rate)
  return async (c, next) => {
    const wait = limiter.take(c.get("address"), deps.now().getTime())
    if (wait > 0) return sendProblem(c, problem("rate_limited"), { "retry-after": String(wait) })
    await next()
    return undefined
  }
}

/** Probes and scrapers call a node by whatever name the inside has for it; `/metrics` asks for its token. */
const CALLED_FROM_INSIDE = new Set(["/healthz", "/readyz", "/metrics"])

const checkHost =
  (deps: ApiDeps): MiddlewareHandler<ApiEnv> =>
  async (c, next) => {
    const isKnown = isKnownHost(deps.settings.hosts, c.req.header("host"), c.env?.incoming?.socket.localAddress)
    if (!isKnown && !CALLED_FROM_INSIDE.has(c.req.path)) return sendProblem(c, problem("unknown_host"))
    await next()
    return undefined
  }

const checkOrigin = (deps: ApiDeps): MiddlewareHandler<ApiEnv> => {
  const trusted = new Set([new URL(deps.settings.publicUrl).origin, ...deps.settings.trustedOrigins])
  return async (c, next) => {
    const { method } = c.req
    const from = { method, origin: c.req.header("origin"), fetchSite: c.req.header("sec-fetch-site") }
    if (!isTrustedOrigin(from, trusted)) return sendProblem(c, problem("bad_origin"))
    await next()
    return undefined
  }
}

function answerError(error: unknown, c: Context<ApiEnv>, deps: ApiDeps): Response {
  if (error instanceof ProblemError) return sendProblem(c, error.problem, error.headers)
  if (error instanceof HTTPException) {
    if (error.status === 400) return sendProblem(c, problem("malformed_json"))
    if (error.status === 413) return sendProblem(c, problem("too_large"))
    if (error.status === 415) return sendProblem(c, problem("unsupported_media_type"))
  }
  const away = isStorageAway(error)
  const fields = { requestId: c.get("requestId"), route: routePattern(c), error: errorPlace(error) }
  deps.logger.error(fields, away ? "storage away" : "request failed")
  return sendProblem(c, problem(away ? "storage_away" : "internal"), away ? { "retry-after": "5" } : {})
}

const routePattern = (c: Context<ApiEnv>): string => {
  const patterns = c.req.matchedRoutes.map((route) => route.path)
  return patterns.findLast((path) => !path.includes("*")) ?? "unmatched"
}
