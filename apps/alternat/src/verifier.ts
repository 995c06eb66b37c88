import { readFileSync } from "node:fs"
import { printReport } from "./verify-report.ts"

/**
 * The verifier that travels inside every pack as one file: `node verify.mjs PACK.zip`. It needs Node and nothing else,
 * no network and no installation.
 */
const [file] = process.argv.slice(2)
if (!file) {
  process.stderr.write("node verify.mjs PACK.zip\n")
  process.exitCode = 2
} else {
  try {
    process.exitCode = printReport(new Uint8Array(readFileSync(file)), (line) => process.stdout.write(`${line}\n`))
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`)
    process.exitCode = 2
  }
}
