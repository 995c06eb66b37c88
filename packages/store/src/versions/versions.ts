import type { PartyCode, SignatureInfo, SignRequest, SignStatement, Standing, VersionInfo } from "@alternat/plan"
import type { Queryable } from "../connect.ts"
import { json } from "../connect.ts"
import type { NewFile, NewVersion, StoredFile, StoredSignature, VersionRow } from "../contract/versions.ts"
import { iso, type ReaderContext } from "../reader-context.ts"
import { sha256Hex } from "../sha256.ts"

interface InfoRow {
  readonly number: number
  readonly frozen_at: Date
  readonly frozen_by: PartyCode | null
  readonly plan_hash: string
  readonly manifest_hash: string
  readonly status: VersionInfo["status"]
}

export async function readVersions(sql: Queryable, planId: string): Promise<readonly VersionInfo[]> {
  const [versions, files] = await Promise.all([
    sql<InfoRow[]>`
      select number, frozen_at, frozen_by, plan_hash, manifest_hash, status
        from version where plan_id = ${planId} order by number`,
    sql<{ number: number; name: string; size: number; sha256: string }[]>`
      select number, name, length(bytes) as size, sha256 from version_file where plan_id = ${planId} order by ordinal`,
  ])
  const infos: VersionInfo[] = []
  for (const row of versions) {
    const signatures = await readSignatures(sql, planId, row.number)
    infos.push({
      number: row.number,
      frozenAt: iso(row.frozen_at),
      frozenBy: row.frozen_by,
      planHash: row.plan_hash,
      manifestHash: row.manifest_hash,
      status: row.status,
      signatures: signatures.map((signature) => signature.info),
      files: files
        .filter((file) => file.number === row.number)
        .map(({ name, size, sha256 }) => ({ name, size, sha256 })),
      pack: signatures.length >= 2,
    })
  }
  return infos
}

export async function readVersion(sql: Queryable, planId: string, number: number): Promise<VersionRow | null> {
  const [row] = await sql<{ seq: number; plan: Uint8Array; standing: Standing }[]>`
    select seq, plan, standing from version where plan_id = ${planId} and number = ${number}`
  const info = (await readVersions(sql, planId)).find((version) => version.number === number)
  return row && info ? { info, ...row } : null
}

export async function readVersionFile(
  sql: Queryable,
  planId: string,
  number: number,
  name: string,
): Promise<StoredFile | null> {
  const [row] = await sql<StoredFile[]>`
    select name, type, bytes, sha256 from version_file
     where plan_id = ${planId} and number = ${number} and name = ${name}`
  return row ?? null
}

export async function readSignatures(
  sql: Queryable,
  planId: string,
  number: number,
): Promise<readonly StoredSignature[]> {
  const rows = await sql<
    { party: PartyCode; statement: SignStatement; public_key: string; signature: string; signed_at: Date }[]
  >`
    select party, statement, public_key, signature, signed_at
      from signature where plan_id = ${planId} and number = ${number} order by signed_at, party`
  return rows.map((row) => ({
    party: row.party,
    statement: row.statement,
    publicKey: row.public_key,
    signature: row.signature,
    signedAt: iso(row.signed_at),
    info: toInfo(row.statement, row.public_key, row.signed_at),
  }))
}

const toInfo = (statement: SignStatement, publicKey: string, signedAt: Date): SignatureInfo => ({
  party: statement.party,
  post: statement.post,
  name: statement.name,
  organisation: statement.organisation,
  acting: statement.acting,
  place: statement.place,
  date: statement.date,
  signedAt: iso(signedAt),
  publicKey,
})

/** The next number. The plan's document row is locked, so no two versions take one. */
export async function createVersion(
  { tx, now }: ReaderContext,
  planId: string,
  frozenBy: PartyCode | null,
  version: NewVersion,
): Promise<number> {
  const [row] = await tx<{ number: number }[]>`
    insert into version (plan_id, number, seq, frozen_at, frozen_by, plan_hash, manifest_hash, status, plan, update_bytes,
                         standing)
    select ${planId}, coalesce(max(number), 0) + 1, ${version.seq}, ${version.frozenAt ? new Date(version.frozenAt) : now}, ${frozenBy}, ${version.planHash},
           ${version.manifestHash}, 'frozen', ${Buffer.from(version.plan)},
           ${version.update ? Buffer.from(version.update) : null}::bytea, ${json(version.standing)}::jsonb
      from version where plan_id = ${planId}
    returning number`
  if (!row) throw new Error("broken invariant: an insert that returned nothing")
  for (const file of version.files) await addVersionFile(tx, planId, row.number, file)
  return row.number
}

export async function addVersionFile(sql: Queryable, planId: string, number: number, file: NewFile): Promise<void> {
  await sql`
    insert into version_file (plan_id, number, name, type, bytes, sha256, ordinal)
    select ${planId}, ${number}, ${file.name}, ${file.type}, ${Buffer.from(file.bytes)}, ${sha256Hex(file.bytes)},
           coalesce(max(ordinal), 0) + 1
      from version_file where plan_id = ${planId} and number = ${number}`
}

export async function setVersionStatus(
  sql: Queryable,
  planId: string,
  number: number,
  status: "signed" | "unlocked",
): Promise<void> {
  await sql`update version set status = ${status} where plan_id = ${planId} and number = ${number}`
}

export async function addSignature(
  { tx, reader, now }: ReaderContext,
  planId: string,
  number: number,
  request: SignRequest,
): Promise<boolean> {
  const rows = await tx`
    insert into signature (plan_id, number, party, user_id, statement, public_key, signature, signed_at)
    values (${planId}, ${number}, ${request.statement.party}, ${reader.userId}, ${json(request.statement)}::jsonb,
            ${request.publicKey}, ${request.signature}, ${now})
    on conflict (plan_id, number, party) do nothing
    returning party`
  return rows.length === 1
}
