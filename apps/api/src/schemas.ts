import type {
  ActReply,
  CommentAuthor,
  CommentCount,
  CommentEntry,
  CommentTarget,
  CommentThread,
  DemoInfo,
  EventEntry,
  JobInfo,
  Me,
  MemberInfo,
  PlanSummary,
  PreflightReport,
  Problem,
  Role,
  SignatureInfo,
  Standing,
  StreamHint,
  SyncTicket,
  VersionInfo,
} from "@alternat/plan"
import { ROLES } from "@alternat/plan"
import { z } from "@hono/zod-openapi"

/** The forms of replies as schemas: each is checked by the compiler against the type that the interface reads it by. */
export const bilingual = z.object({ en: z.string(), ru: z.string() }).openapi("Bilingual")
const party = z.string().openapi({ description: "code of a party of the plan, such as US or RU" })
const hash = z.string().regex(/^[0-9a-f]{64}$/)
const at = z.string().openapi({ description: "ISO 8601 instant", example: "2009-11-05T15:00:00.000Z" })
const count = z.int().nonnegative()

export const roleSchema: z.ZodType<Role> = z.enum(ROLES).openapi("Role")

export const problemSchema = z
  .object({
    type: z.string(),
    title: z.string(),
    status: z.int(),
    code: z.string(),
    detail: z.string(),
    items: z.array(z.object({ id: z.string(), code: z.string(), message: bilingual })).optional(),
  })
  .openapi("Problem") satisfies z.ZodType<Omit<Problem, "items">>

const member = {
  userId: z.string(),
  name: bilingual,
  party: party.nullable(),
  roles: z.array(roleSchema),
}
export const memberSchema: z.ZodType<MemberInfo> = z.object(member).openapi("Member")

export const meSchema: z.ZodType<Me> = z
  .object({ ...member, email: z.string(), language: z.enum(["en", "ru"]), demo: z.boolean() })
  .openapi("Me")

export const demoSchema: z.ZodType<DemoInfo> = z
  .object({
    enabled: z.boolean(),
    password: z.string().nullable(),
    accounts: z.array(
      z.object({ email: z.string(), name: bilingual, party: party.nullable(), roles: z.array(roleSchema) }),
    ),
  })
  .openapi("Demo")

export const planSummarySchema: z.ZodType<PlanSummary> = z
  .object({
    id: z.string(),
    title: bilingual,
    shortTitle: bilingual,
    status: z.enum(["negotiation", "frozen", "signed"]),
    updatedAt: at,
    openProposals: count,
    clauses: z.record(z.string(), count).openapi({ description: "number of clauses by stored state" }),
  })
  .openapi("PlanSummary")

export const ticketSchema: z.ZodType<SyncTicket> = z
  .object({ room: z.string().regex(/^[A-Za-z0-9._-]+$/), ticket: z.string(), expiresAt: at })
  .openapi("SyncTicket")

const id = z.string().min(1).max(120)
export const commentTargetSchema: z.ZodType<CommentTarget> = z
  .discriminatedUnion("type", [
    z.object({ type: z.literal("clause"), clauseId: id }),
    z.object({
      type: z.literal("selection"),
      clauseId: id,
      lang: z.enum(["en", "ru"]),
      quote: z.string().min(1).max(2000),
      anchor: z.object({ from: z.string().max(400), to: z.string().max(400) }).nullable(),
    }),
    z.object({ type: z.literal("cell"), table: id, rowId: id, cell: id }),
  ])
  .openapi("CommentTarget")

const commentAuthor: z.ZodType<CommentAuthor> = z.object({
  userId: z.string().nullable(),
  name: bilingual.nullable(),
  party: party.nullable(),
  role: roleSchema,
})

export const commentEntrySchema: z.ZodType<CommentEntry> = z
  .object({
    id: z.string(),
    author: commentAuthor,
    at,
    text: z.string(),
  })
  .openapi("CommentEntry")

export const commentThreadSchema: z.ZodType<CommentThread> = z
  .object({
    id: z.string(),
    target: commentTargetSchema,
    audience: z.string().openapi({ description: "`shared`, or the party whose caucus it belongs to" }),
    status: z.enum(["open", "resolved"]),
    due: z.string().nullable(),
    createdAt: at,
    entries: z.array(commentEntrySchema).openapi({ description: "the first and the latest 49, oldest first" }),
    entryCount: count.openapi({ description: "how many entries the thread has; `…/entries` gives them all" }),
    statusChanges: z
      .array(z.object({ status: z.enum(["open", "resolved"]), at, author: commentAuthor }))
      .openapi({ description: "who resolved it and who opened it again: the latest twenty, oldest first" }),
  })
  .openapi("CommentThread")

export const commentCountSchema: z.ZodType<CommentCount> = z
  .object({
    place: z.discriminatedUnion("type", [
      z.object({ type: z.literal("clause"), clauseId: z.string() }),
      z.object({ type: z.literal("cell"), table: z.string(), rowId: z.string(), cell: z.string() }),
    ]),
    audience: z.string(),
    open: count,
    resolved: count,
    entries: count.openapi({ description: "in all threads of the place" }),
    latest: at.openapi({ description: "when something was last said, resolved or reopened here" }),
  })
  .openapi("CommentCount")

export const eventSchema: z.ZodType<EventEntry> = z
  .object({
    seq: count,
    at,
    kind: z.string(),
    party: party.nullable(),
    role: roleSchema.nullable(),
    subject: z.object({ type: z.string(), id: z.string() }).nullable(),
    summary: bilingual,
    hash,
  })
  .openapi("Event")

export const preflightSchema: z.ZodType<PreflightReport> = z
  .object({
    planHash: hash,
    seq: count,
    ready: z.boolean(),
    items: z.array(
      z.object({
        code: z.string(),
        severity: z.enum(["blocks", "warning"]),
        message: bilingual,
        subject: z
          .object({ type: z.enum(["clause", "line", "proposal", "table", "section"]), id: z.string() })
          .nullable(),
      }),
    ),
  })
  .openapi("Preflight")

const pair = z.object({ en: hash, ru: hash })
const consent = z.object({
  party,
  to: z.enum(["proposal", "agreed_ad_ref", "agreed", "unlock"]),
  hash: z.string(),
  at,
})
const clauseStanding = z
  .object({
    state: z.enum(["tabled", "under_negotiation", "agreed_ad_ref", "agreed", "locked", "parked", "withdrawn"]),
    since: at,
    attestations: z.array(z.object({ party, hash: pair, at })),
    divergence: z.object({ party, hash: pair, note: z.string(), at }).nullable(),
    reserves: z.array(
      z.object({
        id: z.string(),
        clauseId: z.string(),
        party,
        kind: z.enum(["scrutiny", "legal", "language"]),
        reason: bilingual,
        due: z.string().nullable(),
        at,
        liftedAt: at.nullable(),
      }),
    ),
    consents: z.array(consent),
    reopened: z.object({ party, reason: z.string(), at }).nullable(),
  })
  .openapi("ClauseStanding")

export const standingSchema: z.ZodType<Standing> = z
  .object({
    planId: z.string(),
    rulesRev: count,
    status: z.enum(["negotiation", "frozen", "signed"]),
    clauses: z.record(z.string(), clauseStanding),
    lines: z.record(
      z.string(),
      z.object({
        state: z.enum(["under_negotiation", "agreed_ad_ref", "agreed", "locked"]),
        since: at,
        consents: z.array(consent),
      }),
    ),
    version: z.object({ number: z.int().positive(), signedBy: z.array(party) }).nullable(),
  })
  .openapi("Standing")

const signatureInfo: z.ZodType<SignatureInfo> = z
  .object({
    party,
    post: bilingual,
    name: bilingual,
    organisation: bilingual,
    acting: z.boolean(),
    place: bilingual,
    date: z.string(),
    signedAt: at,
    publicKey: z.string(),
  })
  .openapi("Signature")

export const versionSchema: z.ZodType<VersionInfo> = z
  .object({
    number: z.int().positive(),
    frozenAt: at,
    frozenBy: party.nullable(),
    planHash: hash,
    manifestHash: hash,
    status: z.enum(["frozen", "signed", "unlocked"]),
    signatures: z.array(signatureInfo),
    files: z.array(z.object({ name: z.string(), size: count, sha256: hash })),
    pack: z.boolean(),
  })
  .openapi("Version")

export const jobSchema: z.ZodType<JobInfo> = z
  .object({
    id: z.string(),
    format: z.enum(["pdf", "docx", "json", "pack"]),
    status: z.enum(["queued", "running", "done", "failed", "cancelled"]),
    progress: z.number().min(0).max(100),
    step: bilingual.nullable(),
    file: z.object({ name: z.string(), size: count }).nullable(),
    error: z.string().nullable(),
  })
  .openapi("Job")

export const actReplySchema: z.ZodType<ActReply> = z
  .object({
    rulesRev: count,
    seq: count,
    completed: z
      .boolean()
      .openapi({ description: "false: this side's consent is recorded, the other side's is awaited" }),
    created: z.object({ type: z.string(), id: z.string() }).nullable(),
    events: z.array(eventSchema),
  })
  .openapi("ActReply")

export const hintSchema: z.ZodType<StreamHint> = z
  .object({
    type: z.enum(["standing", "comments", "events", "version", "job"]),
    rev: z.union([z.number(), z.string()]),
  })
  .openapi("Hint")

/** Replies whose form another package owns and checks: documented as open objects, typed by that package. */
export const valueOf = <T>(name: string, description: string): z.ZodType<T> =>
  z.looseObject({}).openapi(name, { description }) as unknown as z.ZodType<T>
