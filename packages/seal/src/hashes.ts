import type {
  Bilingual,
  Clause,
  ClauseText,
  HashPair,
  HashPort,
  Lang,
  PlanDocument,
  Proposal,
  ReleaseDraft,
  Row,
  TableProposal,
} from "@alternat/plan"
import { sha256 } from "@noble/hashes/sha2.js"
import { bytesToHex } from "@noble/hashes/utils.js"
import canonicalize from "canonicalize"
import { canonicalBytes } from "./canonical.ts"

/** SHA-256 of bytes, 64 lower-case hex characters. */
export const sha256Hex = (bytes: Uint8Array): string => bytesToHex(sha256(bytes))

/** SHA-256 of a value's canonical bytes. */
export const hashValue = (value: unknown): string => sha256Hex(canonicalBytes(value))

/** One text of a clause. Fields are hashed as their keys, so a new rate in a table alters the table's hash, not the clause's. */
export const clauseHash = (text: ClauseText): string => hashValue(text)

/** Both texts of a clause. Where it has a wording for the other original, that wording is part of its language's hash. */
export const clausePair = (clause: Pick<Clause, "en" | "ru" | "alternat">): HashPair => ({
  en: languageHash(clause, "en"),
  ru: languageHash(clause, "ru"),
})

const languageHash = (clause: Pick<Clause, "en" | "ru" | "alternat">, lang: Lang): string =>
  clause.alternat === undefined
    ? clauseHash(clause[lang])
    : hashValue({ alternat: clause.alternat[lang], text: clause[lang] })

/** One row of a typed table, by its values; where it stands among its neighbours is the table's matter. */
export const rowHash = (row: Row): string => hashValue(row)

/** A typed table, in its order. */
export const tableHash = (rows: readonly Row[]): string => hashValue(rows)

/** What a delegation consents to when it accepts a proposal: not its reason, its dates or its fate. */
export const proposalHash = (proposal: ProposalContent): string =>
  hashValue({
    base: pair(proposal.base),
    clauseId: proposal.clauseId,
    en: proposal.en,
    kind: proposal.kind,
    party: proposal.party,
    ru: proposal.ru,
  })
export type ProposalContent = Pick<Proposal, "base" | "clauseId" | "en" | "kind" | "party" | "ru">

/** The same for a proposal about a table. */
export const tableProposalHash = (proposal: TableProposalContent): string =>
  hashValue({
    base: proposal.base,
    kind: proposal.kind,
    party: proposal.party,
    value: proposal.value,
  })
export type TableProposalContent = Pick<TableProposal, "base" | "kind" | "party" | "value">

/** A caucus draft, all of it. Its words may be in any form that typing gives; they count as their normal form. */
export const draftHash = ({ base = null, clauseId, en, kind, marking, note, ru }: DraftContent): string =>
  hashValue(wellFormed({ base, clauseId, en, kind, marking, note, ru }))
export type DraftContent = Omit<ReleaseDraft, "id">

const wellFormed = (value: unknown): unknown => {
  if (typeof value === "string") return value.normalize("NFC").replace(/\p{Surrogate}/gu, "\uFFFD")
  if (Array.isArray(value)) return value.map(wellFormed)
  if (typeof value !== "object" || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, wellFormed(inner)]))
}

/**
 * The seal of a ranking: SHA-256 over the salt, a line feed and the RFC 8785 form of the ranks. Given after the reveal with
 * both salts, so that anybody makes it again. Middle places of equals are halves, which JCS writes and `canonicalText` doesn't.
 */
export const rankingCommitment = (salt: string, ranks: Readonly<Record<string, number>>): string =>
  sha256Hex(new TextEncoder().encode(`${salt}\n${canonicalize(ranks)}`))

/** The bytes of `plan.json`. */
export const planBytes = (plan: PlanDocument): Uint8Array => canonicalBytes(plan)

/** The whole plan: SHA-256 of `plan.json`. */
export const planHash = (plan: PlanDocument): string => sha256Hex(planBytes(plan))

const pair = (value: Bilingual): Bilingual => ({ en: value.en, ru: value.ru })

/** These hashes as the rules of `plan` ask for them. */
export const hashPort: HashPort = {
  clausePair,
  rowHash,
  tableHash,
  proposalHash,
  tableProposalHash,
  draftHash,
  planHash,
}
