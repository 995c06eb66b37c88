import { createHash } from "node:crypto"
import { createReadStream } from "node:fs"
import { readFile } from "node:fs/promises"
import { join } from "node:path"
import { err, ok, type Result } from "@alternat/plan"
import { connect, errorText, type Tx } from "../connect.ts"
import { MIGRATIONS } from "../migrations/index.ts"
import { type BackupError, type BackupManifest, fileOf, MANIFEST } from "./manifest.ts"
import { BACKUP_TABLES } from "./tables.ts"

const fail = (type: BackupError["type"], message: string): Result<never, BackupError> => err({ type, message })
const PAGE = 100

/**
 * Into a migrated, empty database, in one transaction. Every document's epoch rises, so that editors which have seen
 * later states than the backup's keep their words as drafts instead of merging them in. Nobody stays signed in.
 */
export async function restoreDatabase(ownerUrl: string, dir: string): Promise<Result<BackupManifest, BackupError>> {
  const checked = await checkBackup(dir)
  if (!checked.ok) return checked
  const sql = connect(ownerUrl, { role: null, max: 1, statementTimeoutMs: 3_600_000 })
  try {
    return await sql.begin(async (tx): Promise<Result<BackupManifest, BackupError>> => {
      for (const { name } of BACKUP_TABLES)
        if ((await tx.unsafe(`select 1 from ${name} limit 1`)).length > 0)
          return fail("NotEmpty", `the database is not empty: ${name} has rows`)
      for (const { name } of BACKUP_TABLES) await restoreTable(tx, dir, name)
      await tx`update doc set epoch = epoch + 1, rules_rev = rules_rev + 1`
      // what a worker had begun is begun again
      await tx`update job set status = 'queued' where status = 'running'`
      return ok(checked.value)
    })
  } catch (error) {
    return fail("Damaged", `the backup was not restored: ${errorText(error)}`)
  } finally {
    await sql.end({ timeout: 5 })
  }
}

/** Everything is compared with the manifest before the first row is written. */
async function checkBackup(dir: string): Promise<Result<BackupManifest, BackupError>> {
  let manifest: BackupManifest
  try {
    manifest = JSON.parse(await readFile(join(dir, MANIFEST), "utf8")) as BackupManifest
  } catch {
    // no file, or no JSON: either way not one of ours
    return fail("NotABackup", `${dir} holds no whole backup: ${MANIFEST} is missing or unreadable`)
  }
  if (manifest.format !== "alternat-backup/1") return fail("NotABackup", `${dir} is not a backup of this program`)
  if (manifest.migrations.join() !== MIGRATIONS.map(({ name }) => name).join())
    return fail("OtherSchema", "the backup was made by another version of this program; restore it with that one")
  for (const { name } of BACKUP_TABLES) {
    const listed = manifest.tables.find((table) => table.name === name)
    const found = await hashFile(join(dir, fileOf(name)))
    if (!listed || listed.sha256 !== found) return fail("Damaged", `${fileOf(name)} is missing or was changed`)
  }
  return ok(manifest)
}

async function hashFile(path: string): Promise<string | null> {
  try {
    const hash = createHash("sha256")
    for await (const chunk of createReadStream(path)) hash.update(chunk as Buffer)
    return hash.digest("hex")
  } catch {
    // missing: the caller names the file
    return null
  }
}

async function restoreTable(tx: Tx, dir: string, name: string): Promise<void> {
  let page: string[] = []
  const write = async () => {
    if (page.length === 0) return
    await tx.unsafe(`insert into ${name} select * from json_populate_recordset(null::${name}, $1::text::json)`, [
      `[${page.join(",")}]`,
    ])
    page = []
  }
  for await (const line of readLines(join(dir, fileOf(name)))) {
    page.push(line)
    if (page.length >= PAGE) await write()
  }
  await write()
}

/** Split at line feeds only: `node:readline` also splits at U+2028, which people do paste into comments. */
async function* readLines(path: string): AsyncGenerator<string> {
  let rest = ""
  for await (const chunk of createReadStream(path, { encoding: "utf8" })) {
    const lines = (rest + String(chunk)).split("\n")
    rest = lines.pop() ?? ""
    yield* lines
  }
}
