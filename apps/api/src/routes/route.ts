import { createRoute, type RouteConfig, z } from "@hono/zod-openapi"
import { PROBLEMS, type ProblemCode } from "../http/problem.ts"
import { problemSchema } from "../schemas.ts"

export const planParams = z.object({
  id: z.string().openapi({ param: { name: "id", in: "path" }, description: "id of the plan", example: "demo" }),
})

/** A JSON body that must be there. */
export const jsonBody = <S extends z.ZodType>(schema: S) => ({
  required: true as const,
  content: { "application/json": { schema } },
})

export const jsonReply = <S extends z.ZodType>(schema: S, description: string) => ({
  description,
  content: { "application/json": { schema } },
})

/**
 * The documented failures of a route. They are added to the document only: handlers never return them, they throw
 * (`fail`), so the compiler is left with the one reply that a handler makes.
 */
export function failures(...codes: readonly ProblemCode[]): Record<string, unknown> {
  const byStatus = new Map<number, ProblemCode[]>()
  for (const code of codes) {
    const status = PROBLEMS[code][0]
    byStatus.set(status, [...(byStatus.get(status) ?? []), code])
  }
  return Object.fromEntries(
    [...byStatus].map(([status, list]) => [
      String(status),
      {
        description: list.map((code) => `\`${code}\`: ${PROBLEMS[code][2]}`).join("\n\n"),
        content: { "application/problem+json": { schema: problemSchema } },
      },
    ]),
  )
}

/** `createRoute` with the failures of its kind filled in. */
export function apiRoute<R extends Omit<RouteConfig, "responses"> & { readonly responses: RouteConfig["responses"] }>(
  codes: readonly ProblemCode[],
  route: R,
) {
  const documented = { ...route.responses, ...failures(...codes) } as R["responses"]
  return createRoute({ ...route, responses: documented })
}

/** Failures that every route of a plan shares. */
export const READ_FAILURES = [
  "not_signed_in",
  "no_such_plan",
  "invalid_request",
  "bad_characters",
  "rate_limited",
  "storage_away",
] as const
export const WRITE_FAILURES = [
  ...READ_FAILURES,
  "malformed_json",
  "bad_origin",
  "forbidden",
  "too_large",
  "unsupported_media_type",
] as const
