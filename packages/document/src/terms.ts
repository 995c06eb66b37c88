import { err, ok, type PlanTerms, type Result } from "@alternat/plan"

const isDate = (value: unknown): boolean =>
  typeof value === "string" && /^\d{4}-\d{2}-\d{2}$/.test(value) && !Number.isNaN(Date.parse(`${value}T00:00:00Z`))
const isText = (value: unknown, max: number): boolean => typeof value === "string" && value.length <= max
const isAmount = (value: unknown): boolean => value === null || (Number.isSafeInteger(value) && (value as number) >= 0)

const hasOnly = (value: unknown, keys: Readonly<Record<string, (one: unknown) => boolean>>): boolean => {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return false
  const record = value as Readonly<Record<string, unknown>>
  return (
    Object.keys(record).length === Object.keys(keys).length &&
    Object.entries(keys).every(([key, holds]) => Object.hasOwn(record, key) && holds(record[key]))
  )
}

const TERMS: Readonly<Record<keyof PlanTerms, (value: unknown) => boolean>> = {
  plan_year_basis: (value) => value === "calendar",
  start: isDate,
  end: isDate,
  handover_complete_by: isDate,
  fx: (value) =>
    hasOnly(value, {
      base: (code) => typeof code === "string" && /^[A-Z]{3}$/.test(code),
      quote: (code) => typeof code === "string" && /^[A-Z]{3}$/.test(code),
      rate: (rate) => typeof rate === "string" && /^\d{1,9}(\.\d{1,8})?$/.test(rate) && Number(rate) > 0,
      rate_type: (type) => isText(type, 60),
      agreed_on: isDate,
      source: (source) => isText(source, 300),
    }),
  caps: (value) => hasOnly(value, { us_usd_cents: isAmount, ru_rub_kopecks: isAmount }),
  min_ru_share_bp_final_year: (value) => value === null || (isAmount(value) && (value as number) <= 10_000),
  binding: (value) => typeof value === "boolean",
}

/** Can this term of the plan hold this value? Characters are judged apart: here stands what a document may hold already. */
export const parseTerm = (key: string, value: unknown): Result<unknown, "unknown_field" | "bad_value"> => {
  if (!Object.hasOwn(TERMS, key)) return err("unknown_field")
  return TERMS[key as keyof PlanTerms](value) ? ok(value) : err("bad_value")
}
