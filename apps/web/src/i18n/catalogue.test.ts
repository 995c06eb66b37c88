import { IntlMessageFormat } from "intl-messageformat"
import { expect, test } from "vitest"
import { AREAS, CATALOGUES, type MessageKey } from "./catalogue.ts"
import { translate } from "./translate.ts"
import { tieRussian } from "./typography.ts"

test("[WEB1] both catalogues have the same keys, area by area, and no area takes another's", () => {
  const seen = new Set<string>()
  for (const [name, area] of Object.entries(AREAS)) {
    expect(Object.keys(area.ru).toSorted(), name).toEqual(Object.keys(area.en).toSorted())
    for (const key of Object.keys(area.en)) {
      expect(seen.has(key), key).toBe(false)
      seen.add(key)
    }
  }
})

test("[WEB2] every message can be read, is not empty, and takes as many values in both languages", () => {
  for (const key of Object.keys(CATALOGUES.en) as MessageKey[]) {
    const [en, ru] = [CATALOGUES.en[key], CATALOGUES.ru[key]]
    expect(en.trim(), key).not.toBe("")
    expect(ru.trim(), key).not.toBe("")
    // their names may differ: Russian takes a party in the case the sentence asks for
    expect(argumentsOf(ru).length, key).toBe(argumentsOf(en).length)
  }
})

test("[WEB3] Russian words in Russian messages are typed with Russian letters", () => {
  const mixed = Object.entries(CATALOGUES.ru).filter(([, text]) =>
    /[а-яё][a-z]|[a-z][а-яё]/iu.test(text.replace(/\{[^{}]*\}?|\}|<\/?\w+>/gu, " ")),
  )
  expect(mixed).toEqual([])
})

test("[WEB4] Russian typesetting ties what must not part, and counts as Russian counts", () => {
  expect(tieRussian("в плане № 3 от 2009 г.")).toBe("в\u00a0плане №\u00a03 от 2009\u00a0г.")
  expect([1, 2, 5, 21].map((count) => translate("ru", "shell.checks.warn", { count }))).toEqual([
    "1 предупреждение",
    "2 предупреждения",
    "5 предупреждений",
    "21 предупреждение",
  ])
})

function argumentsOf(source: string): readonly string[] {
  const names = new Set<string>()
  const walk = (parts: ReturnType<IntlMessageFormat["getAst"]>) => {
    for (const part of parts) {
      if (part.type !== 0 && part.type !== 7 && "value" in part && typeof part.value === "string") names.add(part.value)
      if ("options" in part && part.options)
        for (const option of Object.values(part.options)) walk((option as { value: typeof parts }).value)
      if ("children" in part) walk(part.children)
    }
  }
  walk(new IntlMessageFormat(source).getAst())
  return [...names].toSorted()
}
