import type { Result } from "./result.ts"
import { err, ok } from "./result.ts"

/**
 * A figure as a person types or pastes it. The number is read first, as all the decimals it may stand for: groups of
 * three parted by any space, by commas or by points, and a fraction after the other sign. `1,234` and `1.234` may be a
 * group or a fraction, whatever language the interface has; only the reader's own answer settles that. The signs of
 * currency around the number are read next, and every figure in another currency than the cell's is refused.
 */
export type Currency = "USD" | "RUB"

export interface FigureReading {
  /** cents or kopecks, basis points of a share */
  readonly minor: bigint
  /** true: the figure was finer than the smallest unit, and this is half up */
  readonly isRounded: boolean
}

/** What was typed is no figure that could be kept, whatever the cell. */
export type FigureFault = {
  readonly type: "Empty" | "Several" | "Formula" | "BelowZero" | "BadGroups" | "TooLarge" | "NoFigure"
}

export type FigureError =
  | FigureFault
  | { readonly type: "OtherCurrency"; readonly sign: string }
  /** more than one number, or one in words (`8,25 млн`): each reading is offered */
  | { readonly type: "Ask"; readonly readings: readonly FigureReading[] }
  /** finer than the smallest unit */
  | { readonly type: "TooFine"; readonly readings: readonly FigureReading[] }

/** As of a figure; a rate has no smallest unit, so its readings are decimals. */
export type RateError = FigureFault | { readonly type: "Ask"; readonly rates: readonly string[] }

/** One figure of this currency in minor units; anything else says why it isn't one. */
export const parseFigure = (typed: string, currency: Currency): Result<bigint, FigureError> => {
  const body = bodyOf(typed)
  if (!body.ok) return body
  const signs = withoutSigns(body.value)
  const other = signs.found.find((sign) => currencyOfSign(sign) !== currency)
  if (other !== undefined) return err({ type: "OtherCurrency", sign: other })
  const isEnglish = signs.found.some((sign) => ENGLISH.test(sign))
  return settle(readDecimals(signs.rest, isEnglish), 2n, LARGEST)
}

/** A share in basis points, 0 to 100 %, with or without the sign of a percentage. */
export const parseShareFigure = (typed: string): Result<number, FigureError> => {
  const body = bodyOf(typed)
  if (!body.ok) return body
  const read = settle(readDecimals(body.value.replace(/\s*%$/u, ""), false), 2n, 10_000n)
  return read.ok ? ok(Number(read.value)) : read
}

/** A planning rate as the plain decimal that the plan keeps: `30,0000` → `30.0000`. */
export const parseRateFigure = (typed: string): Result<string, RateError> => {
  const body = bodyOf(typed)
  if (!body.ok) return body
  const decimals = readDecimals(body.value, false)
  if (!decimals.ok) return decimals
  const rates = decimals.value
    .map(({ whole, fraction }) => (fraction === "" ? whole : `${whole}.${fraction}`))
    .filter((rate) => /^\d{1,12}(?:\.\d{1,12})?$/.test(rate) && /[1-9]/.test(rate))
  const [only, ...others] = rates
  if (only === undefined) return err({ type: "NoFigure" })
  return others.length === 0 ? ok(only) : err({ type: "Ask", rates })
}

/** A whole number of things or days. */
export const parseCount = (typed: string): Result<number, FigureError> => {
  const body = bodyOf(typed)
  if (!body.ok) return body
  return /^\d{1,6}$/.test(body.value) ? ok(Number(body.value)) : err({ type: "NoFigure" })
}

/** Cents and kopecks are numbers in the interchange form: none may be too large to be carried exactly. */
const LARGEST = BigInt(Number.MAX_SAFE_INTEGER)

/** No figure with its signs is longer; a clipboard may be. */
const LONGEST = 80

/** The one thing that was typed; two of them, a formula or an amount below zero are told apart here. */
const bodyOf = (typed: string): Result<string, FigureFault> => {
  const body = typed.slice(0, LONGEST + typed.search(/\S|$/)).trim()
  if (body === "") return err({ type: "Empty" })
  if (body.startsWith("=")) return err({ type: "Formula" })
  if (/\d[^]*(?:[\t\n\v\f\r;|]|\p{Zs}{2})[^]*\d/u.test(body)) return err({ type: "Several" })
  if (typed.trim().length > LONGEST) return err({ type: "NoFigure" })
  // accountants put in brackets what is below zero
  if (/^[-\u2212\u2012\u2013]\D*\d|^\(.*\d.*\)$/.test(body)) return err({ type: "BelowZero" })
  return ok(body)
}

const DOLLARS = ["долл(?:\\.|ар(?:ов|а)?)(?:\\s*США)?", "дол\\.(?:\\s*США)?"]
const DOLLARS_ENGLISH = ["U\\.?S\\.?\\s*\\$", "\\$\\s*U\\.?S\\.?", "USD", "(?:U\\.?S\\.?\\s*)?dollars?", "\\$"]
const ROUBLES = ["руб(?:\\.|л(?:ей|я|ь))?", "р\\.", "₽"]
const ROUBLES_ENGLISH = ["ro?ubles?", "RUR", "RUB\\.?"]
const OTHERS = ["\\p{Sc}", "EUR", "GBP", "CNY", "CHF", "JPY", "евро", "euros?"]

const either = (signs: readonly string[]): string => `(?:${signs.join("|")})`
const ANY = either([...DOLLARS_ENGLISH, ...DOLLARS, ...ROUBLES_ENGLISH, ...ROUBLES, ...OTHERS])
const BEFORE = new RegExp(`^(${ANY})(?![\\p{L}])\\s*`, "iu")
const AFTER = new RegExp(`\\s*(${ANY})$`, "iu")
const IS_DOLLARS = new RegExp(`^${either([...DOLLARS_ENGLISH, ...DOLLARS])}$`, "iu")
const IS_ROUBLES = new RegExp(`^${either([...ROUBLES_ENGLISH, ...ROUBLES])}$`, "iu")
/** Our documents in English group by commas, so beside these signs a comma is no question. */
const ENGLISH = new RegExp(`^${either([...DOLLARS_ENGLISH, ...ROUBLES_ENGLISH])}$`, "iu")

const currencyOfSign = (sign: string): Currency | null =>
  IS_DOLLARS.test(sign) ? "USD" : IS_ROUBLES.test(sign) ? "RUB" : null

/** Takes the signs of currency off both ends: `$120,000 USD` has two. */
const withoutSigns = (body: string): { readonly rest: string; readonly found: readonly string[] } => {
  const found: string[] = []
  const before = BEFORE.exec(body)
  if (before?.[1] !== undefined) found.push(before[1])
  let rest = before === null ? body : body.slice(before[0].length)
  const after = AFTER.exec(rest)
  if (after?.[1] !== undefined) found.push(after[1])
  rest = after === null ? rest : rest.slice(0, after.index)
  return { rest: rest.trim(), found }
}

interface Decimal {
  readonly whole: string
  readonly fraction: string
  /** a number in words: the reader confirms it */
  readonly isScaled: boolean
}

const SCALES: readonly (readonly [RegExp, number])[] = [
  [/^(?:тыс\.?|тысяч[аи]?|thousand|k)$/iu, 3],
  [/^(?:млн\.?|миллион(?:ов|а)?|million|mln\.?|m)$/iu, 6],
  [/^(?:млрд\.?|миллиард(?:ов|а)?|billion|bn\.?)$/iu, 9],
]

/** Every number that the body may stand for; at least one. */
const readDecimals = (body: string, isEnglish: boolean): Result<readonly Decimal[], FigureFault> => {
  const scaled = /^(.*\p{Nd})\s*(\p{L}+\.?)$/u.exec(body)
  if (scaled === null) return readPlain(body, isEnglish)
  const power = SCALES.find(([word]) => word.test(scaled[2] ?? ""))?.[1]
  if (power === undefined) return err({ type: "NoFigure" })
  const plain = readPlain(scaled[1] ?? "", isEnglish)
  return plain.ok ? ok(plain.value.map((decimal) => scale(decimal, power))) : plain
}

const scale = ({ whole, fraction }: Decimal, power: number): Decimal => {
  const padded = fraction.padEnd(power, "0")
  return { whole: whole + padded.slice(0, power), fraction: padded.slice(power), isScaled: true }
}

const decimal = (whole: string, fraction = ""): Decimal => ({
  whole: whole.replace(/\D/g, ""),
  fraction,
  isScaled: false,
})

const UNGROUPED = /^(\d+)(?:[.,](\d+))?$/
const BY_SPACES = /^(\d{1,3}(?:\p{Zs}\d{3})+)(?:[.,](\d+))?$/u
const BY_COMMAS = /^(\d{1,3}(?:,\d{3})+)\.(\d+)$/
const BY_POINTS = /^(\d{1,3}(?:\.\d{3})+),(\d+)$/
const ONLY_GROUPS = /^\d{1,3}(?:(?:,\d{3}){2,}|(?:\.\d{3}){2,})$/
const ONE_SIGN = /^([1-9]\d{0,2})([.,])(\d{3})$/

const readPlain = (body: string, isEnglish: boolean): Result<readonly Decimal[], FigureFault> => {
  const open = ONE_SIGN.exec(body)
  if (open !== null) {
    const [, lead = "", sign, three = ""] = open
    const group = decimal(lead + three)
    return ok(isEnglish && sign === "," ? [group] : [group, decimal(lead, three)])
  }
  if (ONLY_GROUPS.test(body)) return ok([decimal(body)])
  for (const form of [UNGROUPED, BY_SPACES, BY_COMMAS, BY_POINTS]) {
    const match = form.exec(body)
    if (match !== null) return ok([decimal(match[1] ?? "", match[2])])
  }
  if (/^\d[\d.,\p{Zs}]*$/u.test(body)) return err({ type: "BadGroups" })
  if (/^[-\u2212\u2012\u2013]\s*\d/.test(body)) return err({ type: "BelowZero" })
  // `1e6` is no two figures
  return err({ type: /\d.*[^\d.,\p{Zs}].*\d/u.test(body) && !/\de[+-]?\d/i.test(body) ? "Several" : "NoFigure" })
}

/** One exact number is the figure; what is more than one, in words or too fine is given back to be answered. */
const settle = (
  decimals: Result<readonly Decimal[], FigureFault>,
  places: bigint,
  largest: bigint,
): Result<bigint, FigureError> => {
  if (!decimals.ok) return decimals
  const all = decimals.value.map((one) => toMinor(one, Number(places)))
  const readings = all.filter((reading) => reading.minor <= largest)
  const [only, ...others] = readings
  if (only === undefined) return err({ type: "TooLarge" })
  if (others.length > 0 || decimals.value.some((one) => one.isScaled)) return err({ type: "Ask", readings })
  return only.isRounded ? err({ type: "TooFine", readings }) : ok(only.minor)
}

const toMinor = ({ whole, fraction }: Decimal, places: number): FigureReading => {
  const kept = fraction.slice(0, places).padEnd(places, "0")
  const rest = fraction.slice(places)
  const minor = BigInt(whole + kept)
  return { minor: /^[5-9]/.test(rest) ? minor + 1n : minor, isRounded: /[1-9]/.test(rest) }
}
