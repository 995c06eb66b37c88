import type { Lang } from "@alternat/plan"

export type Currency = "USD" | "RUB"

/** Minor units in words of figures: roubles with spaces everywhere, dollars as the reader's language groups them. */
export function moneyText(minor: number | bigint, currency: Currency, lang: Lang): string {
  const value = BigInt(minor)
  const sign = value < 0n ? "−" : ""
  const digits = (value < 0n ? -value : value).toString().padStart(3, "0")
  const whole = digits.slice(0, -2)
  const rest = digits.slice(-2)
  const group = currency === "RUB" || lang === "ru" ? "\u00a0" : ","
  const point = lang === "ru" || currency === "RUB" ? "," : "."
  const grouped = whole.replace(/\B(?=(\d{3})+(?!\d))/g, group)
  return sign + grouped + (rest === "00" ? "" : point + rest)
}

/** "$120,000" / "120 000 долл. США" / "36 000 руб." */
export function moneyWords(minor: number | bigint, currency: Currency, lang: Lang): string {
  const figure = moneyText(minor, currency, lang)
  if (currency === "USD") return lang === "en" ? `$${figure}` : `${figure}\u00a0долл.\u00a0США`
  return lang === "en" ? `RUB\u00a0${figure}` : `${figure}\u00a0руб.`
}

/** What was typed, in minor units; null when it is no whole amount of the smallest unit. Never passes through a float. */
export function parseMoney(typed: string): bigint | null {
  const clean = typed.replace(/[\s\u00a0\u202f$₽]/g, "")
  // a comma groups thousands unless it stands before one or two last digits with no point
  const match = /^(\d{1,3}(?:,\d{3})+|\d{1,13})(?:[.,](\d{1,2}))?$/.exec(clean)
  if (!match?.[1]) return null
  return BigInt(match[1].replace(/,/g, "")) * 100n + BigInt((match[2] ?? "").padEnd(2, "0"))
}

/** "70" → 7000, "12.5 %" → 1250; null outside 0..100. */
export function parseShare(typed: string): number | null {
  const match = /^(\d{1,3})(?:[.,](\d{1,2}))?%?$/.exec(typed.replace(/[\s\u00a0]/g, ""))
  if (!match?.[1]) return null
  const bp = Number(match[1]) * 100 + Number((match[2] ?? "").padEnd(2, "0"))
  return bp <= 10_000 ? bp : null
}

/** 7000 → "70", 5618 → "56.18" */
export function shareText(bp: number, lang: Lang, digits: 0 | 2 = 0): string {
  const whole = Math.trunc(bp / 100)
  const rest = String(bp % 100).padStart(2, "0")
  const point = lang === "ru" ? "," : "."
  if (digits === 0 && rest === "00") return String(whole)
  return `${whole}${point}${digits === 0 ? rest.replace(/0$/, "") : rest}`
}
