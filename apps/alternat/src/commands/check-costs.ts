import { readFile } from "node:fs/promises"
import { checkCosts } from "@alternat/plan"
import { CommandError } from "../command-error.ts"

const MAX_BYTES = 20 * 1024 * 1024

/**
 * `alternat check-costs FILE`: the cost checks over a table in the interchange form, as JSON on stdout.
 * Exit 0 no errors, 1 errors, 2 unreadable.
 */
export async function checkCostsFile(args: readonly string[]): Promise<number> {
  const [file] = args
  if (!file) throw new CommandError("name the file: alternat check-costs FILE", 2)
  const table = parse(file, await read(file))
  const checked = checkCosts(table)
  if (!checked.ok) throw new CommandError(`${file} is not a cost table: ${checked.error.message.en}`, 2)
  process.stdout.write(`${JSON.stringify(checked.value, null, 2)}\n`)
  return checked.value.findings.some((finding) => finding.severity === "error") ? 1 : 0
}

async function read(file: string): Promise<string> {
  const bytes = await readFile(file).catch((error: NodeJS.ErrnoException) => {
    throw new CommandError(
      `cannot read ${file}: ${error.code === "ENOENT" ? "there is no such file" : error.message}`,
      2,
    )
  })
  if (bytes.length > MAX_BYTES)
    throw new CommandError(`${file} is larger than ${MAX_BYTES / 1024 / 1024} MB; a cost table is not`, 2)
  return bytes.toString("utf8").replace(/^\uFEFF/, "")
}

function parse(file: string, text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (error) {
    throw new CommandError(`${file} is not JSON: ${error instanceof Error ? error.message : String(error)}`, 2)
  }
}
