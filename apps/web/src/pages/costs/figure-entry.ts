import type { Bilingual, Currency, FigureError, FigureReading, Lang } from "@alternat/plan"
import type { MessageKey, Translate, Values } from "../../i18n/index.ts"
import { moneyText, shareText } from "../../i18n/money-text.ts"

/** Why a cell doesn't take what was typed, and what it may mean. */
export interface Refusal {
  /** in both languages: two people at one screen must understand a refusal alike */
  readonly why: Bilingual
  readonly readings: readonly { readonly label: string; readonly typed: string }[]
}

export function amountRefusal(error: FigureError, currency: Currency, t: Translate): Refusal {
  const label = ({ minor }: FigureReading, lang: Lang) => moneyText(minor, currency, lang)
  switch (error.type) {
    case "Ask":
      return asking(error.readings, label, t)
    case "TooFine":
      return { ...asking(error.readings, label, t), why: inBoth(t, `costs.figure.fine.${currency}`) }
    case "OtherCurrency":
      return { why: inBoth(t, `costs.figure.other.${currency}`, { sign: error.sign }), readings: [] }
    default:
      return { why: inBoth(t, `costs.figure.${error.type}`), readings: [] }
  }
}

export function shareRefusal(error: FigureError, t: Translate): Refusal {
  const label = ({ minor }: FigureReading, lang: Lang) => `${shareText(Number(minor), lang)}%`
  switch (error.type) {
    case "Ask":
      return asking(error.readings, label, t)
    case "TooFine":
      return { ...asking(error.readings, label, t), why: inBoth(t, "costs.share.fine") }
    case "Several":
    case "Formula":
      return { why: inBoth(t, `costs.figure.${error.type}`), readings: [] }
    default:
      return { why: inBoth(t, "costs.edit.share"), readings: [] }
  }
}

function asking(
  readings: readonly FigureReading[],
  label: (reading: FigureReading, lang: Lang) => string,
  t: Translate,
): Refusal {
  const named = (reading: FigureReading, lang: Lang) =>
    reading.isRounded ? t.in(lang, "costs.figure.rounded", { figure: label(reading, lang) }) : label(reading, lang)
  const listed = (lang: Lang) => readings.map((reading) => named(reading, lang)).join(t.in(lang, "costs.figure.or"))
  return {
    why: {
      en: t.in("en", "costs.figure.ask", { readings: listed("en") }),
      ru: t.in("ru", "costs.figure.ask", { readings: listed("ru") }),
    },
    readings: readings.map((reading) => ({ label: named(reading, t.lang), typed: typedOf(reading.minor) })),
  }
}

/** A reading as it is typed when there is no question about it. */
const typedOf = (minor: bigint): string => `${minor / 100n}.${String(minor % 100n).padStart(2, "0")}`

const inBoth = (t: Translate, key: MessageKey, values: Values = {}): Bilingual => ({
  en: t.in("en", key, values),
  ru: t.in("ru", key, values),
})
