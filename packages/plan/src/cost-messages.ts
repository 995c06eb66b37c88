import type { CostFinding } from "./cost-table.ts"

/** Figures inside messages, the same on every machine: no locale data is asked. */
const grouped = (whole: string, separator: string): string => whole.replace(/\B(?=(\d{3})+$)/g, separator)

const decimal = (minor: bigint, group: string, point: string): string => {
  const digits = (minor < 0n ? -minor : minor).toString().padStart(3, "0")
  const [whole, cents] = [digits.slice(0, -2), digits.slice(-2)]
  return `${minor < 0n ? "−" : ""}${grouped(whole, group)}${cents === "00" ? "" : point + cents}`
}

/** `12,513,000.01` */
export const enAmount = (minor: bigint): string => decimal(minor, ",", ".")
/** `12 513 000,01`, with no-break spaces */
export const ruAmount = (minor: bigint): string => decimal(minor, "\u00a0", ",")

/** `26.07%` */
export const enPercent = (bp: number): string => `${bp / 100}%`
/** `26,07 %` */
export const ruPercent = (bp: number): string => `${String(bp / 100).replace(".", ",")}\u00a0%`

export const finding = (
  code: CostFinding["code"],
  path: string,
  en: string,
  ru: string,
  severity: CostFinding["severity"] = "error",
): CostFinding => ({ code, severity, path, message: { en, ru } })
