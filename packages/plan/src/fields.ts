import { numberOf } from "./clause-number.ts"
import type { Field } from "./clause-text.ts"
import type { Party, RussianCase } from "./party.ts"
import type { PlanDocument } from "./plan-document.ts"
import type { CostLine } from "./tables.ts"

/** What a field stands for now. `text` writes it out by language. Money is in minor units of its currency. */
export type FieldValue =
  | { readonly type: "date"; readonly date: string }
  | { readonly type: "money"; readonly minor: bigint; readonly currency: string }
  | { readonly type: "percent"; readonly bp: number }
  | { readonly type: "rate"; readonly rate: string; readonly base: string; readonly quote: string }
  | { readonly type: "ref"; readonly number: string; readonly target: string }
  | { readonly type: "party"; readonly party: Party; readonly case: RussianCase }
  | { readonly type: "placeholder"; readonly kind: "text" | "date" | "amount" | "person"; readonly key: string }
  /** bound to nothing (any more): printed as an open place, and blocks a freeze */
  | { readonly type: "missing"; readonly key: string }

const DATES: Readonly<Record<string, (plan: PlanDocument) => string>> = {
  start: (plan) => plan.terms.start,
  end: (plan) => plan.terms.end,
  handover: (plan) => plan.terms.handover_complete_by,
  fx: (plan) => plan.terms.fx.agreed_on,
}

/** The value a field is bound to, from the terms and tables of the same plan. */
export const resolveField = (plan: PlanDocument, field: Field): FieldValue => {
  const missing: FieldValue = { type: "missing", key: `${field.field}:${field.key}` }
  switch (field.field) {
    case "date": {
      const read = Object.hasOwn(DATES, field.key) ? DATES[field.key] : undefined
      return read === undefined ? missing : { type: "date", date: read(plan) }
    }
    case "amount":
      return amountOf(plan, field.key) ?? missing
    case "percent": {
      const bp = percentOf(plan, field.key)
      return bp === null ? missing : { type: "percent", bp }
    }
    case "rate": {
      const { rate, base, quote } = plan.terms.fx
      return field.key === "fx" ? { type: "rate", rate, base, quote } : missing
    }
    case "ref": {
      const number = numberOf(plan, field.key)
      return number === null ? missing : { type: "ref", number, target: field.key }
    }
    case "party": {
      const party = plan.parties.find((one) => one.code === field.key)
      return party === undefined ? missing : { type: "party", party, case: field.case }
    }
    case "placeholder":
      return { type: "placeholder", kind: field.kind, key: field.key }
  }
}

// `total.us`, `cap.ru`, `L10.us`: the first party's money in base currency, the second's in quote currency.
const amountOf = (plan: PlanDocument, key: string): FieldValue | null => {
  const [subject, side] = key.split(".")
  if (side !== "us" && side !== "ru") return null
  const currency = side === "us" ? plan.terms.fx.base : plan.terms.fx.quote
  const column = side === "us" ? "us_usd_cents" : "ru_rub_kopecks"
  if (subject === "cap") {
    const cap = plan.terms.caps[column]
    return cap === null ? null : { type: "money", minor: BigInt(cap), currency }
  }
  const lines = plan.tables.cost_lines.filter((line) => subject === "total" || line.id === subject)
  if (lines.length === 0) return null
  return { type: "money", minor: sumOf(lines, column), currency }
}

const sumOf = (lines: readonly CostLine[], column: "us_usd_cents" | "ru_rub_kopecks"): bigint =>
  lines.flatMap((line) => line.years).reduce((sum, cell) => sum + BigInt(cell[column]), 0n)

// `ramp.2010`: the one share that all hand-over lines paid in cash by both sides have in that year; else nothing.
const percentOf = (plan: PlanDocument, key: string): number | null => {
  if (key === "floor.ru") return plan.terms.min_ru_share_bp_final_year
  const year = /^ramp\.(\d{4})$/.exec(key)?.[1]
  if (year === undefined) return null
  const shares = plan.tables.cost_lines
    .filter((line) => line.subject_to_handover && line.kind_us === "cash" && line.kind_ru === "cash")
    .map((line) => line.years.find((cell) => cell.plan_year === Number(year))?.us_share_bp ?? null)
  const first = shares[0] ?? null
  return shares.every((share) => share === first) ? first : null
}
