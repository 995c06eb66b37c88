import { groupHex, type VerifyCheck, type VerifyReport } from "@alternat/seal"

/** 0 all holds and both keys are among those given, 1 a check fails, 2 not examined, 3 all holds and no keys were given */
export type VerifyExit = 0 | 1 | 2 | 3

/**
 * Prints one line per check, in the order a reader can recite, English and Russian; then the keys that signed, and the
 * verdict. Shared by `alternat verify` and by the verifier that travels inside the pack.
 */
export function printReport(report: VerifyReport, print: (line: string) => void): VerifyExit {
  for (const check of report.checks)
    print(`${check.ok ? "ok  " : "FAIL"} ${labelOf(check)}  ${check.detail.en} | ${check.detail.ru}`)
  for (const key of report.keys) print(`key  ${key.party}  ${groupHex(key.fingerprint)}`)
  for (const line of VERDICTS[report.verdict]) print(line)
  return EXITS[report.verdict]
}

/** The same for programs, as one JSON text. */
export function printJson(report: VerifyReport, print: (line: string) => void): VerifyExit {
  const checks = report.checks.map(({ code, name, ok, files, detail }) => ({
    code,
    name,
    ok,
    file: files[0] ?? null,
    files,
    detail,
  }))
  print(JSON.stringify({ verdict: report.verdict, checks, keys: report.keys }, null, 2))
  return EXITS[report.verdict]
}

const labelOf = ({ name, code }: VerifyCheck): string => (code === name ? name : `${name} ${code}`)

const EXITS: Readonly<Record<VerifyReport["verdict"], VerifyExit>> = { genuine: 0, failed: 1, unreadable: 2, intact: 3 }

const VERDICTS: Readonly<Record<VerifyReport["verdict"], readonly string[]>> = {
  genuine: ["The pack is genuine. | Пакет подлинный."],
  failed: ["The pack does NOT verify. | Пакет НЕ прошел проверку."],
  unreadable: ["This is not a pack that can be verified. | Это не пакет, который можно проверить."],
  intact: [
    "Intact, keys not confirmed. | Пакет не изменен, ключи не подтверждены.",
    "Ask each delegation for the fingerprint of its key, by telephone or on a signed key card, and verify again with --keys. | " +
      "Запросите отпечаток ключа у каждой делегации по телефону или на подписанной карточке ключа и повторите проверку с --keys.",
  ],
}
