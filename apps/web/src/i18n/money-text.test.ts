import { parseFigure, parseShareFigure } from "@alternat/plan"
import { expect, test } from "vitest"
import { moneyText, plainMoneyText, shareText } from "./money-text.ts"

test("[WEB20] an amount opened for an edit and entered as it is stays what it was, in either language", () => {
  for (const minor of [0n, 5n, 120_000_000n, 123_400n, 900_719_925_474_099n]) {
    for (const [currency, lang] of [
      ["USD", "en"],
      ["USD", "ru"],
      ["RUB", "en"],
      ["RUB", "ru"],
    ] as const)
      expect(parseFigure(plainMoneyText(minor, currency, lang), currency)).toEqual({ ok: true, value: minor })
  }
})

test("[WEB21] amounts print without cents they don't have, grouped as the language groups", () => {
  expect(moneyText(120_000_000, "USD", "en")).toBe("1,200,000")
  expect(moneyText(120_000_050, "USD", "en")).toBe("1,200,000.50")
  expect(moneyText(25_560_000_000, "RUB", "en")).toBe("255\u00a0600\u00a0000")
  expect(moneyText(0, "USD", "ru")).toBe("0")
})

test("[WEB22] shares are whole basis points from 0 to 100 percent", () => {
  expect(parseShareFigure("70 %")).toEqual({ ok: true, value: 7000 })
  expect(parseShareFigure("101").ok).toBe(false)
  expect(shareText(5618, "en", 2)).toBe("56.18")
  expect(shareText(7000, "ru")).toBe("70")
})
