import type { ActError, Problem } from "@alternat/plan"
import { problem, type ProblemCode } from "../http/problem.ts"

const BASE: Readonly<Record<ActError["status"], ProblemCode>> = { 403: "forbidden", 409: "conflict", 422: "refused" }

/** What the rules of the plan said, as a problem: their code, this server's status and form. */
export const actProblem = (error: ActError): Problem =>
  problem(BASE[error.status], { finerCode: error.code, detail: error.message.en, items: error.items ?? [] })
