import { readConfig } from "../config.ts"
import { openDatabase } from "../database.ts"

/** `alternat migrate`: brings the database to this build's schema and says what it did. */
export async function migrate(_args: readonly string[], env: NodeJS.ProcessEnv): Promise<number> {
  const database = await openDatabase(readConfig(env))
  try {
    const { applied } = database
    process.stdout.write(applied.length === 0 ? "The database is up to date.\n" : `Applied ${applied.join(", ")}.\n`)
    return 0
  } finally {
    await database.close()
  }
}
