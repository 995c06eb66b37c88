import type { Bilingual } from "@alternat/plan"
import type { VerifyCheck } from "./verify.ts"

export const check = (
  name: string,
  ok: boolean,
  detail: Bilingual,
  files: readonly string[] = [],
  note: Bilingual | null = null,
): VerifyCheck => ({ name, ok, detail, note, files })

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
