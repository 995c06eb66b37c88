import { createHash } from "node:crypto"
import { mkdir, open, readdir, writeFile } from "node:fs/promises"
import { join } from "node:path"
import { err, ok, type Result } from "@alternat/plan"
import { connect, errorText, type Tx } from "../connect.ts"
import { type BackupError, type BackupManifest, fileOf, MANIFEST } from "./manifest.ts"
import { BACKUP_TABLES } from "./tables.ts"

const fail = (type: BackupError["type"], message: string): Result<never, BackupError> => err({ type, message })

/**
 * One consistent snapshot of every table, as JSON lines and a manifest, into an empty directory. Safe while people work.
 * The manifest is written last: a backup that was cut off has none and is refused.
 */
export async function dumpDatabase(ownerUrl: string, dir: string): Promise<Result<BackupManifest, BackupError>> {
  try {
    await mkdir(dir, { recursive: true, mode: 0o700 })
    if ((await readdir(dir)).length > 0) return fail("NotEmpty", `${dir} is not empty`)
  } catch (error) {
    return fail("NotWritable", `${dir} can't be written: ${errorText(error)}`)
  }
  const sql = connect(ownerUrl, { role: null, max: 1, statementTimeoutMs: 3_600_000 })
  try {
    const manifest = await sql.begin(
      "isolation level repeatable read read only",
      async (tx): Promise<BackupManifest> => {
        const migrations = await tx<{ name: string }[]>`select name from schema_migration order by name`
        const [clock] = await tx<{ now: Date }[]>`select now() as now`
        const tables = []
        for (const { name, order } of BACKUP_TABLES) tables.push(await dumpTable(tx, dir, name, order))
        return {
          format: "alternat-backup/1",
          madeAt: (clock?.now ?? new Date()).toISOString(),
          migrations: migrations.map((row) => row.name),
          tables,
        }
      },
    )
    await writeFile(join(dir, MANIFEST), `${JSON.stringify(manifest, null, 2)}\n`, { mode: 0o600 })
    return ok(manifest)
  } catch (error) {
    return fail("Unreachable", `the backup was not made: ${errorText(error)}`)
  } finally {
    await sql.end({ timeout: 5 })
  }
}

async function dumpTable(tx: Tx, dir: string, name: string, order: string): Promise<BackupManifest["tables"][number]> {
  const file = await open(join(dir, fileOf(name)), "wx", 0o600)
  const hash = createHash("sha256")
  let rows = 0
  try {
    for await (const page of tx
      .unsafe<{ line: string }[]>(`select row_to_json(t)::text as line from ${name} t order by ${order}`)
      .cursor(200)) {
      const text = page.map((row) => `${row.line}\n`).join("")
      await file.appendFile(text)
      hash.update(text)
      rows += page.length
    }
    await file.sync()
  } finally {
    await file.close()
  }
  return { name, rows, sha256: hash.digest("hex") }
}
