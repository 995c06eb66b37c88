import type { DecisionRight } from "@alternat/plan"
import { formatMoney, formatPercent } from "@alternat/text"
import type { PrintRow, PrintTable } from "../model.ts"
import { type AnnexContext, column, date, label, list, perParty, post, row, say, sideCode, table } from "./context.ts"

/** Annex 2: who answers for what, who decides up to which limit, and where a difference goes next. */
export function annex2(context: AnnexContext): readonly PrintTable[] {
  return [workstreams(context), matrix(context), decisions(context), ladder(context)]
}

function workstreams(context: AnnexContext): PrintTable {
  const { plan, lang } = context
  const columns = [
    column(say(context, "Code", "Код"), "fit"),
    column(say(context, "Workstream", "Направление работ"), 1),
    column(say(context, "Leading side", "Ведущая Сторона"), "fit"),
    column(say(context, "Project leads", "Руководители"), 0.9),
    column(say(context, "From", "Начало"), "fit"),
    column(say(context, "Through", "Окончание"), "fit"),
    column(say(context, "Lines", "Позиции"), 0.35),
    column(say(context, "Priorities", "Приоритеты"), 0.3),
  ]
  const rows = plan.tables.workstreams.map((w) =>
    row(
      w.code,
      w.title[lang],
      sideCode(context, w.lead_party),
      perParty(context, (code) => post(context, w.leads[code])),
      date(context, w.start),
      date(context, w.end),
      list(w.line_ids),
      list(w.priority_ids),
    ),
  )
  return table("workstreams", say(context, "Workstreams", "Направления работ"), columns, rows)
}

function matrix(context: AnnexContext): PrintTable {
  const { plan, lang, parties } = context
  const posts = parties.flatMap((party) => plan.tables.posts.filter((one) => one.in_matrix && one.party === party.code))
  const columns = [
    column(say(context, "Code", "Код"), "fit"),
    column(say(context, "Activity", "Вид работ"), 3),
    ...posts.map((one) => column(`${one.short[lang]} (${sideCode(context, one.party)})`, 1, "center")),
  ]
  const rows = plan.tables.workstreams.flatMap((w): PrintRow[] => [
    { cells: [`${w.code}. ${w.title[lang]}`], style: "group" },
    ...plan.tables.raci
      .filter((activity) => activity.workstream_id === w.id)
      .map((activity) => row(activity.id, activity.text[lang], ...posts.map((one) => activity.cells[one.id] ?? ""))),
  ])
  const note = (["R", "A", "C", "I"] as const).map((code) => `${code} — ${label("raci", code, lang)}`).join("; ")
  return table("raci", say(context, "Responsibility matrix", "Матрица ответственности"), columns, rows, `${note}.`)
}

function decisions(context: AnnexContext): PrintTable {
  const { plan, lang } = context
  const columns = [
    column(say(context, "Code", "Код"), "fit"),
    column(say(context, "Decision", "Решение"), 1),
    column(say(context, "Level", "Уровень"), "fit", "center"),
    column(say(context, "Limit", "Предел"), 0.8),
    column(say(context, "Decided together by", "Принимают совместно"), 1),
    column(say(context, "Above the limit", "Сверх предела"), "fit"),
  ]
  const rows = plan.tables.decision_rights.map((d) =>
    row(
      d.id,
      d.text[lang],
      String(d.level),
      limit(context, d),
      perParty(context, (code) => post(context, d.decides[code])),
      d.delegated_from ?? "—",
    ),
  )
  const note = say(
    context,
    "All decisions are by mutual consent. Silence is no decision.",
    "Все решения принимаются по взаимному согласию. Молчание решением не является.",
  )
  return table(
    "decision-rights",
    say(context, "Decision rights", "Полномочия по принятию решений"),
    columns,
    rows,
    note,
  )
}

function limit(context: AnnexContext, { threshold }: DecisionRight): string {
  const { unit, value, currency, basis } = threshold
  if (unit === "none" || value === null) return say(context, "no limit", "без предела")
  if (unit === "days") {
    const days = say(context, `${value}\u00a0days`, `${value}\u00a0дн.`)
    return basis === "days_shorter" ? say(context, `${days} shorter`, `сокращение на ${days}`) : days
  }
  const figure =
    unit === "bp" ? formatPercent(value, context.lang) : formatMoney(BigInt(value), currency ?? "USD", context.lang)
  const of = basis === null ? undefined : BASIS[basis]?.[context.lang]
  return of === undefined ? figure : `${figure} ${of}`
}

const BASIS: Readonly<Record<string, { readonly en: string; readonly ru: string }>> = {
  giving_line_year: { en: "of the giving line in the plan year", ru: "передающей позиции за плановый год" },
  plan_total: { en: "of the plan total", ru: "общей суммы Плана" },
  contract_value: { en: "contract value", ru: "цены договора" },
}

function ladder(context: AnnexContext): PrintTable {
  const { plan, lang } = context
  const columns = [
    column(say(context, "Level", "Уровень"), "fit", "center"),
    column(say(context, "Body", "Орган"), 1),
    column(say(context, "Posts", "Должности"), 1),
    column(say(context, "Days", "Срок, дней"), "fit", "right"),
  ]
  const rows = plan.tables.escalation.map((step) =>
    row(
      String(step.level),
      step.body[lang],
      perParty(context, (code) => (step.posts[code] ? post(context, step.posts[code]) : null)) || "—",
      step.max_days !== null
        ? String(step.max_days)
        : step.after_days === null
          ? "—"
          : say(context, `after ${step.after_days}`, `по истечении ${step.after_days}`),
    ),
  )
  return table(
    "escalation",
    say(context, "Settlement of differences, by level", "Уровни урегулирования разногласий"),
    columns,
    rows,
  )
}
