import { readFileSync } from "node:fs"
import { describe, expect, test } from "vitest"
import { z } from "zod"
import { clientAddress } from "./client-address.ts"
import { renderErrors } from "./errors-page.ts"
import { isTrustedOrigin } from "./origin.ts"
import { issueItems, PROBLEMS, problem } from "./problem.ts"
import { createRateLimiter } from "./rate-limit.ts"
import { contentSecurityPolicy, securityHeaders } from "./security-headers.ts"

describe("[API2] problems have stable codes", () => {
  test("ERRORS.md lists every code with its status", () => {
    expect(readFileSync(new URL("../../ERRORS.md", import.meta.url), "utf8")).toBe(renderErrors())
  })
  test("a finer code of the plan's rules keeps the status of its kind", () => {
    expect(problem("conflict", { finerCode: "not_signed" })).toMatchObject({ status: 409, code: "not_signed" })
    expect(Object.values(PROBLEMS).every(([status]) => status >= 400 && status < 600)).toBe(true)
  })
  test("the items of a bad request name the place", () => {
    expect(issueItems([{ path: ["items", 0, "hash"], code: "invalid_type", message: "is wrong" }])[0]?.id).toBe(
      "items.0.hash",
    )
  })
})

test("[API78] what is wrong with a request's form is said in Russian without a word of English, whatever it is", () => {
  const form = z.strictObject({
    name: z.string().max(3),
    n: z.number().int().min(5).multipleOf(5),
    kind: z.enum(["a", "b"]),
    at: z.iso.date(),
    either: z.union([z.object({ x: z.string() }), z.object({ y: z.string() })]),
    odd: z.string().refine(() => false, "is odd in English"),
  })
  const wrong = [
    {},
    null,
    { name: "much", n: 1.5, kind: "c", at: "today", either: { z: 1 }, odd: "", more: 1 },
    { name: 1, n: 7, kind: "a", at: "2011-01-01", either: { x: "" }, odd: "" },
  ]
  for (const body of wrong)
    for (const { message } of issueItems(form.safeParse(body).error?.issues ?? [])) {
      expect(message.ru).not.toMatch(/[A-Za-z]/)
      expect(message.ru).toMatch(/[а-я]/)
      expect(message.en).toMatch(/[a-z]/)
    }
})

describe("[API4] a request that changes something comes from here", () => {
  const trusted = new Set(["http://localhost:3000"])
  const from = (method: string, origin?: string, fetchSite?: string) =>
    isTrustedOrigin({ method, origin, fetchSite }, trusted)
  test("own pages and programs may, other sites' pages may not, and everybody may read", () => {
    expect(from("POST", "http://localhost:3000")).toBe(true)
    expect(from("POST")).toBe(true)
    expect(from("POST", "https://elsewhere.example")).toBe(false)
    expect(from("POST", "null")).toBe(false)
    expect(from("DELETE", undefined, "cross-site")).toBe(false)
    expect(from("GET", "https://elsewhere.example", "cross-site")).toBe(true)
  })
})

describe("[API5] limits count addresses that a client can't write itself", () => {
  test("without a trusted proxy X-Forwarded-For is not read; with one, its own entry is", () => {
    expect(clientAddress(undefined, "6.6.6.6", 0)).toBe("local")
    expect(clientAddress(undefined, "6.6.6.6, 10.0.0.9", 1)).toBe("10.0.0.9")
    expect(clientAddress(undefined, "6.6.6.6, 10.0.0.9, 10.0.0.1", 2)).toBe("10.0.0.9")
  })
  test("a bucket empties, says how long to wait, and fills again", () => {
    const limiter = createRateLimiter({ perSecond: 1, burst: 2 })
    expect([limiter.take("a", 0), limiter.take("a", 0), limiter.take("a", 0)]).toEqual([0, 0, 1])
    expect(limiter.take("b", 0)).toBe(0)
    expect(limiter.take("a", 1000)).toBe(0)
  })
})

describe("[API6] replies carry the headers that keep a page to itself", () => {
  test("no inline script runs but those that stand in the page", () => {
    expect(contentSecurityPolicy()).toContain("script-src 'self';")
    const page = "<script>theme()</script><script src='/x.js'></script>"
    expect(contentSecurityPolicy(page).match(/'sha256-/g)).toHaveLength(1)
  })
  test("https is remembered only where there is https", () => {
    expect(securityHeaders({ publicUrl: "http://localhost:3000" })).not.toHaveProperty("strict-transport-security")
    expect(securityHeaders({ publicUrl: "https://plans.example" })).toHaveProperty("strict-transport-security")
  })
})
