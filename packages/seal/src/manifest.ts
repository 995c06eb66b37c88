import {
  type Bilingual,
  err,
  type HashPair,
  ok,
  type PartyCode,
  type PlanDocument,
  type Result,
  TABLE_NAMES,
  type TableName,
} from "@alternat/plan"
import { parseCanonical } from "./canonical.ts"
import { clausePair, hashValue, planHash, sha256Hex, tableHash } from "./hashes.ts"
import type { PackFile } from "./pack-file.ts"

/**
 * What both heads sign the hash of: every file of a version by its SHA-256, and the plan once more by clause, language
 * and table, so that a difference can be named. Made at freeze, identical for both; signatures lie outside it.
 */
export interface Manifest {
  readonly format: "alternat-manifest/1"
  readonly planId: string
  readonly version: number
  readonly frozenAt: string
  /** hash of the manifest of the version before, null for the first */
  readonly previous: string | null
  /** head of the event chain at freeze, where the server gave one */
  readonly eventHead: string | null
  readonly planHash: string
  /** exactly these two sign; in the plan's order */
  readonly parties: readonly { readonly code: PartyCode; readonly name: Bilingual; readonly original: string }[]
  readonly clauses: readonly ({ readonly id: string } & HashPair)[]
  readonly tables: Readonly<Record<TableName, string>>
  /** sorted by name */
  readonly files: readonly ManifestFile[]
}

export interface ManifestFile {
  readonly name: string
  readonly size: number
  readonly sha256: string
}

export interface ManifestInput {
  readonly plan: PlanDocument
  readonly version: number
  readonly frozenAt: string
  readonly previous: string | null
  readonly eventHead: string | null
  /** which file is whose original */
  readonly originals: Readonly<Record<PartyCode, string>>
  /** everything the heads sign, `plan.json` and `checks.json` among it */
  readonly files: readonly PackFile[]
}

/** Names of the pack that lie outside the manifest: it can't name itself, and the others come after it. */
export const UNLISTED = ["certificate.pdf", "manifest.json", "signatures.json"] as const

export function buildManifest(input: ManifestInput): Manifest {
  const { plan } = input
  return {
    format: "alternat-manifest/1",
    planId: plan.id,
    version: input.version,
    frozenAt: input.frozenAt,
    previous: input.previous,
    eventHead: input.eventHead,
    planHash: planHash(plan),
    parties: plan.parties.map((party) => ({
      code: party.code,
      name: { en: party.names.en.full, ru: party.names.ru.full },
      original: input.originals[party.code] ?? "",
    })),
    clauses: clauseHashes(plan),
    tables: tableHashes(plan),
    files: input.files.map(describeFile).toSorted((a, b) => (a.name < b.name ? -1 : 1)),
  }
}

export const manifestHash = (manifest: Manifest): string => hashValue(manifest)

export const describeFile = (file: PackFile): ManifestFile => ({
  name: file.name,
  size: file.bytes.length,
  sha256: sha256Hex(file.bytes),
})

/** Every clause's hash pair, in the plan's order. */
export const clauseHashes = (plan: PlanDocument): Manifest["clauses"] =>
  plan.sections.flatMap((section) => section.clauses.map((clause) => ({ id: clause.id, ...clausePair(clause) })))

export const tableHashes = (plan: PlanDocument): Manifest["tables"] =>
  Object.fromEntries(TABLE_NAMES.map((name) => [name, tableHash(plan.tables[name])])) as Record<TableName, string>

/** Reads `manifest.json`; anything but a canonical, complete manifest is an error. */
export function parseManifest(bytes: Uint8Array): Result<Manifest, "not_canonical" | "not_a_manifest"> {
  const parsed = parseCanonical(bytes)
  if (!parsed.ok) return err("not_canonical")
  return isManifest(parsed.value) ? ok(parsed.value) : err("not_a_manifest")
}

function isManifest(value: unknown): value is Manifest {
  if (!isRecord(value) || value.format !== "alternat-manifest/1") return false
  const { planId, version, frozenAt, previous, eventHead, parties, clauses, tables, files } = value
  return (
    typeof planId === "string" &&
    Number.isSafeInteger(version) &&
    typeof frozenAt === "string" &&
    (previous === null || isHash(previous)) &&
    (eventHead === null || isHash(eventHead)) &&
    isHash(value.planHash) &&
    // two sign; more would only make the verifier do the same work again
    isListOf(parties, (p) => typeof p.code === "string" && typeof p.original === "string" && isRecord(p.name)) &&
    isListOf(clauses, (c) => typeof c.id === "string" && isHash(c.en) && isHash(c.ru)) &&
    isRecord(tables) &&
    isListOf(files, (f) => typeof f.name === "string" && Number.isSafeInteger(f.size) && isHash(f.sha256)) &&
    parties.length <= 2 &&
    isEachOnce(files) &&
    Object.keys(value).length === 11
  )
}

const isHash = (value: unknown): value is string => typeof value === "string" && /^[0-9a-f]{64}$/.test(value)
const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value)
const isListOf = (
  value: unknown,
  fits: (item: Record<string, unknown>) => boolean,
): value is readonly Record<string, unknown>[] =>
  Array.isArray(value) && value.every((item) => isRecord(item) && fits(item))
/** A file that is listed twice would be hashed twice, and a hundred thousand times. */
const isEachOnce = (files: readonly Record<string, unknown>[]): boolean =>
  new Set(files.map((file) => file.name)).size === files.length
