import { type ClauseAuthorship, LANGS } from "@alternat/plan"
import type { ReaderTx } from "@alternat/store"
import { z } from "@hono/zod-openapi"
import type { Api } from "../app.ts"
import type { ApiDeps } from "../deps.ts"
import { fail } from "../http/problem.ts"
import { asMember, signedIn } from "../http/signed-in.ts"
import { apiRoute, jsonReply, planParams, READ_FAILURES } from "../routes/route.ts"
import { nameAuthors } from "./author-names.ts"
import type { BothTexts } from "./authorship-folds.ts"
import { authorshipSchema } from "./authorship-schema.ts"
import { readAuthored } from "./read-authored.ts"

const authorshipRoute = apiRoute([...READ_FAILURES, "no_such_clause", "no_such_version"], {
  method: "get",
  path: "/api/plans/{id}/clauses/{clauseId}/authorship",
  summary: "Who wrote which words of a clause, now or in a version: people of one's own side, else party and role",
  tags: ["reading"],
  request: {
    params: planParams.extend({
      clauseId: z
        .string()
        .max(120)
        .openapi({ param: { name: "clauseId", in: "path" }, description: "id of the clause, withdrawn or not" }),
    }),
    query: z.object({
      version: z.coerce
        .number()
        .int()
        .positive()
        .optional()
        .openapi({
          param: { name: "version", in: "query" },
          description: "number of a version; absent: the live text",
        }),
    }),
  },
  responses: { 200: jsonReply(authorshipSchema, "The runs of both texts and their authors.") },
})

export function addAuthorshipRoutes(app: Api, deps: ApiDeps): void {
  app.openapi(authorshipRoute, async (c) => {
    const { id, clauseId } = c.req.valid("param")
    const { version = null } = c.req.valid("query")
    const reader = await signedIn(c, deps)
    const upTo = await asMember(c, deps, id, async (tx) =>
      version === null ? null : ((await tx.version(id, version)) ?? fail("no_such_version")).seq,
    )
    const { seq, clauses } = await readAuthored(deps, reader, { planId: id, clauseId, upTo })
    const named = await asMember(c, deps, id, (tx) => namedBy(tx, id, clauseId, clauses))
    return c.json({ clauseId, version, seq, at: deps.now().toISOString(), ...named }, 200)
  })
}

async function namedBy(
  tx: ReaderTx,
  planId: string,
  clauseId: string,
  clauses: BothTexts,
): Promise<Pick<ClauseAuthorship, "en" | "ru" | "authors">> {
  const written = LANGS.flatMap((lang) => clauses[lang].runs.map((run) => run.first))
  const people = new Set(written.map(({ author }) => author))
  const writers = await tx.writers(planId, [...people])
  const acts = await tx.actEvents(planId, [...new Set(written.map(({ seq }) => seq))])
  const plan = (await tx.plan(planId)) ?? fail("no_such_plan")
  return nameAuthors(clauses, { clauseId, writers, acts, parties: plan.parties, installedAt: plan.createdAt })
}
