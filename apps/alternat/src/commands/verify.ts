import { verifyFile } from "../verify-file.ts"

/** `alternat verify FILE [--keys …] [--json]`: one line per named check; exit codes as `VerifyExit` says. */
export async function verify(args: readonly string[]): Promise<number> {
  return verifyFile(args, (line) => process.stdout.write(`${line}\n`))
}
