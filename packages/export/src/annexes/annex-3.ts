import {
  type CostLine,
  type CostYear,
  exactTotals,
  type FxReview,
  type Party,
  planYears,
  sharesBp,
} from "@alternat/plan"
import { formatMinor, formatPercent, formatTableDate } from "@alternat/text"
import { formatRate, formatShare } from "../format.ts"
import type { PrintRow, PrintTable } from "../model.ts"
import { type AnnexContext, column, date, label, row, say, sideCode, table } from "./context.ts"
import { openCosts, proposedCells, proposedLines } from "./open-proposals.ts"

/** Annex 3: the cost table by line, year and party, its totals and shares, and the terms it was made under. */
export function annex3(context: AnnexContext): readonly PrintTable[] {
  return [costs(context), openCosts(context), shares(context), valuations(context), terms(context)]
}

/** What one side pays: the first party's money in the base currency, the second's in its own and as an equivalent. */
type Money = "total_usd_cents" | "us_usd_cents" | "ru_usd_equiv_cents" | "ru_rub_kopecks"

function moneyRows(
  context: AnnexContext,
): readonly { readonly key: Money; readonly head: string; readonly party: Party | null }[] {
  const { plan, lang } = context
  const { base, quote } = plan.terms.fx
  const [a, b] = plan.parties
  const own = { key: "us_usd_cents" as const, head: `${a.names[lang].short}, ${unit(base, lang)}`, party: a }
  const equivalent = {
    key: "ru_usd_equiv_cents" as const,
    head: `${b.names[lang].short}, ${say(context, `${base} equivalent`, `экв. в ${unit(base, lang)}`)}`,
    party: b,
  }
  const native = { key: "ru_rub_kopecks" as const, head: `${b.names[lang].short}, ${unit(quote, lang)}`, party: b }
  const total = {
    key: "total_usd_cents" as const,
    head: say(context, `Total, ${base}`, `Всего, ${unit(base, lang)}`),
    party: null,
  }
  return context.parties[0].code === a.code ? [total, own, equivalent, native] : [total, native, equivalent, own]
}

const UNITS: Readonly<Record<string, string>> = { USD: "долл. США", RUB: "руб." }
const unit = (currency: string, lang: "en" | "ru"): string => (lang === "en" ? currency : (UNITS[currency] ?? currency))

function costs(context: AnnexContext): PrintTable {
  const { plan, lang } = context
  const years = planYears(plan.terms)
  const columns = [
    column(say(context, "Line", "Позиция"), "fit"),
    column("", 2.2),
    ...years.map((year) => column(String(year), 1, "right")),
    column(`${years[0]}–${years.at(-1)}`, 1.1, "right"),
  ]
  const kinds = moneyRows(context)
  const lines = plan.tables.cost_lines.flatMap((line) => [
    ...lineRows(context, line),
    ...proposedCells(context, line, years),
  ])
  const proposed = proposedLines(context).flatMap(({ line, bracket }) => lineRows(context, line, bracket))
  const totals = exactTotals(plan.tables.cost_lines, years)
  const bottom = kinds.map(
    (kind, i): PrintRow => ({
      cells: [
        i === 0 ? say(context, "All", "Итого") : "",
        kind.head,
        ...years.map((year) => formatMinor(totals[kind.key][year] ?? 0n, lang)),
        formatMinor(totals[kind.key]["all"] ?? 0n, lang),
      ],
      style: i === 0 ? "total" : i === kinds.length - 1 ? "grand" : "sub",
    }),
  )
  const note = say(
    context,
    "Amounts in whole dollars and rubles; an amount with cents or kopecks prints them. H marks a line subject to hand-over to sole support. Letters a–h give the class of cost.",
    "Суммы в целых долларах и рублях; центы и копейки печатаются, если они есть. Знаком «П» отмечены позиции, по которым предусмотрен переход к самостоятельному финансированию. Буквами a–h обозначен вид расходов.",
  )
  return table(
    "costs",
    say(context, "Costs by line, plan year and side", "Расходы по позициям, плановым годам и Сторонам"),
    columns,
    [...lines, ...proposed, ...bottom],
    note,
  )
}

/** One line: its title, and a row for each kind of money that it has. `bracket`: who proposes it, if it is proposed. */
function lineRows(context: AnnexContext, line: CostLine, bracket?: string): PrintRow[] {
  const years = planYears(context.plan.terms)
  const around = (figure: string) => (bracket === undefined ? figure : `[${figure}]`)
  const title = lineTitle(context, line)
  const rows = moneyRows(context)
    .filter((kind) => kind.party === null || pays(line, kind.key))
    .map(
      (kind): PrintRow => ({
        cells: [
          "",
          kind.head + payment(context, line, kind),
          ...years.map((year) => around(amount(cellOf(line, year), kind.key, context))),
          around(sum(line, kind.key, context)),
        ],
        style: "sub",
      }),
    )
  return [{ cells: [line.id, bracket === undefined ? title : `[${bracket}: ${title}]`], style: "group" }, ...rows]
}

function lineTitle(context: AnnexContext, line: CostLine): string {
  const mark = line.subject_to_handover ? say(context, "H", "П") : null
  const marks = [line.sf424a_class, ...(mark === null ? [] : [mark])].join(", ")
  return `${line.title[context.lang]} (${marks})`
}

const pays = (line: CostLine, key: Money): boolean => line.years.some((cell) => cell[key] !== 0)
const cellOf = (line: CostLine, year: number): CostYear | undefined =>
  line.years.find((cell) => cell.plan_year === year)
const amount = (cell: CostYear | undefined, key: Money, { lang }: AnnexContext): string =>
  cell === undefined ? "—" : formatMinor(BigInt(cell[key]), lang)
const sum = (line: CostLine, key: Money, { lang }: AnnexContext): string =>
  formatMinor(
    line.years.reduce((n, cell) => n + BigInt(cell[key]), 0n),
    lang,
  )

function payment(
  context: AnnexContext,
  line: CostLine,
  kind: { readonly key: Money; readonly party: Party | null },
): string {
  if (kind.party === null || kind.key === "ru_usd_equiv_cents") return ""
  const how = kind.party.code === context.plan.parties[0].code ? line.kind_us : line.kind_ru
  if (how === null) return ""
  return how === "cash" ? say(context, ", cash", ", деньгами") : say(context, ", in kind", ", в натуральной форме")
}

function shares(context: AnnexContext): PrintTable {
  const { plan, lang, parties } = context
  const years = planYears(plan.terms)
  const totals = exactTotals(plan.tables.cost_lines, years)
  const keys = [...years.map(String), "all"]
  const [a] = plan.parties
  const columns = [
    column("", 1),
    ...keys.map((key) => column(key === "all" ? `${years[0]}–${years.at(-1)}` : key, "fit", "right")),
  ]
  const parts = keys.map((key) => sharesBp([totals.us_usd_cents[key] ?? 0n, totals.ru_usd_equiv_cents[key] ?? 0n]))
  const rows = parties.map((party) =>
    row(
      say(context, `Share of ${party.names.en.side}`, `Доля ${party.names.ru.cases.gen}`),
      ...parts.map((part) => (part === null ? "—" : formatShare(part[party.code === a.code ? 0 : 1] ?? 0, lang))),
    ),
  )
  const ramp = handoverShares(context, years)
  const all = ramp === null ? rows : [...rows, ramp]
  return table(
    "shares",
    say(context, "Shares of the sides by plan year", "Доли Сторон по плановым годам"),
    columns,
    all,
  )
}

/** The hand-over ramp: the first party's part of the marked lines. */
function handoverShares(context: AnnexContext, years: readonly number[]): PrintRow | null {
  const marked = context.plan.tables.cost_lines.filter(
    (line) => line.subject_to_handover && line.kind_us !== null && line.kind_ru !== null,
  )
  if (marked.length === 0) return null
  const totals = exactTotals(marked, years)
  const [a] = context.plan.parties
  const cells = [...years.map(String), "all"].map((key) => {
    const part = sharesBp([totals.us_usd_cents[key] ?? 0n, totals.ru_usd_equiv_cents[key] ?? 0n])
    return part === null ? "—" : formatShare(part[0] ?? 0, context.lang)
  })
  return row(
    say(
      context,
      `Share of ${a.names.en.side} in the lines marked H that both Sides pay`,
      `Доля ${a.names.ru.cases.gen} по позициям, отмеченным знаком «П»`,
    ),
    ...cells,
  )
}

function valuations(context: AnnexContext): PrintTable {
  const { plan, lang } = context
  const columns = [
    column(say(context, "Line", "Позиция"), "fit"),
    column(say(context, "Side", "Сторона"), "fit"),
    column(say(context, "Valued at", "Основа оценки"), 0.5),
    column(say(context, "Valued on", "Дата оценки"), "fit"),
    column(say(context, "Evidence", "Подтверждение"), 1),
  ]
  const rows = plan.tables.in_kind_valuations.map((v) =>
    row(
      v.line_id,
      sideCode(context, v.party),
      label("valuation_basis", v.basis, lang),
      date(context, v.valued_on),
      v.evidence[lang] +
        (v.counted_elsewhere ? say(context, "; counted elsewhere as well", "; учтено также в другом месте") : ""),
    ),
  )
  return table(
    "valuations",
    say(context, "Valuation of contributions in kind", "Оценка вкладов в натуральной форме"),
    columns,
    rows,
  )
}

function reviewer(context: AnnexContext, { proposed_by: side, section }: FxReview): string {
  const who = side === "either" ? say(context, "either Side", "любая из Сторон") : sideCode(context, side)
  return say(context, `Proposed by: ${who} (section ${section}).`, `Инициатор: ${who} (раздел ${section}).`)
}

function terms(context: AnnexContext): PrintTable {
  const { plan, lang } = context
  const { fx, caps, min_ru_share_bp_final_year: floor, handover_complete_by: handover } = plan.terms
  const [a, b] = plan.parties
  const rows = [
    row(say(context, "Planning exchange rate", "Расчетный курс"), formatRate(fx.rate, fx.base, fx.quote, lang)),
    row(say(context, "Agreed on", "Согласован"), formatTableDate(fx.agreed_on, lang)),
    row(
      say(context, "Hand-over to sole support complete by", "Переход к самостоятельному финансированию завершается"),
      formatTableDate(handover, lang),
    ),
    ...(caps.us_usd_cents === null
      ? []
      : [
          row(
            say(
              context,
              `Not-to-exceed amount of ${a.names.en.side}`,
              `Предельная сумма взносов ${a.names.ru.cases.gen}`,
            ),
            `${formatMinor(BigInt(caps.us_usd_cents), lang)} ${unit(fx.base, lang)}`,
          ),
        ]),
    ...(caps.ru_rub_kopecks === null
      ? []
      : [
          row(
            say(
              context,
              `Not-to-exceed amount of ${b.names.en.side}`,
              `Предельная сумма взносов ${b.names.ru.cases.gen}`,
            ),
            `${formatMinor(BigInt(caps.ru_rub_kopecks), lang)} ${unit(fx.quote, lang)}`,
          ),
        ]),
    ...(floor === null
      ? []
      : [
          row(
            say(
              context,
              `Smallest share of ${b.names.en.side} in the final plan year`,
              `Наименьшая доля ${b.names.ru.cases.gen} в последнем плановом году`,
            ),
            formatPercent(floor, lang),
          ),
        ]),
    ...plan.tables.fx_review.map((review) =>
      row(
        say(context, "Review of the rate", "Пересмотр курса"),
        `${review.measure[lang]}: ±${formatPercent(review.trigger_bp, lang)}. ${review.effect[lang]}. ${reviewer(context, review)}`,
      ),
    ),
  ]
  return table("terms", say(context, "Terms of the table", "Условия таблицы"), [column("", 0.5), column("", 1)], rows)
}
