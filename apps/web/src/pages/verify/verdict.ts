import type { VerifyReport } from "@alternat/seal"

/** The bound of what is read at all. Real packs have a few megabytes. */
export const MAX_FILE_BYTES = 512 * 1024 * 1024

export interface FileFacts {
  readonly name: string
  readonly size: number
}

/** How far the page has come with the file. */
export type Reading =
  | { readonly phase: "empty" }
  | { readonly phase: "working" | "too-large" | "unreadable"; readonly file: FileFacts }
  | { readonly phase: "read"; readonly file: FileFacts; readonly report: VerifyReport }

export type Verdict =
  | "empty"
  | "working"
  | "holds"
  | "copyHolds"
  | "fails"
  | "copyFails"
  | "notPack"
  | "tooLarge"
  | "unreadable"

/** The one word for it, by which its sentences are found. */
export function verdictOf(reading: Reading): Verdict {
  if (reading.phase === "too-large") return "tooLarge"
  if (reading.phase !== "read") return reading.phase
  const { kind, ok } = reading.report
  if (kind === "not-a-pack") return "notPack"
  if (kind === "signed-copy") return ok ? "copyHolds" : "copyFails"
  return ok ? "holds" : "fails"
}

/**
 * The files to name beside the verdict: those whose hash is wrong, because other checks only follow from them; without
 * such, all that any failing check names.
 */
export function filesAtFault(report: VerifyReport): readonly string[] {
  const failing = report.checks.filter((check) => !check.ok)
  const hashed = failing.find((check) => check.name === "FILES")?.files ?? []
  return [...new Set(hashed.length > 0 ? hashed : failing.flatMap((check) => check.files))]
}

/** A few names, and how many more there are. */
export function nameSome(files: readonly string[], most = 4): string {
  const more = files.length - most
  return files.slice(0, most).join(", ") + (more > 0 ? ` + ${more}` : "")
}

/** A file name as one word of a shell. */
export const shellWord = (name: string): string =>
  /^[\w.][\w.+@-]*$/u.test(name) ? name : `'${name.replaceAll("'", String.raw`'\''`)}'`
