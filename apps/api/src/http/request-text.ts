import { describeFault, type TextFault, textFaults } from "@alternat/plan"
import type { MiddlewareHandler } from "hono"
import type { ApiEnv } from "./env.ts"
import { type ProblemItem, problem, sendProblem } from "./problem.ts"

/**
 * No text that a request carries, in its address or its body, holds a character that a plan may not hold. One place for
 * all routes: what reaches a handler can be stored and printed, and PostgreSQL never refuses a NUL with the words around
 * it in its log.
 *
 * The body is read from a clone, because the routes of the sign-in library read the request themselves.
 */
export const refuseBadCharacters: MiddlewareHandler<ApiEnv> = async (c, next) => {
  const url = new URL(c.req.url)
  const path = decoded(url.pathname)
  if (path === null) return sendProblem(c, problem("invalid_request", { detail: "The address is not UTF-8." }))
  const items = [
    ...itemsIn(path, "(path)"),
    ...[...url.searchParams].flatMap(([name, value]) => [...itemsIn(name, "(query)"), ...itemsIn(value, name)]),
    ...(await bodyItems(c.req.raw)),
  ]
  if (items.length === 0) return next()
  const detail = items[0] === undefined ? "" : `${items[0].id}: ${items[0].message.en}`
  return sendProblem(c, problem("bad_characters", { detail, items: items.slice(0, 50) }))
}

function decoded(path: string): string | null {
  try {
    return decodeURIComponent(path)
  } catch {
    return null // the decoder's only way of saying so is to throw
  }
}

const FORM = "application/x-www-form-urlencoded"

async function bodyItems(request: Request): Promise<readonly ProblemItem[]> {
  const type = (request.headers.get("content-type") ?? "").toLowerCase()
  // files, and whatever no route reads, are judged by those who read them
  const isForm = type.startsWith(FORM)
  if (request.body === null || !(isForm || type.includes("json"))) return []
  const text = await request.clone().text()
  if (isForm) return [...new URLSearchParams(text)].flatMap(([name, value]) => itemsIn(value, name))
  try {
    return valueItems(JSON.parse(text), [])
  } catch {
    return [] // the route answers that this is not JSON
  }
}

const MAX_DEPTH = 100

function valueItems(value: unknown, path: readonly string[]): readonly ProblemItem[] {
  if (typeof value === "string") return itemsIn(value, path.join(".") || "(body)")
  if (typeof value !== "object" || value === null || path.length > MAX_DEPTH) return []
  return Object.entries(value).flatMap(([key, inner]) => [
    ...itemsIn(key, [...path, "(key)"].join(".")),
    ...valueItems(inner, [...path, key]),
  ])
}

/** The first fault of a text, as an item that names its field. */
function itemsIn(text: string, field: string): readonly ProblemItem[] {
  const fault = textFaults(text, { form: "lines" }).find((one) => isRefused(one, field))
  return fault === undefined ? [] : [{ id: field, code: fault.kind, message: describeFault(fault) }]
}

function isRefused({ codePoint, kind }: TextFault, field: string): boolean {
  // stored as a hash alone: any character that can be encoded may serve
  if (/(^|\.)\w*password$/i.test(field)) return codePoint === 0 || kind === "surrogate"
  // a quotation is cut from a text by its length: a field in it is one U+FFFC, and it may begin within a cluster
  if (/(^|\.)quote$/.test(field)) return codePoint !== 0xfffc && kind !== "lone_mark"
  return true
}
