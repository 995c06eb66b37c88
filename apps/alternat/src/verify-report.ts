import { verifyPack } from "@alternat/seal"

/**
 * Verifies and prints: one line per check, in the order a reader can recite, English and Russian.
 * Shared by `alternat verify` and by the verifier that travels inside the pack.
 * @returns 0 all hold, 1 a check fails, 2 not a pack
 */
export function printReport(bytes: Uint8Array, print: (line: string) => void): 0 | 1 | 2 {
  const report = verifyPack(bytes)
  for (const check of report.checks)
    print(`${check.ok ? "ok  " : "FAIL"} ${check.name}  ${check.detail.en} | ${check.detail.ru}`)
  if (report.kind === "not-a-pack") {
    print("This is not a pack of Alternat. | Это не пакет Alternat.")
    return 2
  }
  print(report.ok ? "The pack is genuine. | Пакет подлинный." : "The pack does NOT verify. | Пакет НЕ прошел проверку.")
  return report.ok ? 0 : 1
}
