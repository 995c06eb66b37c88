import { VERIFY_USAGE, verifyFile } from "./verify-file.ts"

/**
 * The verifier that travels inside every pack as one file: `node verify.mjs PACK.zip --keys …`. It needs Node and nothing
 * else, no network and no installation.
 */
const args = process.argv.slice(2)
if (args.length === 0) {
  process.stderr.write(`node verify.mjs ${VERIFY_USAGE.replace("verify FILE", "PACK.zip")}\n`)
  process.exitCode = 2
} else {
  try {
    process.exitCode = verifyFile(args, (line) => process.stdout.write(`${line}\n`))
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`)
    process.exitCode = 2
  }
}
