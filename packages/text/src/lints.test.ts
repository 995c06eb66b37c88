import { readFileSync } from "node:fs"
import { expect, test } from "vitest"
import { type LintContext, lintClause, lintText, parseNotation } from "./index.ts"

const context: LintContext = {
  binding: false,
  glossary: [{ id: "G1", en: "hand-over", ru: "переход", forbidden: { en: ["turnover"], ru: ["передача средств"] } }],
}
const codes = (text: string, lang: "en" | "ru") =>
  lintText(parseNotation(text), lang, context).map((one) => [one.code, one.from, one.to])
const pair = (en: string, ru: string) =>
  lintClause({ en: parseNotation(en), ru: parseNotation(ru) }, context).map(
    (one) => `${one.severity} ${one.lang} ${one.code}`,
  )

test("[TEXT30] letters of two scripts in one word are an error, and so is a Latin letter for a Russian word", () => {
  expect(codes("расхoды сторон", "ru")).toEqual([["mixed_script", 0, 7]])
  expect(codes("вместе c планом", "ru")).toEqual([["mixed_script", 7, 8]])
  expect(codes("Annex 3 of M5, УКиФЗ".slice(0, 13), "en").map(([code]) => code)).toEqual(["typed_figure"])
})

test("[TEXT31] invisible characters are an error", () => {
  expect(lintText([{ p: ["a\u200Bb"] }], "en", context)).toMatchObject([
    { code: "hidden_character", severity: "error", from: 1, to: 2 },
  ])
})

test("[TEXT32] forbidden variants of glossary terms are named in any of their endings", () => {
  expect(codes("the Turnovers", "en")).toEqual([["forbidden_term", 4, 13]])
  expect(codes("о передаче средств", "ru")).toEqual([["forbidden_term", 2, 18]])
})

test("[TEXT33] figures that differ between the languages are an error; one that the other text lacks is a warning", () => {
  expect(pair("within 30 days", "в течение 45 дней")).toEqual(["error en numbers_differ", "error ru numbers_differ"])
  expect(pair("within 30 days", "в течение тридцати дней")).toEqual([])
  expect(pair("the 6 sites", "объекты")).toEqual(["warning en number_missing"])
  expect(pair("in all 1,200.5 units", "всего 1\u00A0200,5 единиц")).toEqual([])
})

test("[TEXT34] typed sums, dates, shares and cross-references are to be fields", () => {
  expect(codes("$12,513,000 by January 1, 2013 is 90% of Annex 3", "en").map(([code]) => code)).toEqual(
    Array(4).fill("typed_figure"),
  )
  expect(codes("12 500 долл. США до 1 января 2013 г., 90 %, в разделе 17", "ru").map(([code]) => code)).toEqual(
    Array(4).fill("typed_figure"),
  )
})

test("[TEXT35] words of obligation are for binding plans", () => {
  expect(codes("Each Side shall pay", "en")).toEqual([["binding_word", 10, 15]])
  expect(lintText(parseNotation("Each Side shall pay"), "en", { ...context, binding: true })).toEqual([])
  expect(codes("Сторона обязуется", "ru")).toEqual([["binding_word", 8, 17]])
})

test("[TEXT36] rules of Russian treaty texts: quotes, dash, №, Сторона, no rouble sign", () => {
  const only = (text: string) => codes(text, "ru").map(([code]) => code)
  expect(only("российская сторона")).toEqual(["side_lower_case"])
  expect(only("план - это “план”")).toEqual(["hyphen_for_dash", "wrong_quotes"])
  expect(only("№3 и 5 ₽")).toEqual(["numero", "rouble_sign"])
  expect(only('"П"')).toEqual(["straight_quotes", "straight_quotes"])
  expect(only("российская Сторона, Приложение № {ref:annex3}")).toEqual([])
})

test("[TEXT37] the demo plan has no finding that would block a freeze", () => {
  const read = (name: string) => JSON.parse(readFileSync(new URL(`../../plan/demo/${name}`, import.meta.url), "utf8"))
  const demo = read("demo-plan-text.json")
  const { glossary } = read("demo-plan-tables.json")
  const clauses: { id: string; en?: string; ru?: string }[] = [...demo.sections, demo.annex8, demo.signature].flatMap(
    (section) => section.clauses,
  )
  const errors = clauses.flatMap(({ id, en = "", ru = "" }) =>
    lintClause({ en: parseNotation(en), ru: parseNotation(ru) }, { glossary, binding: false })
      .filter((finding) => finding.severity === "error")
      .map((finding) => `${id} ${finding.message.en}`),
  )
  expect(errors).toEqual([])
})
