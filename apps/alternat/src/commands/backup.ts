import path from "node:path"
import { dumpDatabase, restoreDatabase } from "@alternat/store"
import { CommandError } from "../command-error.ts"
import { readConfig } from "../config.ts"
import { openDatabase } from "../database.ts"

/** `alternat backup DIR`: one consistent snapshot, taken while people work. */
export async function backup(args: readonly string[], env: NodeJS.ProcessEnv): Promise<number> {
  return withDirectory("backup", args, env, async (ownerUrl, dir) => {
    const made = await dumpDatabase(ownerUrl, dir)
    if (!made.ok) throw new CommandError(made.error.message)
    return `Backed up ${rowsOf(made.value)} rows of ${made.value.tables.length} tables into ${dir}.`
  })
}

/** `alternat restore DIR`: into an empty installation. Open editors of before find a new epoch and keep their unsent work as drafts. */
export async function restore(args: readonly string[], env: NodeJS.ProcessEnv): Promise<number> {
  return withDirectory("restore", args, env, async (ownerUrl, dir) => {
    const restored = await restoreDatabase(ownerUrl, dir)
    if (!restored.ok) throw new CommandError(restored.error.message)
    return `Restored ${rowsOf(restored.value)} rows, as they stood at ${restored.value.madeAt}.`
  })
}

const rowsOf = (manifest: { readonly tables: readonly { readonly rows: number }[] }) =>
  manifest.tables.reduce((sum, table) => sum + table.rows, 0)

async function withDirectory(
  command: string,
  args: readonly string[],
  env: NodeJS.ProcessEnv,
  work: (ownerUrl: string, dir: string) => Promise<string>,
): Promise<number> {
  const [dir] = args
  if (!dir) throw new CommandError(`name the directory: alternat ${command} DIR`, 2)
  const database = await openDatabase(readConfig(env), { share: true })
  try {
    process.stdout.write(`${await work(database.urls.owner, path.resolve(dir))}\n`)
    return 0
  } finally {
    await database.close()
  }
}
