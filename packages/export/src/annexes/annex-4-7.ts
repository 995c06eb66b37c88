import { type AccessRule, LANGS, type Report } from "@alternat/plan"
import type { PrintRow, PrintTable } from "../model.ts"
import {
  type AnnexContext,
  column,
  date,
  grouped,
  label,
  languages,
  list,
  orDash,
  perParty,
  post,
  row,
  say,
  sideCode,
  status,
  table,
} from "./context.ts"

/** Annex 4: visits by site, and the audit rights. */
export function annex4(context: AnnexContext): readonly PrintTable[] {
  return [access(context), evidence(context), audit(context)]
}

const sitesOf = ({ plan, lang }: AnnexContext) =>
  plan.tables.sites.map((site) => ({ id: site.id, title: site.label[lang] }))

function access(context: AnnexContext): PrintTable {
  const { plan } = context
  const columns = [
    column(say(context, "Code", "Код"), "fit"),
    column(say(context, "Purpose", "Цель"), 1),
    column(say(context, "Visitors", "Посетители"), "fit"),
    column(say(context, "Received by", "Принимает"), 1),
    column(say(context, "Period", "Период"), "fit"),
    column(say(context, "Notice, days", "Уведомление, дней"), 0.62, "right"),
    column(say(context, "Visitor data, days", "Данные о посетителях, дней"), 0.66, "right"),
    column(say(context, "Visits a year", "Посещений в год"), 0.5, "right"),
    column(say(context, "Persons", "Человек"), "fit", "right"),
    column(say(context, "Days on site", "Дней на объекте"), 0.46, "right"),
    column(say(context, "Escorts", "Сопрово-ждающих").replace("-", ""), "fit", "right"),
    column(say(context, "Travel", "Поездки"), "fit"),
    column(say(context, "Languages", "Языки"), 0.5),
  ]
  const rows = grouped(
    plan.tables.access_rules,
    sitesOf(context),
    (rule) => rule.site_id,
    (rule) => accessRow(context, rule),
  )
  const sections = [...new Set(plan.tables.access_rules.map((rule) => rule.notice_section))].join(", ")
  const note = say(
    context,
    `“§” stands for: as section ${sections} provides.`,
    `Знак «§» означает: согласно разделу ${sections}.`,
  )
  return table("access", say(context, "Visits by site", "Посещения по объектам"), columns, rows, note)
}

function accessRow(context: AnnexContext, rule: AccessRule): PrintRow {
  const { lang } = context
  const visits = rule.max_visits_per_year > 0
  const bySection = (value: number | null) => (!visits ? "—" : value === null ? "§" : String(value))
  return row(
    rule.id,
    label("purpose", rule.purpose, lang) + status(context, !visits ? "not_applicable" : rule.notice_status),
    sideCode(context, rule.visiting_party),
    `${post(context, rule.receiving_post)} (${sideCode(context, rule.receiving_party)})`,
    `${rule.valid_from.slice(0, 4)}–${rule.valid_to.slice(0, 4)}`,
    bySection(rule.notice_days),
    bySection(rule.visitor_data_days),
    String(rule.max_visits_per_year),
    visits ? String(rule.max_persons) : "—",
    visits ? String(rule.max_days_on_site) : "—",
    visits ? String(rule.escorts) : "—",
    rule.travel_cost === null
      ? "—"
      : rule.travel_cost === "outside_plan"
        ? say(context, "own", "свои")
        : rule.travel_cost.line_id,
    languages(context, rule.languages),
  )
}

/** Substitute evidence by purpose: the same few wordings serve many rules, so each is printed once with its rules. */
function evidence(context: AnnexContext): PrintTable {
  const { plan, lang } = context
  const byText = new Map<string, string[]>()
  for (const rule of plan.tables.access_rules)
    byText.set(rule.substitute_evidence[lang], [...(byText.get(rule.substitute_evidence[lang]) ?? []), rule.id])
  const columns = [
    column(say(context, "Substitute evidence", "Замещающие подтверждения"), 1),
    column(say(context, "Rules", "Для правил"), 0.7),
  ]
  const rows = [...byText].map(([text, ids]) => row(text, list(ids)))
  return table(
    "substitute-evidence",
    say(
      context,
      "Substitute evidence where a visit does not take place",
      "Замещающие подтверждения, если посещение не состоялось",
    ),
    columns,
    rows,
  )
}

function audit(context: AnnexContext): PrintTable {
  const { plan, lang } = context
  const columns = [
    column(say(context, "Code", "Код"), "fit"),
    column(say(context, "Side", "Сторона"), "fit"),
    column(say(context, "Scope", "Предмет"), 1),
    column(say(context, "Lines", "Позиции"), 0.4),
    column(say(context, "Notice, days", "Уведомление, дней"), 0.22, "right"),
    column(say(context, "Records kept until", "Хранение документов до"), 0.25),
    column(say(context, "Cost borne by", "Расходы несет"), 0.25),
    column(say(context, "Place", "Место"), 0.4),
  ]
  const rows = plan.tables.audit_rights.map((a) =>
    row(
      a.id,
      sideCode(context, a.party),
      a.scope[lang],
      list(a.line_ids),
      String(a.notice_days) + status(context, a.notice_status),
      date(context, a.retention_until) +
        say(context, ` (${a.retention_years} years)`, ` (${a.retention_years} г.)`) +
        status(context, a.retention_status),
      `${sideCode(context, a.cost_bearer)} (${a.cost_line_id})`,
      a.place[lang],
    ),
  )
  return table("audit", say(context, "Audit and examination", "Аудит и проверки"), columns, rows)
}

function howOften(context: AnnexContext, { trigger, cadence_months: months }: Report): string {
  if (trigger === "event") return say(context, "on the event", "по событию")
  return months === null ? "—" : say(context, `every ${months} months`, `раз в ${months} мес.`)
}

/** Annex 5: reports by type. */
export function annex5(context: AnnexContext): readonly PrintTable[] {
  const { plan, lang } = context
  const columns = [
    column(say(context, "Code", "Код"), "fit"),
    column(say(context, "Report", "Отчет"), 1),
    column(say(context, "How often", "Периодичность"), 0.55),
    column(say(context, "First period ends", "Конец первого периода"), 0.42),
    column(say(context, "Due, days", "Срок, дней"), 0.28, "right"),
    column(say(context, "From", "Представляют"), 0.8),
    column(say(context, "To", "Кому"), 0.8),
  ]
  const isBilingual = plan.tables.reports.every((r) => LANGS.every((one) => r.languages.includes(one)))
  const rows = plan.tables.reports.map((r) =>
    row(
      r.id,
      r.title[lang] + (r.format === "document" ? "" : say(context, " (table)", " (таблица)")),
      howOften(context, r),
      date(context, r.first_period_end),
      String(r.due_days),
      perParty(context, (code) => post(context, r.from[code])),
      perParty(context, (code) => post(context, r.to[code])) +
        (isBilingual ? "" : `; ${languages(context, r.languages)}`),
    ),
  )
  return [
    table(
      "reports",
      say(context, "Reports", "Отчеты"),
      columns,
      rows,
      isBilingual
        ? say(context, "Each report is made in both languages.", "Каждый отчет составляется на двух языках.")
        : null,
    ),
  ]
}

/** Annex 6: risks, the heaviest first as the register keeps them. */
export function annex6(context: AnnexContext): readonly PrintTable[] {
  const { plan, lang } = context
  const columns = [
    column(say(context, "Code", "Код"), "fit"),
    column(say(context, "Risk and its cause", "Риск и его причина"), 1),
    column(say(context, "Likelihood (1–5)", "Вероятность (1–5)"), 0.3, "center"),
    column(say(context, "Impact (1–5)", "Влияние (1–5)"), 0.26, "center"),
    column(say(context, "Owner", "Ответственный"), 0.5),
    column(say(context, "Response", "Мера реагирования"), 1),
    column(say(context, "Concerns", "Относится к"), 0.3),
  ]
  const rows = plan.tables.risks.map((r) =>
    row(
      r.id,
      { lead: r.title[lang], text: r.cause[lang] },
      String(r.likelihood),
      String(r.impact),
      post(context, r.owner),
      { lead: label("response", r.response.type, lang), text: r.response.text[lang] },
      list(r.links),
    ),
  )
  return [table("risks", say(context, "Risks", "Риски"), columns, rows)]
}

/** Annex 7: equipment by site. */
export function annex7(context: AnnexContext): readonly PrintTable[] {
  const { plan, lang } = context
  const columns = [
    column(say(context, "Code", "Код"), "fit"),
    column(say(context, "Item", "Наименование"), 1),
    column(say(context, "Class", "Вид"), 0.55),
    column(say(context, "Quantity", "Кол-во"), "fit", "right"),
    column(say(context, "Made", "Год, происхождение"), "fit"),
    column(say(context, "Accepted", "Принято"), "fit"),
    column(say(context, "Paid by", "Оплатила"), "fit"),
    column(say(context, "Title held by", "Право собственности"), 1),
    column(say(context, "Title passes", "Переход права"), "fit"),
    column(say(context, "Service life to", "Срок службы до"), "fit"),
    column(say(context, "Replaced under", "Замена"), "fit"),
  ]
  const rows = grouped(
    plan.tables.equipment,
    sitesOf(context),
    (item) => item.site_id,
    (item) =>
      row(
        item.id,
        item.name[lang],
        label("equipment_class", item.class, lang),
        String(item.quantity),
        `${item.year}, ${item.origin === "other" ? say(context, "other", "иное") : sideCode(context, item.origin)}`,
        date(context, item.accepted_on),
        sideCode(context, item.paid_by),
        `${item.title_holder.holder[lang]} (${sideCode(context, item.title_holder.party)}, ${say(context, "since", "с")} ${date(context, item.title_holder.since)})`,
        date(context, passesOn(item.title_holder)),
        orDash(item.end_of_life_year),
        item.replace_in === null ? "—" : `${item.replace_in.line_id}, ${item.replace_in.plan_year}`,
      ),
  )
  return [table("equipment", say(context, "Equipment by site", "Оборудование по объектам"), columns, rows)]
}

/** `passes_to_RU_on` names the party it passes to in its key. */
function passesOn(holder: Readonly<Record<string, unknown>>): string | null {
  const found = Object.entries(holder).find(([key, value]) => key.startsWith("passes_to_") && typeof value === "string")
  return found === undefined ? null : String(found[1])
}
