import { readFileSync, statSync } from "node:fs"
import {
  MAX_CONTAINER_BYTES,
  parseFingerprint,
  readKeyCard,
  tooLargeReport,
  type VerifyReport,
  verifyPack,
} from "@alternat/seal"
import { CommandError } from "./command-error.ts"
import { printJson, printReport, type VerifyExit } from "./verify-report.ts"

export const VERIFY_USAGE = "verify FILE [--keys FILE or FINGERPRINT …] [--json]"

/** The request to `verify`, from the command line of the product or of the verifier inside a pack. */
interface VerifyRequest {
  readonly file: string
  /** fingerprints, 64 hex characters */
  readonly keys: readonly string[]
  readonly json: boolean
}

/** Verifies one file as the arguments say and prints what was found. */
export function verifyFile(args: readonly string[], print: (line: string) => void): VerifyExit {
  const request = readRequest(args)
  const report = examine(request)
  return request.json ? printJson(report, print) : printReport(report, print)
}

function examine({ file, keys }: VerifyRequest): VerifyReport {
  const info = statSync(file, { throwIfNoEntry: false })
  if (!info?.isFile()) throw new CommandError(`cannot read ${file}: there is no such file`, 2)
  // not even read: what is larger than any pack would fill the memory for nothing
  if (info.size > MAX_CONTAINER_BYTES) return tooLargeReport()
  const { buffer, byteOffset, byteLength } = readFileSync(file)
  return verifyPack(new Uint8Array(buffer, byteOffset, byteLength), { keys })
}

function readRequest(args: readonly string[]): VerifyRequest {
  const files: string[] = []
  const given: string[] = []
  let into = files
  let isKeysNamed = false
  for (const arg of args) {
    if (arg === "--keys") {
      into = given
      isKeysNamed = true
    } else if (arg.startsWith("--keys=")) {
      given.push(arg.slice("--keys=".length))
      isKeysNamed = true
    } else if (arg === "--json") into = files
    else if (arg.startsWith("--")) throw new CommandError(`there is no option ${arg}: ${VERIFY_USAGE}`, 2)
    else into.push(arg)
  }
  // `verify --keys KEY FILE`: what comes last is the file
  const file = files.shift() ?? given.pop()
  if (file === undefined || files.length > 0) throw new CommandError(`name one file: ${VERIFY_USAGE}`, 2)
  const keys = joinGroups(given).map(readKey)
  if (isKeysNamed && keys.length === 0) throw new CommandError("--keys needs a key card or a fingerprint", 2)
  return { file, keys, json: args.includes("--json") }
}

/** A fingerprint pasted without quotes arrives in sixteen arguments of four digits. */
function joinGroups(given: readonly string[]): readonly string[] {
  const joined: string[] = []
  let digits = ""
  for (const part of given) {
    const isGroup = /^[0-9a-f]{1,32}$/i.test(part) && digits.length + part.length <= 64
    if (isGroup) digits += part
    else {
      if (digits !== "") joined.push(digits)
      digits = ""
      joined.push(part)
    }
    if (digits.length === 64) {
      joined.push(digits)
      digits = ""
    }
  }
  return digits === "" ? joined : [...joined, digits]
}

const MAX_CARD_BYTES = 64 * 1024

function readKey(given: string): string {
  const fingerprint = parseFingerprint(given)
  if (fingerprint !== null) return fingerprint
  const info = statSync(given, { throwIfNoEntry: false })
  if (!info?.isFile())
    throw new CommandError(`--keys ${given}: neither a file nor a fingerprint of 64 hexadecimal digits`, 2)
  const card = info.size > MAX_CARD_BYTES ? null : readKeyCard(readFileSync(given, "utf8"))
  if (card?.ok !== true) throw new CommandError(`--keys ${given}: not a public key card (JSON with "publicKey")`, 2)
  return card.value
}
