import { CommandError } from "../command-error.ts"
import { readConfig } from "../config.ts"
import { openDatabase } from "../database.ts"

/**
 * `alternat init`: a one-time link that makes the first members of both delegations. The token stands in the fragment,
 * which no browser sends and no proxy logs; the database has its hash alone.
 */
export async function init(_args: readonly string[], env: NodeJS.ProcessEnv): Promise<number> {
  const config = readConfig(env)
  if (config.demo)
    throw new CommandError("this installation has the demo and its members; set DEMO=off for one of your own")
  const database = await openDatabase(config, { share: true })
  try {
    const made = await database.store.setup.makeToken()
    if (!made.ok)
      throw new CommandError("this installation has its members already; they make further plans themselves")
    process.stdout.write(`${config.publicUrl}/setup#${made.value.token}\n`)
    return 0
  } finally {
    await database.close()
  }
}
