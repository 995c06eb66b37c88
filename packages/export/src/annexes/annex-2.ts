import type { DecisionRight } from "@alternat/plan"
import { formatMoney, formatPercent } from "@alternat/text"
import type { PrintTable } from "../model.ts"
import { annexList, committee, workingGroups } from "./bodies.ts"
import {
  type AnnexContext,
  column,
  date,
  grouped,
  label,
  list,
  perParty,
  post,
  row,
  say,
  sideCode,
  table,
} from "./context.ts"

/** Annex 2: who answers for what, who decides up to which limit, and where a difference goes next. */
export function annex2(context: AnnexContext): readonly PrintTable[] {
  return [
    workstreams(context),
    matrix(context),
    decisions(context),
    ladder(context),
    committee(context),
    workingGroups(context),
    annexList(context),
  ]
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
      w.site_ids.length === 0 ? w.title[lang] : { lead: w.title[lang], text: sites(context, w.site_ids) },
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

const sites = ({ plan, lang }: AnnexContext, ids: readonly string[]): string =>
  list(ids.map((id) => plan.tables.sites.find((site) => site.id === id)?.label[lang] ?? id))

function matrix(context: AnnexContext): PrintTable {
  const { plan, lang, parties } = context
  const { raci } = plan.tables
  const named = new Set(raci.flatMap((activity) => Object.keys(activity.cells)))
  const inMatrix = plan.tables.posts.filter((one) => one.in_matrix || named.has(one.id))
  const posts = parties.flatMap((party) => inMatrix.filter((one) => one.party === party.code))
  // a cell of a post that the plan does not have stands under the post's code
  const gone = [...named].filter((id) => !posts.some((one) => one.id === id)).toSorted()
  const columns = [
    column(say(context, "Code", "Код"), "fit"),
    column(say(context, "Activity", "Вид работ"), 3),
    ...posts.map((one) => column(`${one.short[lang]} (${sideCode(context, one.party)})`, 1, "center")),
    ...gone.map((id) => column(id, 1, "center")),
  ]
  const ids = [...posts.map((one) => one.id), ...gone]
  const rows = grouped(
    raci,
    plan.tables.workstreams.map((w) => ({ id: w.id, title: `${w.code}. ${w.title[lang]}` })),
    (activity) => activity.workstream_id,
    (activity) =>
      row(
        activity.id,
        activity.text[lang] + scope(context, activity.scope),
        ...ids.map((id) => activity.cells[id] ?? ""),
      ),
  )
  const note = (["R", "A", "C", "I"] as const).map((code) => `${code} — ${label("raci", code, lang)}`).join("; ")
  return table("raci", say(context, "Responsibility matrix", "Матрица ответственности"), columns, rows, `${note}.`)
}

const scope = (context: AnnexContext, code: string): string => (code === "both" ? "" : ` (${sideCode(context, code)})`)

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
      limit(context, d) + (isUsual(d) ? "" : silence(context, d)),
      perParty(context, (code) => post(context, d.decides[code])),
      d.delegated_from ?? "—",
    ),
  )
  const note = !plan.tables.decision_rights.every(isUsual)
    ? null
    : say(
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

const isUsual = (right: DecisionRight): boolean => right.mode === "mutual_consent" && right.silence === "no_decision"

function silence(context: AnnexContext, right: DecisionRight): string {
  return right.silence === "consent"
    ? say(context, "; silence is consent", "; молчание считается согласием")
    : say(context, "; silence is no decision", "; молчание решением не является")
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
