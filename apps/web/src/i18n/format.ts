import type { Lang } from "@alternat/plan"

const LOCALE: Readonly<Record<Lang, string>> = { en: "en-US", ru: "ru-RU" }

/** "November 5, 2009" / "5 ноября 2009 г."; dates of a plan have no time zone and are read as they stand. */
export function formatDate(lang: Lang, iso: string, form: "long" | "short" = "long"): string {
  const day = iso.length === 10
  return new Intl.DateTimeFormat(LOCALE[lang], {
    ...(form === "long" ? { year: "numeric", month: "long" } : { month: "short" }),
    day: "numeric",
    ...(day ? { timeZone: "UTC" } : {}),
  }).format(new Date(iso))
}

export function formatTime(lang: Lang, at: number | string): string {
  return new Intl.DateTimeFormat(LOCALE[lang], { hour: "2-digit", minute: "2-digit", hourCycle: "h23" }).format(
    new Date(at),
  )
}

/** "Nov 5, 14:20" / "5 нояб., 14:20" */
export const formatMoment = (lang: Lang, iso: string): string =>
  `${formatDate(lang, iso, "short")}, ${formatTime(lang, iso)}`

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
