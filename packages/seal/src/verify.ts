import type { Bilingual, PartyCode } from "@alternat/plan"

/** One named check, in the order in which it is made and can be recited. */
export interface VerifyCheck {
  /** `CONTAINER`, `MANIFEST`, `FILES`, `CANON`, `PAIRS`, `RULES`, `ALTERNAT`, `CERTIFICATE`, `SIG-US`, `SIG-RF`, `PARTIES`, `DATES` */
  readonly name: string
  readonly ok: boolean
  readonly detail: Bilingual
  /** a figure beside the check, such as the number of files */
  readonly note: Bilingual | null
  /** names of the files that fail */
  readonly files: readonly string[]
}

export interface VerifyReport {
  readonly kind: "pack" | "signed-copy" | "not-a-pack"
  readonly ok: boolean
  readonly checks: readonly VerifyCheck[]
  /** what the file says it is; only as true as the checks */
  readonly claims: VerifyClaims | null
}

export interface VerifyClaims {
  readonly planId: string
  readonly title: Bilingual | null
  readonly version: number
  readonly manifestHash: string
  readonly signatures: readonly { readonly party: PartyCode; readonly date: string; readonly fingerprint: string }[]
}
