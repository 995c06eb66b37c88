import { readFile, stat } from "node:fs/promises"
import { CommandError } from "../command-error.ts"
import { printReport } from "../verify-report.ts"

/** A pack holds a few megabytes; nothing larger is read into memory. */
const MAX_BYTES = 512 * 1024 * 1024

/** `alternat verify FILE`: one line per named check. Exit 0 all hold, 1 a check fails, 2 not a pack. */
export async function verify(args: readonly string[]): Promise<number> {
  const [file] = args
  if (!file) throw new CommandError("name the file: alternat verify FILE", 2)
  const info = await stat(file).catch(() => null)
  if (!info?.isFile()) throw new CommandError(`cannot read ${file}: there is no such file`, 2)
  if (info.size > MAX_BYTES) throw new CommandError(`${file} is larger than any pack`, 2)
  return printReport(new Uint8Array(await readFile(file)), (line) => process.stdout.write(`${line}\n`))
}
