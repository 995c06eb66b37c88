import { expect, test } from "vitest"
import { moneyText, parseMoney, parseShare, shareText } from "./money-text.ts"

test("[WEB20] what is typed into a cost cell becomes minor units without a float", () => {
  expect(parseMoney("1,200,000")).toBe(120_000_000n)
  expect(parseMoney("1 200 000")).toBe(120_000_000n)
  expect(parseMoney("1200000.5")).toBe(120_000_050n)
  expect(parseMoney("1200000,50")).toBe(120_000_050n)
  expect(parseMoney("9007199254740.99")).toBe(900_719_925_474_099n)
  for (const bad of ["", "-1", "1e6", "1.234", "abc", "12,34,567"]) expect(parseMoney(bad)).toBeNull()
})

test("[WEB21] amounts print without cents they don't have, grouped as the language groups", () => {
  expect(moneyText(120_000_000, "USD", "en")).toBe("1,200,000")
  expect(moneyText(120_000_050, "USD", "en")).toBe("1,200,000.50")
  expect(moneyText(25_560_000_000, "RUB", "en")).toBe("255\u00a0600\u00a0000")
  expect(moneyText(0, "USD", "ru")).toBe("0")
})

test("[WEB22] shares are whole basis points from 0 to 100 percent", () => {
  expect(parseShare("70 %")).toBe(7000)
  expect(parseShare("12,5")).toBe(1250)
  expect(parseShare("101")).toBeNull()
  expect(shareText(5618, "en", 2)).toBe("56.18")
  expect(shareText(7000, "ru")).toBe("70")
})
