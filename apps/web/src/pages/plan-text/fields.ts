import type { FieldDisplay, ShownField } from "@alternat/editor"
import { type Field, type Lang, type PlanDocument, resolveField } from "@alternat/plan"
import { formatFieldValue } from "@alternat/text"
import type { Translate } from "../../i18n/index.ts"

/** How every field of the plan reads in one language as the tables stand; what a field reads like is worked out once. */
export function createDisplay(plan: PlanDocument, lang: Lang, say: Translate): FieldDisplay {
  const known = new Map<string, ShownField>()
  const resolve = (field: Field) => resolveField(plan, field)
  return {
    resolve,
    show: (field) => {
      const key = `${field.field}:${field.key}:${"case" in field ? field.case : ""}`
      const made = known.get(key) ?? showField(field, lang, resolve, say)
      known.set(key, made)
      return made
    },
  }
}

function showField(field: Field, lang: Lang, resolve: FieldDisplay["resolve"], say: Translate): ShownField {
  const value = resolve(field)
  const source = field.field === "amount" ? (/^(L\d+)\./.exec(field.key)?.[1] ?? null) : null
  if (value.type === "placeholder") {
    const name = placeholderName(value.key, say, lang)
    return {
      text: name,
      source: null,
      title: `${name}: ${say(`pt.field.placeholder.${value.kind}`)}`,
      kind: "placeholder",
    }
  }
  if (value.type === "missing")
    return { text: `[${value.key}]`, source: null, title: say("pt.field.broken"), kind: "broken" }
  return { text: formatFieldValue(value, lang), source, title: `${field.field}: ${field.key}`, kind: "value" }
}

const NAMES: Readonly<Record<string, Readonly<Record<Lang, string>>>> = {
  channel: { en: "channel, to be named", ru: "канал связи" },
}

/** A placeholder's key in words: `channel` → "channel, to be named". */
export function placeholderName(key: string, say: Translate, lang: Lang = say.lang): string {
  const known = NAMES[key]
  if (known !== undefined) return known[lang]
  return key.split(".").at(-1)?.replaceAll("_", " ") ?? key
}

/** Everything a text can be bound to, for the menu that puts a value in. */
export function offeredFields(plan: PlanDocument, lang: Lang): readonly Field[] {
  const dates = ["start", "end", "handover", "fx"].map((key): Field => ({ field: "date", key }))
  const totals = ["total.us", "total.ru", "cap.us", "cap.ru"].map((key): Field => ({ field: "amount", key }))
  const lines = plan.tables.cost_lines.flatMap((line): readonly Field[] => [
    { field: "amount", key: `${line.id}.us` },
    { field: "amount", key: `${line.id}.ru` },
  ])
  const years =
    plan.tables.cost_lines[0]?.years.map((year): Field => ({ field: "percent", key: `ramp.${year.plan_year}` })) ?? []
  const cases = lang === "ru" ? (["nom", "gen", "dat", "acc", "ins", "pre"] as const) : (["nom"] as const)
  const parties = plan.parties.flatMap((party) =>
    cases.map((grammatical): Field => ({ field: "party", key: party.code, case: grammatical })),
  )
  const refs = plan.sections.flatMap((section): readonly Field[] => [
    ...(section.number === null || section.kind === "preamble" ? [] : [{ field: "ref", key: section.id } as const]),
    ...section.clauses.map((clause) => ({ field: "ref", key: clause.id }) as const),
  ])
  const annexes = plan.tables.annexes.map((annex): Field => ({ field: "ref", key: annex.id }))
  return [
    ...dates,
    ...totals,
    { field: "rate", key: "fx" },
    ...years,
    { field: "percent", key: "floor.ru" },
    ...parties,
    ...lines,
    ...annexes,
    ...refs,
  ]
}
