import { z } from "zod"
import { type DeepReadonly, TABLE_NAMES, type TableName } from "./tables.ts"

/**
 * Acts: what a person does deliberately, as opposed to edits. Every act names the exact bytes it is about
 * (`hash`, `rev`), so that a double click or a race is a 409 and not a surprise.
 */
const hash = z.string().regex(/^[0-9a-f]{64}$/)
const hashPair = z.object({ en: hash, ru: hash })
const id = z.string().min(1).max(80)
const bilingual = z.object({ en: z.string().max(4000), ru: z.string().max(4000) })
const reason = z.string().trim().min(1).max(2000)
const date = z.iso.date()

const inline = z.union([
  z.string().max(20_000),
  z.object({ em: z.string().max(20_000) }).strict(),
  z.object({ field: z.enum(["date", "amount", "percent", "rate", "ref"]), key: z.string().max(120) }).strict(),
  z
    .object({
      field: z.literal("party"),
      key: z.string().max(20),
      case: z.enum(["nom", "gen", "dat", "acc", "ins", "pre"]),
    })
    .strict(),
  z
    .object({
      field: z.literal("placeholder"),
      key: z.string().max(120),
      kind: z.enum(["text", "date", "amount", "person"]),
    })
    .strict(),
])
export const clauseTextSchema = z
  .array(
    z.union([
      z.object({ p: z.array(inline).max(400) }).strict(),
      z.object({ list: z.array(z.array(inline).max(400)).max(60) }).strict(),
    ]),
  )
  .max(100)

const tableName = z.enum(TABLE_NAMES as [TableName, ...TableName[]])
const clauseItem = z.object({ clauseId: id, hash: hashPair })
const lineItem = z.object({ lineId: id, hash })
const clauseItems = z.array(clauseItem).max(500).default([])
const lineItems = z.array(lineItem).max(200).default([])

const fromDraft = {
  /** the caucus draft this came from, removed from the caucus once tabled; the words must be those that it puts out */
  draftId: id.nullable().default(null),
  /** the draft exactly as it was shown, marking included */
  draftHash: hash.nullable().default(null),
  /** open private threads on the clause that the releasing officer has seen; they stay in the caucus */
  staying: z.array(id).max(500).default([]),
}

export const actSchema = z.discriminatedUnion("act", [
  // proposals: tabled by a releasing officer with the exact outgoing bytes; the proposer's tabling is its consent
  z.object({
    act: z.literal("table_proposal"),
    clauseId: id,
    kind: z.enum(["replace", "insert_after", "delete"]),
    base: hashPair,
    en: clauseTextSchema,
    ru: clauseTextSchema,
    note: bilingual.nullable().default(null),
    ...fromDraft,
  }),
  z.object({
    act: z.literal("revise_proposal"),
    proposalId: id,
    hash,
    /** the working text that the new wording was written against; null: the text as it stands when the act comes */
    base: hashPair.nullable().default(null),
    en: clauseTextSchema,
    ru: clauseTextSchema,
    note: bilingual.nullable().default(null),
    ...fromDraft,
  }),
  z.object({ act: z.literal("withdraw_proposal"), proposalId: id, hash }),
  // `base` is the working text that was shown, `hash` the proposal as it was shown beside it (`followProposal`)
  z.object({
    act: z.literal("consent_proposal"),
    items: z
      .array(z.object({ proposalId: id, hash, base: hashPair }))
      .min(1)
      .max(200),
  }),
  z.object({
    act: z.literal("table_table_proposal"),
    kind: z.enum(["ramp_share", "amount", "new_line", "joint_rank"]),
    value: z.record(z.string(), z.unknown()),
    base: hash,
    reason: bilingual.nullable().default(null),
  }),
  z.object({ act: z.literal("withdraw_table_proposal"), proposalId: id, hash }),
  z.object({
    act: z.literal("consent_table_proposal"),
    items: z
      .array(z.object({ proposalId: id, hash, base: hash }))
      .min(1)
      .max(200),
  }),
  // rows of the tables; `hash` is of the row as it was seen
  z.object({ act: z.literal("withdraw_row"), table: tableName, rowId: id, hash }),
  z.object({ act: z.literal("restore_row"), table: tableName, rowId: id, hash }),
  // agreement
  z.object({ act: z.literal("agree_ad_referendum"), clauses: clauseItems, lines: lineItems }),
  z.object({ act: z.literal("agree"), clauses: clauseItems, lines: lineItems }),
  z.object({ act: z.literal("reopen"), clauses: clauseItems, lines: lineItems, reason }),
  z.object({ act: z.literal("park"), clauses: clauseItems, reason }),
  z.object({ act: z.literal("unpark"), clauses: clauseItems, reason }),
  // the two languages
  z.object({ act: z.literal("attest"), clauses: z.array(clauseItem).min(1).max(500) }),
  z.object({ act: z.literal("flag_divergence"), clauseId: id, hash: hashPair, note: reason }),
  // reserves
  z.object({
    act: z.literal("make_reserve"),
    clauseId: id,
    hash: hashPair,
    kind: z.enum(["scrutiny", "legal", "language"]),
    reason: bilingual,
    due: date.nullable().default(null),
  }),
  z.object({ act: z.literal("lift_reserve"), reserveId: id }),
  // versions; planHash is the hash of the plan.json the reader saw in the preflight
  z.object({ act: z.literal("freeze"), planHash: hash }),
  z.object({ act: z.literal("unlock"), version: z.int().positive(), manifestHash: hash, reason }),
])

export type Act = z.infer<typeof actSchema>
/** As a caller writes it: defaults left out, readonly values welcome. */
export type ActInput = DeepReadonly<z.input<typeof actSchema>>
export type ActName = Act["act"]

/** `POST …/versions/{n}/signatures`: the statement is signed in the head's own browser; the server only checks and keeps it. */
export const signStatementSchema = z
  .object({
    format: z.literal("alternat-statement/1"),
    manifest: hash,
    party: z.string().max(20),
    post: bilingual,
    name: bilingual,
    organisation: bilingual,
    acting: z.boolean(),
    place: bilingual,
    date,
  })
  .strict()
export type SignStatement = z.infer<typeof signStatementSchema>
export const signRequestSchema = z.object({
  statement: signStatementSchema,
  /** Ed25519, 64 hex characters */
  publicKey: z.string().regex(/^[0-9a-f]{64}$/),
  /** Ed25519, 128 hex characters, over `alternat-statement/1\n` + RFC 8785 bytes of the statement */
  signature: z.string().regex(/^[0-9a-f]{128}$/),
})
export type SignRequest = z.infer<typeof signRequestSchema>
