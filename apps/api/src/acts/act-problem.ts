import type { ActError, Problem } from "@alternat/plan"
import { type ProblemCode, problem } from "../http/problem.ts"

const BASE: Readonly<Record<ActError["status"], ProblemCode>> = { 403: "forbidden", 409: "conflict", 422: "refused" }
const isStale = (code: string) => code.startsWith("stale")

/**
 * What the rules of the plan said, as a problem: their code, this server's status and form. That the bytes have moved
 * on is `stale` wherever it happens, so that a client knows by one word that it must read again.
 */
export function actProblem(error: ActError): Problem {
  const items = error.items ?? []
  const more = { detail: error.message.en, items }
  const stale = isStale(error.code) || (items.length > 0 && items.every((item) => isStale(item.code)))
  return stale && error.status === 409
    ? problem("stale", more)
    : problem(BASE[error.status], { ...more, finerCode: error.code })
}
