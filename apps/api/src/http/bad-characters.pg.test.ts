import { existsSync, readFileSync } from "node:fs"
import type { ClauseText, PreflightReport, Problem } from "@alternat/plan"
import { afterAll, beforeAll, describe, expect, inject, test } from "vitest"
import { type Caller, type DemoApi, openDemoApi } from "../testing/demo-api.ts"
import { typeInto } from "../testing/edit-document.ts"
import { type Json, placesIn, type Schema, sampleOf } from "../testing/schema-samples.ts"

/**
 * Every route of the OpenAPI document is asked with characters that no plan may hold, in every place where the document
 * has a string. Nothing of it may come to the database: PostgreSQL writes a refused value, and the words before it, into
 * its log.
 */
let api: DemoApi
let head: Caller
beforeAll(async () => {
  api = await openDemoApi()
  head = await api.as("head@us.example")
})
afterAll(() => api.close())

const BAD = [
  ["a NUL", "\u0000", "control"],
  ["half a pair", "\ud83d", "surrogate"],
  ["a direction mark", "\u202e", "bidirectional"],
  ["a sign of no font", "漢", "no_font"],
] as const

interface Operation {
  readonly parameters?: readonly { readonly name: string; readonly in: "path" | "query" }[]
  readonly requestBody?: { readonly content: Readonly<Record<string, { readonly schema: Schema }>> }
}
interface OpenApi {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>
  readonly components: { readonly schemas: Readonly<Record<string, Schema>> }
}

const document = async () => (await api.stranger.get<OpenApi>("/api/openapi.json")).body
const operations = async () =>
  Object.entries((await document()).paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ path, method: method.toUpperCase(), operation })),
  )
const plain = (path: string) =>
  path
    .replace("{id}", "demo")
    .replace("{n}", "1")
    .replace(/\{\w+\}/g, "x")

function expectRefusal(reply: { status: number; body: unknown }, field: string, kind: string, place: string): void {
  const { code, items } = reply.body as Problem
  expect([reply.status, code, items?.[0]?.id, items?.[0]?.code], place).toEqual([422, "bad_characters", field, kind])
  expect(items?.[0]?.message.ru, place).toMatch(/U\+/)
}

describe.each(BAD)("[API50] %s is refused by every route, with the name of its field", (_name, bad, kind) => {
  // an address holds bytes, and half a pair has none
  const inAddress = kind === "surrogate" ? null : encodeURIComponent(`words before ${bad}`)

  test("in every part of the path and in every parameter", async () => {
    let asked = 0
    for (const { path, method, operation } of await operations()) {
      for (const parameter of operation.parameters ?? []) {
        const address =
          parameter.in === "path"
            ? plain(path.replace(`{${parameter.name}}`, inAddress ?? "%ED%A0%BD"))
            : `${plain(path)}?${parameter.name}=${inAddress ?? "%ED%A0%BD"}`
        const reply = await head.send(address, { method })
        const place = `${method} ${address}`
        asked++
        if (inAddress !== null) expectRefusal(reply, parameter.in === "path" ? "(path)" : parameter.name, kind, place)
        else expect([reply.status, (reply.body as Problem).code !== undefined], place).toEqual([422, true])
      }
    }
    expect(asked).toBeGreaterThan(25)
  })

  test("in every string of every body, keys included", async () => {
    let asked = 0
    const { components } = await document()
    for (const { path, method, operation } of await operations()) {
      const schema = operation.requestBody?.content["application/json"]?.schema
      if (schema === undefined) continue
      for (const sample of sampleOf(schema, components.schemas)) {
        for (const place of placesIn(sample)) {
          const body = JSON.stringify(place.with(`words before ${bad}`))
          const reply = await head.send(plain(path), {
            method,
            body,
            headers: { "content-type": "application/json" },
          })
          asked++
          const isSecret = place.field.endsWith("password") && kind !== "control" && kind !== "surrogate"
          if (!isSecret) expectRefusal(reply, place.field, kind, `${method} ${path} ${place.field}`)
        }
      }
    }
    expect(asked).toBeGreaterThan(100)
  })

  test("where the sign-in library answers", async () => {
    const email: Json = { email: `a${bad}@us.example`, password: "alternat-demo" }
    expectRefusal(await head.post("/api/auth/sign-in/email", email), "email", kind, "email")
    if (kind !== "control" && kind !== "surrogate") return
    const password: Json = { email: "head@us.example", password: `words before ${bad}` }
    expectRefusal(await head.post("/api/auth/sign-in/email", password), "password", kind, "password")
  })
})

test("[API51] nothing of it came to the database, and no log has the words", async () => {
  const { log } = inject("alternatPg")
  const comment = (text: string) => ({ target: { type: "clause", clauseId: "s17.c2" }, audience: "US", text })
  for (const bad of ["\u0000", "\ud800"]) {
    expect((await head.post("/api/plans/demo/comments", comment(`canary words ${bad}`))).status).toBe(422)
    const ranking = { ranks: {}, reason: { en: `canary words ${bad}`, ru: "" } }
    expect((await head.post("/api/plans/demo/ranking", ranking)).status).toBe(422)
  }
  const said = api.logged.join("\n") + (existsSync(log) ? readFileSync(log, "utf8") : "")
  expect(said).not.toMatch(/canary|words before|request failed|invalid byte sequence|unicode/i)
})

test("[API50] what people write is taken as it is, in NFC", async () => {
  const text = "Площадь 10⁶ м² ≥ ½, ☑ → №\u00a05\nи\u0306"
  const reply = await head.post<{ entries: readonly { text: string }[] }>("/api/plans/demo/comments", {
    target: { type: "selection", clauseId: "s17.c2", lang: "en", quote: "after \ufffc for", anchor: null },
    audience: "US",
    text,
  })
  expect([reply.status, reply.body.entries[0]?.text]).toEqual([201, text.normalize("NFC")])
})

test("[API52] signs that stand in the text already are named with their clause, and a freeze is refused for them", async () => {
  const drafter = await api.as("drafter@us.example")
  const spoil = (sign: string) => (text: ClauseText) =>
    text.map((block, i) => (i === 0 && "p" in block ? { p: [...block.p, sign] } : block))
  await typeInto(api, drafter, { clauseId: "s18.c2", lang: "en", change: spoil(" 漢") })
  await typeInto(api, drafter, { clauseId: "s17.c3", lang: "ru", change: spoil(" \u202e") })
  const report = (await head.get<PreflightReport>("/api/plans/demo/preflight")).body
  const named = (items: Problem["items"] | PreflightReport["items"]) =>
    (items ?? []).filter(({ code }) => code === "bad_characters").length
  expect(named(report.items)).toBe(2)
  const signs = report.items.filter(({ code }) => code === "bad_characters")
  expect(signs.map(({ subject, severity }) => [subject?.id, severity])).toEqual([
    ["s17.c3", "blocks"],
    ["s18.c2", "blocks"],
  ])
  const frozen = await head.post<Problem>("/api/plans/demo/acts", { act: "freeze", planHash: report.planHash })
  expect([frozen.status, named(frozen.body.items)]).toEqual([422, 2])
})
