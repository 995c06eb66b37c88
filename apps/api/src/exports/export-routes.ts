import { z } from "@hono/zod-openapi"
import type { Api } from "../app.ts"
import type { ApiDeps } from "../deps.ts"
import { fail, ProblemError, problem } from "../http/problem.ts"
import { asMember } from "../http/signed-in.ts"
import { apiRoute, jsonBody, jsonReply, planParams, READ_FAILURES, WRITE_FAILURES } from "../routes/route.ts"
import { jobSchema } from "../schemas.ts"
import { sendFile } from "../versions/version-routes.ts"

const jobParams = planParams.extend({ job: z.string().openapi({ param: { name: "job", in: "path" } }) })

export const exportRequestSchema = z
  .object({
    format: z.enum(["pdf", "docx", "json", "pack"]),
    audience: z
      .string()
      .min(1)
      .max(20)
      .openapi({ description: "who will read the file: `shared`, or the own delegation; there is no default" }),
    version: z.int().positive().nullable().default(null).openapi({ description: "null: the plan as it stands now" }),
    original: z
      .string()
      .max(20)
      .default("working")
      .openapi({ description: "whose original: a party's code, or `working` for the two-column copy" }),
    first: z.enum(["en", "ru"]).default("en").openapi({ description: "left column of the working copy" }),
    brackets: z.boolean().default(true),
  })
  .strict()
  .openapi("ExportRequest")

const createJobRoute = apiRoute([...WRITE_FAILURES, "wrong_party", "no_such_version", "conflict", "rate_limited"], {
  method: "post",
  path: "/api/plans/{id}/exports",
  summary: "Ask for a file",
  tags: ["exports"],
  request: { params: planParams, body: jsonBody(exportRequestSchema) },
  responses: { 202: jsonReply(jobSchema, "The job; ask for it again until it is done.") },
})
const listRoute = apiRoute(READ_FAILURES, {
  method: "get",
  path: "/api/plans/{id}/exports",
  summary: "One's own exports of the plan, the latest first",
  tags: ["exports"],
  request: { params: planParams },
  responses: { 200: jsonReply(z.array(jobSchema).readonly(), "The jobs.") },
})
const cancelRoute = apiRoute([...WRITE_FAILURES, "no_such_job"], {
  method: "delete",
  path: "/api/plans/{id}/exports/{job}",
  summary: "Cancel a job that waits or runs; remove a finished one with its file",
  tags: ["exports"],
  request: { params: jobParams },
  responses: { 204: { description: "It is." } },
})
const jobRoute = apiRoute([...READ_FAILURES, "no_such_job"], {
  method: "get",
  path: "/api/plans/{id}/exports/{job}",
  summary: "How far a job has come",
  tags: ["exports"],
  request: { params: jobParams },
  responses: { 200: jsonReply(jobSchema, "The job.") },
})
const jobFileRoute = apiRoute([...READ_FAILURES, "no_such_job", "no_such_file"], {
  method: "get",
  path: "/api/plans/{id}/exports/{job}/file",
  summary: "The file of a job that is done",
  tags: ["exports"],
  request: { params: jobParams },
  responses: {
    200: {
      description: "The file.",
      content: { "application/octet-stream": { schema: z.string().openapi({ format: "binary" }) } },
    },
  },
})

export function addExportRoutes(app: Api, deps: ApiDeps): void {
  app.openapi(createJobRoute, async (c) => {
    const { id } = c.req.valid("param")
    const { format, audience, version, ...options } = c.req.valid("json")
    const job = await asMember(c, deps, id, async (tx, actor) => {
      if (audience !== "shared" && audience !== actor.party) fail("wrong_party")
      const plan = (await tx.plan(id)) ?? fail("no_such_plan")
      if (options.original !== "working" && !plan.parties.includes(options.original)) {
        fail("invalid_request", { items: [{ id: "original", code: "unknown_party", message: UNKNOWN_PARTY }] })
      }
      await checkVersion(format, version, () => (version === null ? null : tx.version(id, version)))
      return tx.createJob(id, { format, audience, version, options })
    })
    if (job === null) throw tooManyExports()
    return c.json(job, 202, { location: `/api/plans/${encodeURIComponent(id)}/exports/${job.id}` })
  })
  app.openapi(listRoute, async (c) => {
    const { id } = c.req.valid("param")
    return c.json(await asMember(c, deps, id, (tx) => tx.jobs(id)), 200)
  })
  app.openapi(cancelRoute, async (c) => {
    const { id, job } = c.req.valid("param")
    const isGone = await asMember(c, deps, id, (tx) => tx.cancelJob(id, job))
    return isGone ? c.body(null, 204) : fail("no_such_job")
  })
  app.openapi(jobRoute, async (c) => {
    const { id, job } = c.req.valid("param")
    return c.json((await asMember(c, deps, id, (tx) => tx.job(id, job))) ?? fail("no_such_job"), 200)
  })
  app.openapi(jobFileRoute, async (c) => {
    const { id, job } = c.req.valid("param")
    const file = await asMember(c, deps, id, async (tx) => {
      if (!(await tx.job(id, job))) fail("no_such_job")
      return (await tx.jobFile(id, job)) ?? fail("no_such_file")
    })
    return sendFile(file)
  })
}

const tooManyExports = (): ProblemError =>
  new ProblemError(
    problem("rate_limited", {
      finerCode: "too_many_exports",
      detail: "You have as many exports waiting as one person may have. Cancel one of them, or wait until one is done.",
    }),
    { "retry-after": "10" },
  )

const UNKNOWN_PARTY = { en: "The plan has no such party.", ru: "В плане нет такой Стороны." }

async function checkVersion(
  format: string,
  number: number | null,
  read: () => Promise<{ readonly info: { readonly status: string } } | null> | null,
): Promise<void> {
  const version = await read()
  if (number !== null && !version) fail("no_such_version")
  if (format === "pack" && version?.info.status !== "signed") {
    fail("conflict", { finerCode: "not_signed", detail: "The pack is there once both heads have signed." })
  }
}
