import type { Lang } from "@alternat/plan"

export interface FoundNumber {
  /** as a plain decimal: no groups, a point */
  readonly value: string
  readonly from: number
  readonly to: number
}

const WORDS_EN =
  "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen twenty".split(
    " ",
  )
const TENS_EN = ["thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
const STEMS_RU: readonly (readonly [RegExp, number])[] = [
  [/^(?:дв(?:а|е|ух|ум|умя)|обеи(?:х|м|ми))$/, 2],
  [/^тр(?:и|ех|ем|емя)$/, 3],
  [/^четыр(?:е|ех|ем|ьмя)$/, 4],
  [/^пят(?:ь|и|ью)$/, 5],
  [/^шест(?:ь|и|ью)$/, 6],
  [/^сем(?:ь|и|ью)$/, 7],
  [/^восем(?:ь|ью)$|^восьми$/, 8],
  [/^девят(?:ь|и|ью)$/, 9],
  [/^десят(?:ь|и|ью)$/, 10],
  [/^двенадцат(?:ь|и|ью)$/, 12],
  [/^пятнадцат(?:ь|и|ью)$/, 15],
  [/^двадцат(?:ь|и|ью)$/, 20],
  [/^тридцат(?:ь|и|ью)$/, 30],
  [/^сорок(?:а)?$/, 40],
  [/^(?:пятьдесят|пятидесяти)$/, 50],
  [/^(?:шестьдесят|шестидесяти)$/, 60],
  [/^(?:девяносто|девяноста)$/, 90],
]

/** Numbers written as figures. Groups and decimal signs of either language read the same. */
export function numbersIn(flat: string, lang: Lang): readonly FoundNumber[] {
  const pattern =
    lang === "en"
      ? /(?<![\p{L}\d])\d{1,3}(?:,\d{3})+(?:\.\d+)?(?!\d)|(?<![\p{L}\d])\d+(?:\.\d+)?/gu
      : /(?<![\p{L}\d])\d{1,3}(?:[ \u00A0\u202F]\d{3})+(?:,\d+)?(?!\d)|(?<![\p{L}\d])\d+(?:[.,]\d+)?/gu
  return [...flat.matchAll(pattern)].map((match) => ({
    value: plainDecimal(match[0], lang),
    from: match.index,
    to: match.index + match[0].length,
  }))
}

const plainDecimal = (figure: string, lang: Lang): string =>
  lang === "en" ? figure.replaceAll(",", "") : figure.replace(/[ \u00A0\u202F]/g, "").replace(",", ".")

/** Which numbers of each side have no fellow on the other. */
export function sameNumbers(en: readonly FoundNumber[], ru: readonly FoundNumber[]) {
  const left = [...ru]
  const onlyEn = en.filter((number) => {
    const at = left.findIndex((other) => other.value === number.value)
    if (at >= 0) left.splice(at, 1)
    return at < 0
  })
  return { onlyEn, onlyRu: left as readonly FoundNumber[] }
}

/** Does this text say the number in words? "thirty" / «тридцати» */
export function saysInWords(flat: string, value: string, lang: Lang): boolean {
  const words: readonly string[] =
    flat
      .toLowerCase()
      .replaceAll("ё", "е")
      .match(/\p{L}+/gu) ?? []
  const number = Number(value)
  if (lang === "ru") return words.some((word) => STEMS_RU.some(([stem, says]) => says === number && stem.test(word)))
  const name = WORDS_EN[number] ?? (number % 10 === 0 ? TENS_EN[number / 10 - 3] : undefined)
  return name !== undefined && words.includes(name)
}
