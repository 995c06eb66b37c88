import type { Bilingual, Priority } from "@alternat/plan"
import { formatDecimal, formatPercent } from "@alternat/text"
import type { PrintRow, PrintTable } from "../model.ts"
import {
  type AnnexContext,
  column,
  date,
  label,
  list,
  orDash,
  perParty,
  post,
  row,
  say,
  sideCode,
  table,
} from "./context.ts"
import { openRanks, proposedRanks } from "./open-proposals.ts"

/** Annex 1: priorities in their joint order, what measures them, when they are done, and the milestones. */
export function annex1(context: AnnexContext): readonly PrintTable[] {
  return [
    priorities(context),
    openRanks(context),
    assessments(context),
    indicators(context),
    criteria(context),
    milestones(context),
  ]
}

const inOrder = ({ plan }: AnnexContext) =>
  plan.tables.priorities.toSorted((a, b) => (a.joint_rank ?? 999) - (b.joint_rank ?? 999) || (a.id < b.id ? -1 : 1))

function priorities(context: AnnexContext): PrintTable {
  const { lang, parties } = context
  const columns = [
    column(say(context, "Joint order", "Общий порядок"), "fit", "center"),
    column(say(context, "Code", "Код"), "fit"),
    column(say(context, "Priority and objective", "Приоритет и цель"), 1),
    ...parties.map((party) =>
      column(say(context, `Own rank, ${party.names.en.short}`, `Место, ${party.names.ru.short}`), "fit", "center"),
    ),
    column(say(context, "Workstreams, milestones", "Направления работ, контрольные этапы"), 0.16),
    column(say(context, "Support", "Поддержка"), 0.17),
  ]
  const rows = inOrder(context).map(
    (p): PrintRow => ({
      cells: [
        orDash(p.joint_rank) + proposedRanks(context, p),
        p.id,
        { lead: p.title[lang], text: p.objective[lang] },
        ...parties.map((party) => rank(context, p.own_rank[party.code])),
        [p.workstream_ids, p.milestone_ids]
          .filter((ids) => ids.length > 0)
          .map(list)
          .join("; ") || "—",
        support(context, p),
      ],
    }),
  )
  return table("priorities", say(context, "Priorities in joint order", "Приоритеты в общем порядке"), columns, rows)
}

/** `supported by the Russian side only; RF pays 100% (L12)` */
function support(context: AnnexContext, { disposition, payer, depends_on: ids }: Priority): string {
  const after = ids.length === 0 ? "" : say(context, `; depends on ${list(ids)}`, `; зависит от ${list(ids)}`)
  const words = label("disposition", disposition, context.lang) + after
  if (payer === null) return words
  const share = formatPercent(payer.share_bp, context.lang)
  const side = sideCode(context, payer.party)
  const lines = payer.line_ids.length === 0 ? "" : ` (${list(payer.line_ids)})`
  return `${words}; ${say(context, `${side} pays ${share}`, `оплачивает ${side}, ${share}`)}${lines}`
}

const rank = (context: AnnexContext, value: number | null | undefined): string =>
  value === null || value === undefined ? "—" : formatDecimal(String(value), context.lang)

function assessments(context: AnnexContext): PrintTable {
  const { lang, parties } = context
  const columns = [
    column(say(context, "Priority", "Приоритет"), "fit"),
    column(say(context, "Side", "Сторона"), "fit"),
    column(say(context, "Threat", "Угроза"), 0.2),
    column(say(context, "Likelihood (1–5)", "Вероятность (1–5)"), 0.12, "center"),
    column(say(context, "Consequence (1–5)", "Последствия (1–5)"), 0.12, "center"),
    column(say(context, "Reasons", "Обоснование"), 1),
  ]
  const rows = inOrder(context).flatMap((p) =>
    parties.flatMap((party, i): PrintRow[] => {
      const one = p.assessment[party.code]
      if (one?.releasable !== true) return []
      const cells = [
        i === 0 ? p.id : "",
        party.names[lang].short,
        label("threat_actor", one.actor, lang),
        String(one.likelihood),
        String(one.consequence),
        one.rationale[lang],
      ]
      return [i === 0 ? { cells } : { cells, style: "sub" }]
    }),
  )
  return table(
    "assessments",
    say(context, "Assessments, recorded separately by each side", "Оценки, изложенные Сторонами раздельно"),
    columns,
    rows,
  )
}

function indicators(context: AnnexContext): PrintTable {
  const { lang } = context
  const columns = [
    column(say(context, "Code", "Код"), "fit"),
    column(say(context, "Priority", "Приоритет"), "fit"),
    column(say(context, "Indicator", "Показатель"), 1),
    column(say(context, "Starting value", "Исходное значение"), "fit", "right"),
    column(say(context, "as of", "на дату"), "fit"),
    column(say(context, "Target", "Целевое значение"), "fit", "right"),
    column(say(context, "by", "к дате"), "fit"),
    column(say(context, "Source", "Источник"), 0.9),
    column(say(context, "Reports", "Отчет"), "fit"),
  ]
  const rows = inOrder(context).flatMap((p) =>
    p.indicators.map((i) =>
      row(
        i.id,
        p.id,
        i.name[lang],
        measured(context, i.baseline.value, i.unit),
        date(context, i.baseline.date),
        measured(context, i.target.value, i.unit),
        date(context, i.target.date),
        i.source[lang],
        list(i.reporting_parties.map((code) => sideCode(context, code))),
      ),
    ),
  )
  return table("indicators", say(context, "Indicators", "Показатели"), columns, rows)
}

/** `97%`, `48 hours`; a plain number for a count. */
function measured(context: AnnexContext, value: string, unit: string): string {
  const figure = formatDecimal(value, context.lang)
  if (unit === "percent") return context.lang === "en" ? `${figure}%` : `${figure}\u00a0%`
  if (unit === "hours") return context.lang === "en" ? `${figure}\u00a0h` : `${figure}\u00a0ч`
  if (unit === "days") return context.lang === "en" ? `${figure}\u00a0days` : `${figure}\u00a0дн.`
  return figure
}

function criteria(context: AnnexContext): PrintTable {
  const { lang } = context
  const columns = [
    column(say(context, "Code", "Код"), "fit"),
    column(say(context, "Priority", "Приоритет"), "fit"),
    column(say(context, "Completion criterion", "Критерий завершения"), 1),
    column(say(context, "Method", "Способ подтверждения"), 0.45),
    column(say(context, "Evidence", "Подтверждение"), 0.45),
    column(say(context, "Verified by", "Подтверждает"), "fit"),
  ]
  const rows = inOrder(context).flatMap((p) =>
    p.completion_criteria.map((c) =>
      row(
        c.id,
        p.id,
        c.text[lang],
        label("method", c.method, lang),
        [label("evidence", c.evidence, lang), c.indicator_id ?? ""].filter((text) => text !== "").join("; "),
        sideCode(context, c.verifier),
      ),
    ),
  )
  return table("criteria", say(context, "Completion criteria", "Критерии завершения"), columns, rows)
}

const MILESTONE_STATUS: Readonly<Record<string, Bilingual>> = {
  met: { en: "met", ru: "выполнен" },
  missed: { en: "missed", ru: "не выполнен" },
}

function milestones(context: AnnexContext): PrintTable {
  const { plan, lang } = context
  const columns = [
    column(say(context, "Code", "Код"), "fit"),
    column(say(context, "Milestone", "Контрольный этап"), 1),
    column(say(context, "Due", "Срок"), "fit"),
    column(say(context, "After", "После"), "fit"),
    column(say(context, "Side", "Сторона"), "fit"),
    column(say(context, "Answers for it", "Ответственные"), 0.6),
    column(say(context, "Evidence", "Подтверждение"), 0.9),
    column(say(context, "Priorities", "Приоритеты"), 0.25),
  ]
  const rows = plan.tables.milestones.map((m) =>
    row(
      m.id,
      m.title[lang],
      date(context, m.due) + (m.status === "planned" ? "" : `; ${MILESTONE_STATUS[m.status]?.[lang] ?? m.status}`),
      list(m.predecessors),
      sideCode(context, m.owner),
      perParty(context, (code) => (m.owner_posts[code] === undefined ? null : post(context, m.owner_posts[code]))),
      { lead: label("evidence", m.evidence.type, lang), text: m.evidence.text[lang] },
      list(m.priority_ids),
    ),
  )
  return table("milestones", say(context, "Milestones", "Контрольные этапы"), columns, rows)
}
