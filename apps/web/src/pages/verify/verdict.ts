import { MAX_CONTAINER_BYTES, type SignerKey, type VerifyReport } from "@alternat/seal"

/** The bound of what is read at all. Real packs have a few megabytes. */
export const MAX_FILE_BYTES = MAX_CONTAINER_BYTES

export interface FileFacts {
  readonly name: string
  readonly size: number
}

/** A key that the reader holds from elsewhere. */
export interface GivenKey {
  /** 64 hex characters */
  readonly fingerprint: string
  /** the card it was read from; null: typed or pasted */
  readonly card: string | null
}

/** How far the page has come with the file. */
export type Reading =
  | { readonly phase: "empty" }
  | { readonly phase: "working" | "too-large" | "unreadable"; readonly file: FileFacts }
  | { readonly phase: "read"; readonly file: FileFacts; readonly report: VerifyReport }

export type Verdict =
  | "empty"
  | "working"
  | "genuine"
  | "copyGenuine"
  | "intact"
  | "copyIntact"
  | "otherKeys"
  | "fails"
  | "copyFails"
  | "notPack"
  | "tooLarge"
  | "unreadable"

/** The one word for it, by which its sentences are found. */
export function verdictOf(reading: Reading): Verdict {
  if (reading.phase === "too-large") return "tooLarge"
  if (reading.phase !== "read") return reading.phase
  const { kind, verdict, checks } = reading.report
  const failing = checks.filter((check) => !check.ok)
  const isCopy = kind === "signed-copy"
  switch (verdict) {
    case "unreadable":
      return failing.some((check) => check.code === "limits") ? "tooLarge" : "notPack"
    case "genuine":
      return isCopy ? "copyGenuine" : "genuine"
    case "intact":
      return isCopy ? "copyIntact" : "intact"
    case "failed":
      if (failing.every((check) => check.code === "key_unknown")) return "otherKeys"
      return isCopy ? "copyFails" : "fails"
  }
}

/** Key cards are small files of JSON; whatever else is dropped is meant to be a pack. */
export const isLikeKeyCard = (file: FileFacts): boolean => /\.json$/i.test(file.name) && file.size <= 64 * 1024

/** Each key once, a card's name before none. */
export function addKeys(
  given: readonly GivenKey[],
  prints: readonly string[],
  card: string | null,
): readonly GivenKey[] {
  const added = prints.map((fingerprint) => ({ fingerprint, card }))
  return [...given.filter((key) => !prints.includes(key.fingerprint)), ...added]
}

/** The keys as the reader's language orders the parties: its own side first. */
export const inOrder = <T>(keys: readonly T[], lang: "en" | "ru"): readonly T[] =>
  lang === "ru" ? keys.toReversed() : keys

/** Sixteen groups of four. */
export const groupsOf = ({ fingerprint }: Pick<SignerKey, "fingerprint">): readonly string[] =>
  fingerprint.match(/.{4}/g) ?? []

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
