import { readFileSync } from "node:fs"
import type { CostTable, LivePlan, Problem, Standing } from "@alternat/plan"
import { afterAll, beforeAll, describe, expect, test } from "vitest"
import { z } from "zod"
import {
  commentThreadSchema,
  demoSchema,
  eventSchema,
  memberSchema,
  meSchema,
  planSummarySchema,
  preflightSchema,
  problemSchema,
  standingSchema,
  ticketSchema,
} from "./schemas.ts"
import { type Caller, type DemoApi, openDemoApi } from "./testing/demo-api.ts"

let api: DemoApi
let head: Caller
beforeAll(async () => {
  api = await openDemoApi()
  head = await api.as("head@us.example")
})
afterAll(() => api.close())

const ZERO = "0".repeat(64)
const staleAgree = {
  act: "agree_ad_referendum",
  clauses: [{ clauseId: "s15.c3", hash: { en: ZERO, ru: ZERO } }],
  lines: [],
}

/** Everything an act or a comment could change, as its readers see it. */
async function state(): Promise<string> {
  const paths = ["standing", "events", "comments", "versions", ""]
  const replies = await Promise.all(paths.map((path) => head.get(`/api/plans/demo/${path}`.replace(/\/$/, ""))))
  return JSON.stringify(replies.map((reply) => reply.body))
}

describe("[API2] bad input gets its status and code, and changes nothing", () => {
  const cases: readonly (readonly [
    string,
    number,
    string,
    (c: DemoApi) => Promise<{ status: number; body: unknown; headers: Headers }>,
  ])[] = [
    ["malformed JSON", 400, "malformed_json", () => head.send("/api/plans/demo/acts", json("{ not json"))],
    ["an act of no known kind", 422, "invalid_request", () => head.post("/api/plans/demo/acts", { act: "conquer" })],
    [
      "a comment without an audience",
      422,
      "invalid_request",
      () => head.post("/api/plans/demo/comments", { target: { type: "clause", clauseId: "s17.c2" }, text: "?" }),
    ],
    ["an unknown plan", 404, "no_such_plan", () => head.get("/api/plans/nowhere")],
    ["an act on an unknown plan", 404, "no_such_plan", () => head.post("/api/plans/nowhere/acts", staleAgree)],
    ["an unknown version", 404, "no_such_version", () => head.get("/api/plans/demo/versions/7")],
    [
      "an unknown thread",
      404,
      "no_such_comment",
      () => head.post("/api/plans/demo/comments/nothing/replies", { text: "?" }),
    ],
    ["an unknown job", 404, "no_such_job", () => head.get("/api/plans/demo/exports/nothing")],
    [
      "a method that the address lacks",
      405,
      "method_not_allowed",
      () => head.patch("/api/plans/demo/acts", staleAgree),
    ],
    ["an unknown address", 404, "not_found", () => head.get("/api/nothing")],
    ["no session", 401, "not_signed_in", (c) => c.stranger.post("/api/plans/demo/acts", staleAgree)],
    [
      "a comment in the other side's caucus",
      403,
      "wrong_party",
      () =>
        head.post("/api/plans/demo/comments", {
          target: { type: "clause", clauseId: "s17.c2" },
          audience: "RU",
          text: "?",
        }),
    ],
    [
      "an export for the other side's caucus",
      403,
      "wrong_party",
      () => head.post("/api/plans/demo/exports", { format: "pdf", audience: "RU" }),
    ],
    [
      "another site's page",
      403,
      "bad_origin",
      () =>
        head.send("/api/plans/demo/acts", {
          ...json(JSON.stringify(staleAgree)),
          headers: { "content-type": "application/json", origin: "https://elsewhere.example" },
        }),
    ],
    [
      "an oversize body",
      413,
      "too_large",
      () => head.send("/api/plans/demo/acts", json(JSON.stringify({ act: "x".repeat(1_200_000) }))),
    ],
    [
      "a body that is no JSON by its type",
      415,
      "unsupported_media_type",
      () => head.send("/api/plans/demo/acts", { method: "POST", body: "x", headers: { "content-type": "text/plain" } }),
    ],
    ["a stale hash", 409, "stale", () => head.post("/api/plans/demo/acts", staleAgree)],
    [
      "a freeze of another text",
      409,
      "stale",
      () => head.post("/api/plans/demo/acts", { act: "freeze", planHash: ZERO }),
    ],
  ]
  for (const [what, status, code, ask] of cases)
    test(`${what}: ${status} ${code}`, async () => {
      const before = await state()
      const reply = await ask(api)
      expect([reply.status, (reply.body as Problem).code]).toEqual([status, code])
      expect(reply.headers.get("content-type")).toContain("application/problem+json")
      expect(await state()).toBe(before)
    })

  test("an oversize body is refused however it arrives", async () => {
    const body = new ReadableStream({
      pull(controller) {
        controller.enqueue(new TextEncoder().encode("x".repeat(300_000)))
      },
    })
    const reply = await head.send("/api/plans/demo/acts", { ...json(""), body, duplex: "half" } as RequestInit)
    expect(reply.status).toBe(413)
  })

  test("[API18] those of no delegation write nothing", async () => {
    const before = await state()
    for (const email of ["secretary@plan.example", "observer@plan.example"]) {
      const reader = await api.as(email)
      const comment = { target: { type: "clause", clauseId: "s17.c2" }, audience: "shared", text: "?" }
      expect((await reader.post("/api/plans/demo/comments", comment)).status).toBe(403)
      expect((await reader.post("/api/plans/demo/acts", staleAgree)).status).toBe(403)
      expect((await reader.post("/api/plans/demo/sync-ticket", { space: "caucus" })).status).toBe(403)
    }
    expect(await state()).toBe(before)
  })
})

describe("[API3] without a session", () => {
  test("every address of a plan answers 401", async () => {
    const document = (await api.stranger.get<{ paths: Record<string, object> }>("/api/openapi.json")).body
    const paths = Object.entries(document.paths).filter(([path]) => path.startsWith("/api/plans"))
    expect(paths.length).toBeGreaterThan(15)
    for (const [path, methods] of paths) {
      const url = path
        .replace("{id}", "demo")
        .replace("{n}", "1")
        .replace(/\{\w+\}/g, "x")
      if ("get" in methods) expect([url, (await api.stranger.get(url)).status]).toEqual([url, 401])
    }
  })
})

describe("reading the demo", () => {
  test("[API8] the costs are those of the data file, to the cent", async () => {
    const file = new URL("../../../packages/plan/demo/demo-plan-costs.json", import.meta.url)
    const { body } = await head.get<CostTable>("/api/plans/demo/costs")
    expect(body).toEqual(JSON.parse(readFileSync(file, "utf8")))
    expect(body.declared_totals.us_usd_cents["all"]).toBe(1_251_300_000)
  })

  test("[API1] the OpenAPI document is 3.1 and names every address", async () => {
    const { body } = await head.get<{ openapi: string; paths: object }>("/api/openapi.json")
    expect(body.openapi).toBe("3.1.0")
    for (const path of ["/api/me", "/api/plans/{id}/acts", "/api/plans/{id}/versions/{n}/signatures", "/readyz"])
      expect(body.paths).toHaveProperty([path])
  })

  test("[API1] replies have the documented form", async () => {
    const replies: readonly (readonly [string, z.ZodType])[] = [
      ["/api/me", meSchema],
      ["/api/demo", demoSchema],
      ["/api/plans", z.array(planSummarySchema)],
      ["/api/plans/demo/standing", standingSchema],
      ["/api/plans/demo/comments", z.array(commentThreadSchema)],
      ["/api/plans/demo/events", z.array(eventSchema)],
      ["/api/plans/demo/members", z.array(memberSchema)],
      ["/api/plans/demo/preflight", preflightSchema],
    ]
    for (const [path, schema] of replies) {
      const { body } = await head.get(path)
      expect(schema.parse(body), path).toEqual(body)
    }
    expect(ticketSchema.parse((await head.post("/api/plans/demo/sync-ticket", { space: "plan" })).body)).toBeTruthy()
    expect(problemSchema.parse((await head.get("/api/plans/nowhere")).body)).toMatchObject({ code: "no_such_plan" })
  })

  test("[API6] every reply carries the security headers and an id", async () => {
    const reply = await api.stranger.get("/api/plans/demo")
    expect(reply.headers.get("content-security-policy")).toContain("default-src 'self'")
    expect(reply.headers.get("x-content-type-options")).toBe("nosniff")
    expect(reply.headers.get("x-request-id")).toMatch(/^[\w-]{8,}$/)
  })

  test("health, readiness and metrics answer", async () => {
    expect((await api.stranger.get("/healthz")).status).toBe(200)
    expect((await api.stranger.get("/readyz")).status).toBe(200)
    // figures are for whoever holds the token, and there is none here ([API61])
    expect((await api.stranger.get("/metrics")).status).toBe(404)
  })

  test("[API17] the demo stands where its story stands", async () => {
    const { body: plan } = await head.get<LivePlan>("/api/plans/demo")
    const { body: standing } = await head.get<Standing>("/api/plans/demo/standing")
    expect(plan.plan.sections.flatMap((section) => section.clauses)).toHaveLength(140)
    expect(plan.proposals.filter((p) => p.status === "open")).toHaveLength(9)
    expect(plan.tableProposals.map((p) => p.id).toSorted()).toEqual(["CP1", "CP2", "CP3", "CP4", "JP1", "JP2"])
    expect(standing.clauses["s21.c2"]?.state).toBe("parked")
    expect(standing.lines["L08"]?.state).toBe("agreed_ad_ref")
    expect(standing.lines["L01"]?.state).toBe("under_negotiation")
    expect(standing.clauses["s17.c4"]?.reserves).toHaveLength(1)
  })
})

const json = (body: string): RequestInit => ({ method: "POST", body, headers: { "content-type": "application/json" } })
