import type { Lang } from "@alternat/plan"
import { formatDecimal, NBSP } from "@alternat/text"

/** Shares of a column always carry two decimals, so that they stand under one another: `56.18%` / `56,18 %`. */
export function formatShare(bp: number, lang: Lang): string {
  const figure = formatDecimal(`${Math.floor(bp / 100)}.${String(bp % 100).padStart(2, "0")}`, lang)
  return lang === "en" ? `${figure}%` : `${figure}${NBSP}%`
}

/** `30.0000 rubles for one U.S. dollar` / `30,0000 руб. за один доллар США`; other pairs by their codes. */
export function formatRate(rate: string, base: string, quote: string, lang: Lang): string {
  const figure = formatDecimal(rate, lang)
  if (base !== "USD" || quote !== "RUB") return `${figure}${NBSP}${quote}/${base}`
  return lang === "en" ? `${figure} rubles for one U.S. dollar` : `${figure}${NBSP}руб. за один доллар США`
}
