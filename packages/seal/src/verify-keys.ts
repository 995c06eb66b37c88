import { fingerprintOf } from "./keys.ts"
import type { Manifest } from "./manifest.ts"
import type { Signatures } from "./pack.ts"
import { groupHex } from "./statement.ts"
import { check, type SignerKey, type VerifyCheck } from "./verify-report.ts"

// Whose keys signed. A signature proves that a key signed; whose key it is must be known from outside the file.

/** The key beside each party's signature, and whether the reader holds it already. */
export function readKeys(
  manifest: Manifest,
  signatures: Signatures | null,
  trusted: readonly string[],
): readonly SignerKey[] {
  return manifest.parties.flatMap(({ code }) => {
    const own = signatures?.signatures.filter((one) => one.statement.party === code) ?? []
    return own.slice(0, 1).map(({ statement, publicKey }) => {
      const { name, post, organisation, place, date } = statement
      const fingerprint = fingerprintOf(publicKey)
      const known = trusted.length === 0 ? null : trusted.includes(fingerprint)
      return { party: code, name, post, organisation, place, date, publicKey, fingerprint, known }
    })
  })
}

export function checkKey({ code, name }: Manifest["parties"][number], keys: readonly SignerKey[]): VerifyCheck {
  const key = keys.find((one) => one.party === code)
  if (key?.known === true)
    return check(`KEY-${code}`, true, {
      en: `The key that signed for ${name.en} is one of those given`,
      ru: `${name.ru}: ключ подписи входит в число указанных`,
    })
  const print = key === undefined ? "" : `: ${groupHex(key.fingerprint)}`
  return {
    ...check(
      `KEY-${code}`,
      false,
      {
        en: `The key that signed for ${name.en} is none of those given${print}`,
        ru: `${name.ru}: ключ подписи не входит в число указанных${print}`,
      },
      ["signatures.json"],
    ),
    code: "key_unknown",
  }
}
