import { createHash } from "node:crypto"
import { err, ok, type Result } from "@alternat/plan"
import type { Sql } from "./connect.ts"
import { connect, errorText } from "./connect.ts"
import type { DatabaseUrls } from "./contract/store.ts"
import { MIGRATIONS, type Migration } from "./migrations/index.ts"
import { ensureRoles } from "./roles.ts"
import { LAYOUT_MARK, upgradeDocuments } from "./upgrade-documents.ts"

export interface MigrateReport {
  /** names of the migrations that ran now */
  readonly applied: readonly string[]
}
export interface MigrateError {
  readonly type: "Unreachable" | "TooOld" | "AlteredMigration" | "RolesMissing" | "MigrationFailed" | "NewerDatabase"
  /** one clear line */
  readonly message: string
}

/** Any number; the same in every process that migrates. */
const LOCK = 72_910_341
const OLDEST = 150_000

const fail = (type: MigrateError["type"], message: string): Result<never, MigrateError> => err({ type, message })
const sha256 = (text: string): string => createHash("sha256").update(text).digest("hex")

/** Makes the roles if it may, then runs what is missing, one transaction each, one process at a time. */
export async function migrate(
  urls: DatabaseUrls,
  migrations: readonly Migration[] = MIGRATIONS,
): Promise<Result<MigrateReport, MigrateError>> {
  let sql: Sql
  try {
    sql = connect(urls.owner, { role: null, max: 1, statementTimeoutMs: 600_000 })
  } catch (error) {
    return fail("Unreachable", `DATABASE_URL is not a database address: ${errorText(error)}`)
  }
  try {
    const [server] = await sql<{ number: number; name: string }[]>`
      select current_setting('server_version_num')::int as number, current_setting('server_version') as name`
    if (!server || server.number < OLDEST)
      return fail("TooOld", `PostgreSQL 15 or newer is needed, this is ${server?.name ?? "unknown"}`)
    // One connection, so that the advisory lock of its session covers everything below.
    await sql`select pg_advisory_lock(${LOCK})`
    const missing = await ensureRoles(sql, urls.owner === urls.app)
    if (missing)
      return fail("RolesMissing", `the database user may not make roles; have an administrator run: ${missing}`)
    const migrated = await runMissing(sql, migrations)
    if (!migrated.ok) return migrated
    return await upgradeStored(sql, migrated.value)
  } catch (error) {
    return fail("Unreachable", `the database can't be used: ${errorText(error)}`)
  } finally {
    await sql.end({ timeout: 5 })
  }
}

/** Documents are of one layout, as tables are. */
async function upgradeStored(sql: Sql, report: MigrateReport): Promise<Result<MigrateReport, MigrateError>> {
  try {
    await upgradeDocuments(sql)
    return ok(report)
  } catch (error) {
    return fail("MigrationFailed", `a stored document can't be brought to the present layout: ${errorText(error)}`)
  }
}

async function runMissing(sql: Sql, migrations: readonly Migration[]): Promise<Result<MigrateReport, MigrateError>> {
  await sql`
    create table if not exists schema_migration (
      name text primary key, sha256 text not null, applied_at timestamptz not null default now())`
  const done = new Map(
    (await sql<{ name: string; sha256: string }[]>`select name, sha256 from schema_migration`).map((row) => [
      row.name,
      row.sha256,
    ]),
  )
  const known = new Set([...migrations.map((migration) => migration.name), LAYOUT_MARK])
  const newer = [...done.keys()].find((name) => !known.has(name))
  if (newer) return fail("NewerDatabase", `the database is newer than this program: it has migration ${newer}`)
  const altered = migrations.find(({ name, sql }) => done.has(name) && done.get(name) !== sha256(sql))
  if (altered) return fail("AlteredMigration", `migration ${altered.name} was changed after it ran`)

  const applied: string[] = []
  for (const migration of migrations.filter(({ name }) => !done.has(name))) {
    try {
      await sql.begin(async (tx) => {
        await tx.unsafe(migration.sql)
        await tx`insert into schema_migration (name, sha256) values (${migration.name}, ${sha256(migration.sql)})`
      })
    } catch (error) {
      return fail("MigrationFailed", `migration ${migration.name} failed: ${errorText(error)}`)
    }
    applied.push(migration.name)
  }
  return ok({ applied })
}

/** Whether everything this build knows has run. Works under any of our roles. */
export async function isMigrated(sql: Sql): Promise<boolean> {
  const rows = await sql<{ name: string }[]>`select name from schema_migration`
  const done = new Set(rows.map((row) => row.name))
  return MIGRATIONS.every(({ name }) => done.has(name))
}
