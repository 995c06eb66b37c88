import fc from "fast-check"
import { expect, test } from "vitest"
import {
  type Currency,
  type FigureError,
  parseCount,
  parseFigure,
  parseRateFigure,
  parseShareFigure,
} from "./figure.ts"

const SPACES = [" ", "\u00A0", "\u202F", "\u2009", "\u2007"]
const grouped = (whole: string, by: string): string => whole.replace(/\B(?=(\d{3})+$)/g, by)
const cents = (minor: bigint): readonly [string, string] => [
  String(minor / 100n),
  String(minor % 100n).padStart(2, "0"),
]
const amount = fc.bigInt({ min: 0n, max: BigInt(Number.MAX_SAFE_INTEGER) })

const SIGNS: Readonly<Record<Currency, readonly ((figure: string) => string)[]>> = {
  USD: [
    "$#",
    "$ #",
    "US$#",
    "US$ #",
    "USD #",
    "# USD",
    "#\u00A0USD",
    "# долл. США",
    "#\u00A0долл.\u00A0США",
    "# dollars",
  ].map((form) => (figure) => form.replace("#", () => figure)),
  RUB: ["₽#", "# ₽", "RUB #", "#\u00A0руб.", "# руб", "# RUB", "# rubles", "# roubles", "# рублей"].map(
    (form) => (figure) => form.replace("#", () => figure),
  ),
}
const currencies = fc.constantFrom<Currency>("USD", "RUB")

/** An amount as people write it, in a form that has one reading. */
const written = currencies.chain((currency) =>
  fc
    .record({
      minor: amount,
      by: fc.constantFrom("", ...SPACES, ",", "."),
      sign: fc.option(fc.constantFrom(...SIGNS[currency])),
    })
    .map(({ minor, by, sign }) => {
      const [whole, rest] = cents(minor)
      const point = by === "," ? "." : ","
      const figure = `${grouped(whole, by)}${point}${rest}`
      return { currency, minor, typed: sign === null ? figure : sign(figure) }
    }),
)

test("[PLAN101] an amount in any written form is read as that amount", () =>
  fc.assert(
    fc.property(written, ({ currency, minor, typed }) => {
      expect([typed, parseFigure(typed, currency)]).toEqual([typed, { ok: true, value: minor }])
      expect(parseFigure(`  ${typed}\r\n`, currency).ok).toBe(true)
    }),
  ))

test.each<[string, Currency, bigint]>([
  ["1,234.56", "USD", 123_456n],
  ["1 234,56", "USD", 123_456n],
  ["1.234,56", "USD", 123_456n],
  ["1200000.5", "USD", 120_000_050n],
  ["1,200,000", "RUB", 120_000_000n],
  ["US$ 120,000", "USD", 12_000_000n],
  ["$1,200", "USD", 120_000n],
  ["60,000 USD", "USD", 6_000_000n],
  ["120 000 руб.", "RUB", 12_000_000n],
  ["1,064,610,000\u00A0rubles", "RUB", 106_461_000_000n],
  ["60 000\u00A0долл.\u00A0США", "USD", 6_000_000n],
  ["₽36000", "RUB", 3_600_000n],
  ["0", "USD", 0n],
  ["0,120", "USD", 12n],
])("[PLAN101] %s in a cell of %s", (typed, currency, minor) => {
  expect(parseFigure(typed, currency)).toEqual({ ok: true, value: minor })
})

const errorOf = (typed: string, currency: Currency = "USD"): FigureError["type"] | "taken" => {
  const read = parseFigure(typed, currency)
  return read.ok ? "taken" : read.error.type
}

test.each<[string, Currency, FigureError["type"]]>([
  ["", "USD", "Empty"],
  ["100 000\t120 000", "USD", "Several"],
  ["100 000\r\n120 000", "USD", "Several"],
  ["100 000  120 000", "USD", "Several"],
  ["100 000; 120 000", "USD", "Several"],
  ["$100,000-$120,000", "USD", "Several"],
  ["100 000 and 120 000", "USD", "Several"],
  ["$1,200", "RUB", "OtherCurrency"],
  ["1,200 dollars", "RUB", "OtherCurrency"],
  ["₽36000", "USD", "OtherCurrency"],
  ["36 000 руб.", "USD", "OtherCurrency"],
  ["€5", "USD", "OtherCurrency"],
  ["$5 руб.", "USD", "OtherCurrency"],
  ["-1", "USD", "BelowZero"],
  ["\u2212$1.50", "USD", "BelowZero"],
  ["US$ -5", "USD", "BelowZero"],
  ["(1,234.00)", "USD", "BelowZero"],
  ["=8250000+0,50", "USD", "Formula"],
  ["12,34,567", "USD", "BadGroups"],
  ["1200 000", "USD", "BadGroups"],
  ["1,234.567,8", "USD", "BadGroups"],
  ["1e6", "USD", "NoFigure"],
  ["abc", "USD", "NoFigure"],
  ["A$5", "USD", "NoFigure"],
  ["5 apples", "USD", "NoFigure"],
  ["٣٤", "USD", "NoFigure"],
  ["9".repeat(30), "USD", "TooLarge"],
  ["9".repeat(1000), "USD", "NoFigure"],
])("[PLAN102] %j in a cell of %s is refused: %s", (typed, currency, type) => {
  expect(errorOf(typed, currency)).toBe(type)
})

test("[PLAN102] two figures are never one, however the clipboard parts them", () =>
  fc.assert(
    fc.property(written, written, fc.constantFrom("\t", "\n", "\r\n", "; ", " / ", " - ", "  "), (one, other, by) => {
      expect(errorOf(`${one.typed}${by}${other.typed}`, one.currency)).not.toBe("taken")
    }),
  ))

test("[PLAN102] whatever is pasted, it is read or refused and never throws", () =>
  fc.assert(
    fc.property(
      fc.oneof(fc.string({ unit: "binary" }), fc.stringMatching(/^[\d.,  $₽-]*$/)),
      currencies,
      (typed, currency) => {
        const read = parseFigure(typed, currency)
        if (read.ok) expect(read.value >= 0n && read.value <= BigInt(Number.MAX_SAFE_INTEGER)).toBe(true)
      },
    ),
    { numRuns: 300 },
  ))

test.each<[string, Currency, readonly bigint[]]>([
  ["1.234", "USD", [123_400n, 123n]],
  ["1,234", "USD", [123_400n, 123n]],
  ["1,235 руб.", "RUB", [123_500n, 124n]],
  ["10.800", "RUB", [1_080_000n, 1080n]],
  ["$1.234", "USD", [123_400n, 123n]],
  ["8,25 млн", "RUB", [825_000_000n]],
  ["120 тыс. руб.", "RUB", [12_000_000n]],
  ["$48.0 million", "USD", [4_800_000_000n]],
])("[PLAN103] %s asks, with its readings", (typed, currency, minors) => {
  const read = parseFigure(typed, currency)
  expect(!read.ok && read.error.type === "Ask" && read.error.readings.map(({ minor }) => minor)).toEqual(minors)
})

test("[PLAN103] one to three digits, a sign and three digits always ask; each reading written out is itself", () =>
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 999 }),
      fc.integer({ min: 0, max: 999 }),
      fc.constantFrom(",", "."),
      (lead, rest, sign) => {
        const read = parseFigure(`${lead}${sign}${String(rest).padStart(3, "0")}`, "USD")
        const readings = !read.ok && read.error.type === "Ask" ? read.error.readings : []
        expect(readings).toHaveLength(2)
        for (const { minor } of readings)
          expect(parseFigure(cents(minor).join("."), "USD")).toEqual({ ok: true, value: minor })
      },
    ),
  ))

test("[PLAN103] what is finer than a cent is not rounded unasked", () => {
  expect(parseFigure("1234.567", "USD")).toEqual({
    ok: false,
    error: { type: "TooFine", readings: [{ minor: 123_457n, isRounded: true }] },
  })
  expect(errorOf("0,123")).toBe("TooFine")
})

test("[PLAN104] shares, rates and counts", () => {
  expect(parseShareFigure("70 %")).toEqual({ ok: true, value: 7000 })
  expect(parseShareFigure("12,5")).toEqual({ ok: true, value: 1250 })
  expect(parseShareFigure("100%")).toEqual({ ok: true, value: 10_000 })
  expect(parseShareFigure("100.01")).toMatchObject({ error: { type: "TooLarge" } })
  expect(parseShareFigure("12,345")).toMatchObject({ error: { type: "TooFine", readings: [{ minor: 1235n }] } })
  expect(parseShareFigure("70\t60")).toMatchObject({ error: { type: "Several" } })
  expect(parseShareFigure("$70").ok).toBe(false)
  expect(parseRateFigure("30,0000")).toEqual({ ok: true, value: "30.0000" })
  expect(parseRateFigure("30.1875")).toEqual({ ok: true, value: "30.1875" })
  expect(parseRateFigure("30,125")).toEqual({ ok: false, error: { type: "Ask", rates: ["30125", "30.125"] } })
  expect(parseRateFigure("0.00").ok).toBe(false)
  expect(parseCount("30")).toEqual({ ok: true, value: 30 })
  for (const bad of ["", "1.5", "1,234", "-3", "3 4"]) expect(parseCount(bad).ok).toBe(false)
})
