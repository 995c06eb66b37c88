import type { AuthorInfo, ClauseAuthorship } from "@alternat/plan"
import { z } from "@hono/zod-openapi"
import { bilingual, eventSchema, roleSchema, valueOf } from "../schemas.ts"

const party = z.string().nullable()
const place = z.int().nonnegative()
const instant = z.string().openapi({ description: "ISO 8601 instant" })

const authorInfo: z.ZodType<AuthorInfo> = z
  .discriminatedUnion("kind", [
    z.object({
      kind: z.literal("person"),
      party: party,
      role: roleSchema.nullable(),
      userId: z.string().nullable().openapi({ description: "null across the table, as is the name" }),
      name: bilingual.nullable(),
    }),
    z.object({ kind: z.literal("act"), event: eventSchema, proposedBy: party }),
    z.object({ kind: z.literal("loaded") }),
    z.object({ kind: z.literal("server") }),
  ])
  .openapi("Author")
const authoredText = z.object({
  text: valueOf<ClauseAuthorship["en"]["text"]>(
    "ClauseText",
    "paragraphs and lists of words, stressed words and fields",
  ),
  runs: z.array(z.object({ from: place, to: place, author: z.string(), since: instant, until: instant })).readonly(),
})
export const authorshipSchema: z.ZodType<ClauseAuthorship> = z
  .object({
    clauseId: z.string(),
    version: z.int().positive().nullable(),
    seq: place.openapi({ description: "log position the text was folded to" }),
    at: instant,
    en: authoredText,
    ru: authoredText,
    authors: z.record(z.string(), authorInfo),
  })
  .openapi("ClauseAuthorship")
