import type { Currency, Lang } from "@alternat/plan"

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

/** An amount as one edits it: no groups, so that a digit more or less never puts them in the wrong place. */
export const plainMoneyText = (minor: number | bigint, currency: Currency, lang: Lang): string =>
  moneyText(minor, currency, lang).replace(lang === "ru" || currency === "RUB" ? /\u00a0/g : /,/g, "")

/** 7000 → "70", 5618 → "56.18" */
export function shareText(bp: number, lang: Lang, digits: 0 | 2 = 0): string {
  const whole = Math.trunc(bp / 100)
  const rest = String(bp % 100).padStart(2, "0")
  const point = lang === "ru" ? "," : "."
  if (digits === 0 && rest === "00") return String(whole)
  return `${whole}${point}${digits === 0 ? rest.replace(/0$/, "") : rest}`
}
