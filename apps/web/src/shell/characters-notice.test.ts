import { cleanText } from "@alternat/plan"
import { expect, test } from "vitest"
import { createTranslate } from "../i18n/index.ts"
import { charactersNotice } from "./characters-notice.ts"

const notice = (text: string, lang: "en" | "ru") =>
  charactersNotice(cleanText(text, { form: "lines" }).faults, lang, createTranslate(lang))

test("[WEB100] the author is told in their language which sign was left out or replaced, and by what", () => {
  expect(notice("a漢b漢", "en")).toBe("Left out: “漢” (U+6F22), a sign that none of the document’s fonts has.")
  expect(notice("\u202eab ✅", "ru")).toBe(
    "Не внесено: U+202E, невидимый символ, меняющий направление чтения. Заменено: «✅» (U+2705), эмодзи, на «✔».",
  )
  expect(notice("😀😁😂🤣😃", "en")).toMatch(/; .*; .* and 2 more\.$/)
})

test("[WEB100] tabs, line breaks and wide spaces become plain ones without a word", () => {
  expect(notice("a\tb\r\nc\u2003d", "en")).toBeNull()
})
