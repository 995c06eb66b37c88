import type { Field, FieldValue } from "@alternat/plan"
import { expect, test } from "vitest"
import {
  bindSpaces,
  formatAnnex,
  formatDate,
  formatDecimal,
  formatMillions,
  formatMoney,
  formatPercent,
  formatTableDate,
  itemLabel,
  parseNotation,
  plainText,
  renderText,
  typographicQuotes,
} from "./index.ts"

const show = (text: string) => text.replaceAll("\u00A0", "_")

test("[TEXT8] figures: groups and signs of each language, never the rouble sign", () => {
  expect(formatDecimal("48000000.50", "en")).toBe("48,000,000.50")
  expect(show(formatDecimal("48000000.50", "ru"))).toBe("48_000_000,50")
  expect(formatMoney(1251300000n, "USD", "en")).toBe("$12,513,000")
  expect(formatMoney(-50n, "USD", "en")).toBe("−$0.50")
  expect(show(formatMoney(1251300000n, "USD", "ru"))).toBe("12_513_000_долл._США")
  expect(show(formatMoney(106461000000n, "RUB", "ru"))).toBe("1_064_610_000_руб.")
  expect(show(formatMoney(106461000000n, "RUB", "en"))).toBe("1,064,610,000_rubles")
  expect(show(formatMillions(4800000000n, "USD", "en"))).toBe("$48.0_million")
  expect(show(formatMillions(4800000000n, "USD", "ru"))).toBe("48,0_млн_долл._США")
  expect(["en", "ru"].map((lang) => show(formatPercent(2607, lang as "en")))).toEqual(["26.07%", "26,07_%"])
  expect(formatPercent(9000, "en")).toBe("90%")
  expect(formatPercent(2610, "en")).toBe("26.1%")
})

test("[TEXT9] dates in prose and in tables", () => {
  expect(show(formatDate("2013-01-01", "en"))).toBe("January_1, 2013")
  expect(show(formatDate("2013-01-01", "ru"))).toBe("1_января_2013_г.")
  expect(formatTableDate("2013-01-01", "ru")).toBe("01.01.2013")
  expect(show(formatTableDate("2013-01-01", "en"))).toBe("Jan_1, 2013")
})

test("[TEXT10] numbers of annexes, letters of lists", () => {
  expect([formatAnnex(3, "en"), formatAnnex(3, "ru")].map(show)).toEqual(["Annex_3", "Приложение №_3"])
  expect([0, 1, 26].map((index) => itemLabel(index, "en"))).toEqual(["(a)", "(b)", "(aa)"])
  expect(Array.from({ length: 10 }, (_, index) => itemLabel(index, "ru")).join(" ")).toBe(
    "а) б) в) г) д) е) ж) и) к) л)",
  )
})

test("[TEXT11] spaces that must not break, one character for one", () => {
  const bind = (text: string) => show(bindSpaces(text, "ru"))
  expect(bind("№ 3 и в Приложении к плану")).toBe("№_3 и_в_Приложении к_плану")
  expect(bind("20 руб. за 5 % — С. А. Петров, 2013 г.")).toBe("20_руб. за 5_%_— С._А._Петров, 2013_г.")
  expect(show(bindSpaces("Annex No. 3", "en"))).toBe("Annex No._3")
})

test("[TEXT12] straight quotes become typographic, outer and inner", () => {
  expect(typographicQuotes('the "hand-over" of "H" lines, the site\'s', "en")).toBe(
    "the “hand-over” of “H” lines, the site’s",
  )
  expect(typographicQuotes('раздел "О порядке "П" работ"', "ru")).toBe("раздел «О порядке „П“ работ»")
})

const party = {
  code: "US",
  names: {
    en: { full: "", short: "US", adjective: "", side: "the U.S. side" },
    ru: {
      full: "",
      short: "США",
      adjective: "",
      cases: { nom: "американская Сторона", gen: "американской Стороны", dat: "", acc: "", ins: "", pre: "" },
    },
  },
}
const resolve = (field: Field): FieldValue => {
  switch (field.field) {
    case "date":
      return { type: "date", date: "2014-12-31" }
    case "amount":
      return { type: "money", minor: 5000000n, currency: "USD" }
    case "party":
      return { type: "party", party, case: field.case }
    case "ref":
      return { type: "ref", number: "17.6", target: field.key }
    case "placeholder":
      return { type: "placeholder", kind: field.kind, key: field.key }
    default:
      return { type: "missing", key: field.key }
  }
}

test("[TEXT13] a text is printed with its fields filled in, by language", () => {
  const text = parseNotation(
    "{party:US|nom} pays {amount:L10.us} until {date:end}.\n- see {ref:s17.c6}\n- {placeholder:text:x}",
  )
  expect(show(plainText(text, "en", resolve))).toBe(
    "The U.S. side pays $50,000 until December_31, 2014.\n(a) see 17.6\n(b) [●]",
  )
  expect(show(plainText(text, "ru", resolve))).toBe(
    "Американская Сторона pays 50_000_долл._США until 31_декабря 2014_г.\nа) see 17.6\nб) [●]".replace(
      "декабря 2014",
      "декабря_2014",
    ),
  )
})

test("[TEXT14] a party's name is capitalised only where a sentence begins; «г.» takes the full stop that follows", () => {
  const line = (source: string) => show(plainText(parseNotation(source), "ru", resolve))
  expect(line("Срок — {date:end}. {party:US|nom} платит.")).toBe(
    "Срок_— 31_декабря_2014_г. Американская Сторона платит.",
  )
  expect(line("В 2010 г. {party:US|nom} платит")).toBe("В_2010_г. американская Сторона платит")
  expect(
    renderText(parseNotation("до {date:end}, {party:US|gen}"), "ru", resolve)[0]?.runs.map(
      (run) => run.field?.field ?? null,
    ),
  ).toEqual([null, "date", null, "party"])
})
