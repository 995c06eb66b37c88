import type { Bilingual, PartyCode } from "@alternat/plan"

export interface VerifyCheck {
  /**
   * `CONTAINER`, `MANIFEST`, `FILES`, `CANON`, `PAIRS`, `RULES`, `ALTERNAT`, `CERTIFICATE`, `SIG-US`, `SIG-RU`, `PARTIES`,
   * `DATES`, `KEY-US`, `KEY-RU`; alone, for what could not be examined, `not_a_pack` or `limits`
   */
  readonly name: string
  /** what programs switch on: the name, or a finer code where a check fails in a way of its own */
  readonly code: string
  readonly ok: boolean
  readonly detail: Bilingual
  /** a figure beside the check, such as the number of files */
  readonly note: Bilingual | null
  /** names of the files that fail */
  readonly files: readonly string[]
}

export interface VerifyReport {
  readonly kind: "pack" | "signed-copy" | "not-a-pack"
  /**
   * `genuine`: all holds and both signers' keys are among those the reader gave. `intact`: all holds, and no keys were
   * given: whose keys they are, no file can say of itself.
   */
  readonly verdict: "genuine" | "intact" | "failed" | "unreadable"
  /** every check holds */
  readonly ok: boolean
  readonly checks: readonly VerifyCheck[]
  /** what the file says it is; only as true as the checks */
  readonly claims: VerifyClaims | null
  /** the keys that signed, in the order of the parties */
  readonly keys: readonly SignerKey[]
}

export interface VerifyClaims {
  readonly planId: string
  readonly title: Bilingual | null
  readonly version: number
  readonly manifestHash: string
  /** in the plan's order; `side` as on a signature card: "For the Russian side" */
  readonly parties: readonly { readonly code: PartyCode; readonly side: Bilingual }[]
  readonly signatures: readonly { readonly party: PartyCode; readonly date: string; readonly fingerprint: string }[]
}

/** A key beside a signature that holds, and what its owner says of himself or herself. */
export interface SignerKey {
  readonly party: PartyCode
  readonly name: Bilingual
  readonly post: Bilingual
  readonly organisation: Bilingual
  readonly place: Bilingual
  /** as the signatory stated it */
  readonly date: string
  readonly publicKey: string
  /** SHA-256 of the 32 bytes, 64 hex characters */
  readonly fingerprint: string
  /** null: the reader gave no keys to compare it with */
  readonly known: boolean | null
}

export const check = (
  name: string,
  ok: boolean,
  detail: Bilingual,
  files: readonly string[] = [],
  note: Bilingual | null = null,
): VerifyCheck => ({ name, code: name, ok, detail, note, files })

/** A check that had nothing to look at. Not having been made is not having held. */
export const notMade = (name: string, files: readonly string[]): VerifyCheck =>
  check(
    name,
    false,
    { en: `Not made: ${files.join(", ")} can't be read`, ru: `Не выполнена: не читается ${files.join(", ")}` },
    files,
  )

/** `3 files`, `3 файла`: the nouns for one, few and many, chosen by the Russian rule. */
export function count(n: number, en: readonly [string, string], ru: readonly [string, string, string]): Bilingual {
  const tens = n % 100
  const ones = n % 10
  const form = tens > 10 && tens < 15 ? 2 : ones === 1 ? 0 : ones > 1 && ones < 5 ? 1 : 2
  return { en: `${n} ${n === 1 ? en[0] : en[1]}`, ru: `${n} ${ru[form]}` }
}
