import { may, signRequestSchema, signStatementSchema } from "@alternat/plan"
import { z } from "@hono/zod-openapi"
import type { Api } from "../app.ts"
import type { ApiDeps } from "../deps.ts"
import { fail } from "../http/problem.ts"
import { asMember, signedIn } from "../http/signed-in.ts"
import { apiRoute, jsonBody, jsonReply, planParams, READ_FAILURES, WRITE_FAILURES } from "../routes/route.ts"
import { versionSchema } from "../schemas.ts"
import { readPack } from "./pack.ts"
import { planOf, signVersion } from "./sign-version.ts"
import { signatoryOf } from "./signatory.ts"

const versionParams = planParams.extend({
  n: z.coerce
    .number()
    .int()
    .positive()
    .openapi({ param: { name: "n", in: "path" }, description: "number of the version" }),
})
const fileParams = versionParams.extend({
  name: z
    .string()
    .openapi({ param: { name: "name", in: "path" }, description: "name in the manifest, its slashes as %2F" }),
})
const binary = (type: string, description: string) => ({
  description,
  content: { [type]: { schema: z.string().openapi({ format: "binary" }) } },
})

const signatorySchema = signStatementSchema
  .pick({ party: true, name: true, post: true, organisation: true, acting: true })
  .openapi("Signatory")

const listRoute = apiRoute(READ_FAILURES, {
  method: "get",
  path: "/api/plans/{id}/versions",
  summary: "Versions of the plan, oldest first",
  tags: ["versions"],
  request: { params: planParams },
  responses: { 200: jsonReply(z.array(versionSchema).readonly(), "The versions.") },
})
const oneRoute = apiRoute([...READ_FAILURES, "no_such_version"], {
  method: "get",
  path: "/api/plans/{id}/versions/{n}",
  summary: "One version: its hashes, files and signatures",
  tags: ["versions"],
  request: { params: versionParams },
  responses: { 200: jsonReply(versionSchema, "The version.") },
})
const fileRoute = apiRoute([...READ_FAILURES, "no_such_version", "no_such_file"], {
  method: "get",
  path: "/api/plans/{id}/versions/{n}/files/{name}",
  summary: "One file of a version, byte for byte as its manifest lists it",
  tags: ["versions"],
  request: { params: fileParams },
  responses: { 200: binary("application/octet-stream", "The file.") },
})
const packRoute = apiRoute([...READ_FAILURES, "no_such_version", "conflict"], {
  method: "get",
  path: "/api/plans/{id}/versions/{n}/pack",
  summary: "The signed-off pack, once both heads have signed",
  tags: ["versions"],
  request: { params: versionParams },
  responses: { 200: binary("application/zip", "The pack.") },
})
const signatoryRoute = apiRoute([...READ_FAILURES, "no_such_version", "forbidden"], {
  method: "get",
  path: "/api/plans/{id}/versions/{n}/signatory",
  summary: "Who would sign this version for the reader's side: the places of the statement that the record fixes",
  tags: ["versions"],
  request: { params: versionParams },
  responses: { 200: jsonReply(signatorySchema, "Name, post, organization, and whether as acting head.") },
})
const signRoute = apiRoute(
  [
    ...WRITE_FAILURES,
    "wrong_party",
    "no_such_version",
    "stale",
    "conflict",
    "already_signed",
    "bad_signature",
    "refused",
  ],
  {
    method: "post",
    path: "/api/plans/{id}/versions/{n}/signatures",
    summary: "A head's signature over the version's manifest, made in the head's own browser",
    tags: ["versions"],
    request: { params: versionParams, body: jsonBody(signRequestSchema) },
    responses: { 201: jsonReply(versionSchema, "The version with the signature.") },
  },
)

export function addVersionRoutes(app: Api, deps: ApiDeps): void {
  app.openapi(listRoute, async (c) => {
    const { id } = c.req.valid("param")
    return c.json(await asMember(c, deps, id, (tx) => tx.versions(id)), 200)
  })
  app.openapi(oneRoute, async (c) => {
    const { id, n } = c.req.valid("param")
    const version = await asMember(c, deps, id, (tx) => tx.version(id, n))
    return c.json((version ?? fail("no_such_version")).info, 200)
  })
  app.openapi(fileRoute, async (c) => {
    const { id, n, name } = c.req.valid("param")
    const file = await asMember(c, deps, id, async (tx) => {
      if (!(await tx.version(id, n))) fail("no_such_version")
      return (await tx.versionFile(id, n, name)) ?? fail("no_such_file")
    })
    return sendFile(file)
  })
  app.openapi(packRoute, async (c) => {
    const { id, n } = c.req.valid("param")
    const bytes = await asMember(c, deps, id, (tx) => readPack(tx, id, n))
    return sendFile({ name: `${id}-v${n}.zip`, type: "application/zip", bytes })
  })
  app.openapi(signatoryRoute, async (c) => {
    const { id, n } = c.req.valid("param")
    const signatory = await asMember(c, deps, id, async (tx, actor) => {
      const version = (await tx.version(id, n)) ?? fail("no_such_version")
      const me = await tx.me()
      const { party } = actor
      if (party === null || me === null || !may(actor, "sign")) return fail("forbidden")
      return signatoryOf(planOf(version), { ...actor, party }, me.name)
    })
    return c.json(signatory, 200)
  })
  app.openapi(signRoute, async (c) => {
    const { id, n } = c.req.valid("param")
    const { userId } = await signedIn(c, deps)
    await asMember(c, deps, id, async () => undefined)
    return c.json(await signVersion(deps, { planId: id, number: n, userId, request: c.req.valid("json") }), 201)
  })
}

/** Always a download: nothing that a version holds is ever run in this origin. */
export function sendFile(file: { readonly name: string; readonly type: string; readonly bytes: Uint8Array }): Response {
  return new Response(new Blob([file.bytes as Uint8Array<ArrayBuffer>]), {
    headers: {
      "content-type": file.type,
      "content-length": String(file.bytes.byteLength),
      "content-disposition": `attachment; filename="${baseName(file.name)}"`,
    },
  })
}

const baseName = (name: string): string => (name.split("/").at(-1) ?? name).replace(/[^A-Za-z0-9._-]/g, "_")
