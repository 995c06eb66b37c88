import { pathToFileURL } from "node:url"
import { CommandError } from "./command-error.ts"
import { environment } from "./config.ts"

type Command = (args: readonly string[], env: NodeJS.ProcessEnv) => Promise<number>

/** Loaded when asked for, so that `check-costs` doesn't wait for a database driver. */
const COMMANDS: Readonly<Record<string, () => Promise<Command>>> = {
  start: async () => (await import("./commands/start.ts")).start,
  verify: async () => (await import("./commands/verify.ts")).verify,
  "check-costs": async () => (await import("./commands/check-costs.ts")).checkCostsFile,
  backup: async () => (await import("./commands/backup.ts")).backup,
  restore: async () => (await import("./commands/backup.ts")).restore,
  init: async () => (await import("./commands/init.ts")).init,
  migrate: async () => (await import("./commands/migrate.ts")).migrate,
}

const USAGE = `alternat start                 the whole product on one port
alternat verify FILE           verify a pack or a signed copy, offline; with --keys, whose keys signed it
alternat check-costs FILE      check a cost table in the interchange form
alternat backup DIR            a consistent backup of everything
alternat restore DIR           restore it into an empty installation
alternat init                  a one-time link that makes the first members of both delegations
alternat migrate               bring the database to this build's schema`

/** @returns the exit code. What goes wrong is one clear line on stderr. */
export async function main(args: readonly string[], env: NodeJS.ProcessEnv = environment()): Promise<number> {
  const [name, ...rest] = args
  const load = name === undefined ? undefined : COMMANDS[name]
  if (!load) {
    const help = name === undefined || name === "help" || name === "--help"
    process[help ? "stdout" : "stderr"].write(`${help ? "" : `alternat: there is no command "${name}"\n`}${USAGE}\n`)
    return help ? 0 : 2
  }
  try {
    return await (await load())(rest, env)
  } catch (error) {
    process.stderr.write(`alternat: ${error instanceof Error ? error.message : String(error)}\n`)
    if (!(error instanceof CommandError) && error instanceof Error && env["LOG_LEVEL"] === "debug")
      process.stderr.write(`${error.stack}\n`)
    return error instanceof CommandError ? error.exitCode : 1
  }
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  process.exitCode = await main(process.argv.slice(2))
}
