import type { Lang } from "@alternat/plan"

/**
 * How figures, dates and numbers read in a document. Written out by hand: `Intl` differs between engines and their
 * versions, and a sealed document must print the same characters everywhere, for ever.
 */
export const NBSP = "\u00A0"

const MONTHS: Readonly<Record<Lang, readonly string[]>> = {
  en: [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
  ],
  ru: [
    "января",
    "февраля",
    "марта",
    "апреля",
    "мая",
    "июня",
    "июля",
    "августа",
    "сентября",
    "октября",
    "ноября",
    "декабря",
  ],
}

/** Groups of three: `48,000,000` / `48 000 000`. The decimal string may have a fraction and a sign. */
export function formatDecimal(decimal: string, lang: Lang): string {
  const match = /^(-?)(\d+)(?:\.(\d+))?$/.exec(decimal)
  if (match === null) return decimal
  const [, sign = "", whole = "", fraction] = match
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, lang === "en" ? "," : NBSP)
  const minus = sign === "" ? "" : "\u2212"
  return minus + grouped + (fraction === undefined ? "" : (lang === "en" ? "." : ",") + fraction)
}

export const formatInteger = (value: bigint | number, lang: Lang): string => formatDecimal(String(value), lang)

/** Minor units as a decimal: whole amounts without a fraction, others with two digits. */
export function formatMinor(minor: bigint, lang: Lang, fraction: "auto" | "always" = "auto"): string {
  const size = minor < 0n ? -minor : minor
  const rest = size % 100n
  const decimal = `${minor < 0n ? "-" : ""}${size / 100n}`
  return formatDecimal(
    rest === 0n && fraction === "auto" ? decimal : `${decimal}.${String(rest).padStart(2, "0")}`,
    lang,
  )
}

/** `$12,513,000`, `1,064,610,000 rubles` / `12 513 000 долл. США`, `1 064 610 000 руб.` Never the rouble sign. */
export function formatMoney(minor: bigint, currency: string, lang: Lang): string {
  const figure = formatMinor(minor, lang)
  if (lang === "en") {
    if (currency === "USD") return minor < 0n ? `\u2212$${figure.slice(1)}` : `$${figure}`
    return currency === "RUB" ? `${figure}${NBSP}rubles` : `${currency}${NBSP}${figure}`
  }
  const unit = currency === "USD" ? `долл.${NBSP}США` : currency === "RUB" ? "руб." : currency
  return `${figure}${NBSP}${unit}`
}

/** `$48.0 million` / `48,0 млн долл. США`, rounded half up to a tenth. */
export function formatMillions(minor: bigint, currency: string, lang: Lang): string {
  const tenths = ((minor < 0n ? -minor : minor) + 5_000_000n) / 10_000_000n
  const figure = formatDecimal(`${minor < 0n ? "-" : ""}${tenths / 10n}.${tenths % 10n}`, lang)
  if (lang === "en") {
    return currency === "USD"
      ? `$${figure}${NBSP}million`
      : `${figure}${NBSP}million${NBSP}${currency === "RUB" ? "rubles" : currency}`
  }
  return `${figure}${NBSP}млн${NBSP}${currency === "USD" ? `долл.${NBSP}США` : currency === "RUB" ? "руб." : currency}`
}

/** Basis points: `26.07%` / `26,07 %`. */
export function formatPercent(bp: number, lang: Lang): string {
  const size = Math.abs(bp)
  const fraction =
    size % 100 === 0
      ? ""
      : `.${String(size % 100)
          .padStart(2, "0")
          .replace(/0$/, "")}`
  const figure = formatDecimal(`${bp < 0 ? "-" : ""}${Math.trunc(size / 100)}${fraction}`, lang)
  return lang === "en" ? `${figure}%` : `${figure}${NBSP}%`
}

const dateParts = (iso: string): readonly [string, string, string] | null => {
  const match = /^(\d{4})-(\d{2})-(\d{2})/.exec(iso)
  return match === null ? null : [match[1] ?? "", match[2] ?? "", match[3] ?? ""]
}

/** In prose: `January 1, 2013` / `1 января 2013 г.` */
export function formatDate(iso: string, lang: Lang): string {
  const parts = dateParts(iso)
  if (parts === null) return iso
  const [year, month, day] = parts
  const name = MONTHS[lang][Number(month) - 1] ?? month
  return lang === "en" ? `${name}${NBSP}${Number(day)}, ${year}` : `${Number(day)}${NBSP}${name}${NBSP}${year}${NBSP}г.`
}

/** In tables: `Jan 1, 2013` / `01.01.2013` */
export function formatTableDate(iso: string, lang: Lang): string {
  const parts = dateParts(iso)
  if (parts === null) return iso
  const [year, month, day] = parts
  if (lang === "ru") return `${day}.${month}.${year}`
  return `${(MONTHS.en[Number(month) - 1] ?? month).slice(0, 3)}${NBSP}${Number(day)}, ${year}`
}

/** `No. 3` / `№ 3` */
export const formatNumero = (number: string | number, lang: Lang): string =>
  lang === "en" ? `No.${NBSP}${number}` : `№${NBSP}${number}`

/** `Annex 3` / `Приложение № 3` */
export const formatAnnex = (number: string | number, lang: Lang): string =>
  lang === "en" ? `Annex${NBSP}${number}` : `Приложение ${formatNumero(number, "ru")}`

const LETTERS: Readonly<Record<Lang, string>> = {
  en: "abcdefghijklmnopqrstuvwxyz",
  // official practice leaves out ё, з, й, о, ч, ъ, ы, ь: they are read as figures or as other letters
  ru: "абвгдежиклмнпрстуфхцшщэюя",
}

/** The letter of a list item, counted from 0: `(a)` / `а)`; after the last letter `(aa)`, `(bb)`. */
export function itemLabel(index: number, lang: Lang): string {
  const letters = LETTERS[lang]
  const letter = (letters[index % letters.length] ?? "").repeat(Math.floor(index / letters.length) + 1)
  return lang === "en" ? `(${letter})` : `${letter})`
}

/**
 * Spaces where a line must not break become no-break spaces. One character for one character, so offsets stay.
 * Russian: after №, §, one-letter words and initials, before units, «г.», percent and a dash. English: after No.
 */
export function bindSpaces(text: string, lang: Lang): string {
  if (lang === "en") return text.replace(/\b(No\.|Nos\.|§) (?=\d)/g, `$1${NBSP}`)
  return text
    .replace(/([№§]) (?=[\d\uFFFC])/g, `$1${NBSP}`)
    .replace(/(?<=(?:^|[\s(«„])[вкосуиаяВКОСУИАЯ]) (?=\S)/g, NBSP)
    .replace(/(?<=[\d\uFFFC]) (?=(?:г\.|гг\.|год|руб\.|долл\.|млн|млрд|тыс\.|%|дн))/g, NBSP)
    .replace(/(?<=долл\.) (?=США)/g, NBSP)
    .replace(/(?<=(?:^|[\s(«])[А-ЯЁ]\.) (?=[А-ЯЁ])/g, NBSP)
    .replace(/ (?=[—–] )/g, NBSP)
}

/** Straight quotes become “ ” ’ / « » and, inside, „ “. What is typographic already stays. */
export function typographicQuotes(text: string, lang: Lang): string {
  const [outer, inner] = lang === "en" ? (["“”", "‘’"] as const) : (["«»", "„“"] as const)
  const open: string[] = []
  return Array.from(text)
    .map((char, index, chars) => {
      if (char === "«" || (lang === "en" && char === "“")) open.push(outer)
      if (char === "»" || (lang === "en" && char === "”")) open.pop()
      if (char === "'" && /\p{L}/u.test(chars[index - 1] ?? "") && lang === "en") return "’"
      if (char !== '"') return char
      const opening = /^[\s([«“„—–\u00A0]?$/.test(chars[index - 1] ?? "")
      if (!opening && open.length > 0) return (open.pop() ?? outer)[1] ?? char
      const pair = open.length === 0 ? outer : inner
      open.push(pair)
      return pair[0] ?? char
    })
    .join("")
}
