import type { Lang } from "@alternat/plan"

const LOCALE: Readonly<Record<Lang, string>> = { en: "en-US", ru: "ru-RU" }

/** "November 5, 2009" / "5 ноября 2009 г."; dates of a plan have no time zone and are read as they stand. */
export function formatDate(lang: Lang, iso: string, form: "long" | "short" = "long"): string {
  const day = iso.length === 10
  return new Intl.DateTimeFormat(LOCALE[lang], {
    year: "numeric",
    month: form === "long" ? "long" : "short",
    day: "numeric",
    ...(day ? { timeZone: "UTC" } : {}),
  }).format(new Date(iso))
}

export function formatTime(lang: Lang, at: number | string): string {
  return new Intl.DateTimeFormat(LOCALE[lang], { hour: "2-digit", minute: "2-digit", hourCycle: "h23" }).format(
    new Date(at),
  )
}

/** The reader's zone at that moment: "GMT+3", "UTC"; a delegation in another capital reads another clock. */
export const formatZone = (lang: Lang, at: number | string): string =>
  new Intl.DateTimeFormat(LOCALE[lang], { timeZoneName: "shortOffset" })
    .formatToParts(new Date(at))
    .find((part) => part.type === "timeZoneName")?.value ?? ""

/** "Nov 5, 2009, 14:20 GMT+3" / "5 нояб. 2009 г., 14:20 GMT+3" */
export const formatMoment = (lang: Lang, iso: string): string =>
  `${formatDate(lang, iso, "short")}, ${formatTime(lang, iso)}\u00a0${formatZone(lang, iso)}`

/** The day on which a moment falls on the reader's own calendar, `2009-11-05`. */
export function localDay(iso: string): string {
  const at = new Date(iso)
  const two = (value: number) => String(value).padStart(2, "0")
  return `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}`
}

export function formatInteger(lang: Lang, value: number): string {
  return new Intl.NumberFormat(LOCALE[lang], { useGrouping: "always" }).format(value)
}

/** 412 KB / 412 КБ */
export function formatBytes(lang: Lang, bytes: number): string {
  const units = lang === "en" ? ["B", "KB", "MB"] : ["Б", "КБ", "МБ"]
  const step = bytes < 1024 ? 0 : bytes < 1024 * 1024 ? 1 : 2
  const value = bytes / 1024 ** step
  const digits = step === 2 && value < 100 ? 1 : 0
  return `${new Intl.NumberFormat(LOCALE[lang], { maximumFractionDigits: digits }).format(value)}\u00a0${units[step]}`
}
