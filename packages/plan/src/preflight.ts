import { createClauseFinder } from "./act-parts.ts"
import { checkPlanTables } from "./check-plan.ts"
import { clauseFaults } from "./clause-faults.ts"
import { conformityOf, isEmptyText, lineStandingOf } from "./clause-standing.ts"
import type { ClauseText } from "./clause-text.ts"
import type { HashPort } from "./hash-port.ts"
import type { Bilingual, Lang } from "./lang.ts"
import { LANGS } from "./lang.ts"
import type { Clause, LivePlan, PlanDocument } from "./plan-document.ts"
import { characterItems } from "./preflight-characters.ts"
import type { PreflightItem } from "./replies.ts"
import type { Standing } from "./standing.ts"
import type { TableName } from "./tables.ts"

/** Everything that stands between the plan and a freeze, in the order of the plan; warnings last in each part. */
export const preflight = (live: LivePlan, standing: Standing, hashes: HashPort): readonly PreflightItem[] => [
  ...sectionItems(live, standing),
  ...clauseItems(live, standing, hashes),
  ...characterItems(live.plan, createClauseFinder({ live, standing, hashes })),
  ...tableItems(live, standing),
]

const item = (code: string, subject: PreflightItem["subject"], message: Bilingual): PreflightItem => ({
  code,
  severity: "blocks",
  message,
  subject,
})

/** Annexes that are tables, and must hold something. */
const MANDATORY_TABLES: readonly { readonly table: TableName; readonly en: string; readonly ru: string }[] = [
  { table: "priorities", en: "Annex 1, priorities", ru: "Приложение № 1, приоритеты" },
  { table: "milestones", en: "Annex 1, milestones", ru: "Приложение № 1, контрольные этапы" },
  { table: "raci", en: "Annex 2, responsibility matrix", ru: "Приложение № 2, матрица ответственности" },
  { table: "cost_lines", en: "Annex 3, financial plan", ru: "Приложение № 3, финансовый план" },
  { table: "access_rules", en: "Annex 4, access arrangements", ru: "Приложение № 4, порядок доступа" },
  { table: "reports", en: "Annex 5, reporting calendar", ru: "Приложение № 5, график отчетности" },
  { table: "posts", en: "Annex 9, posts", ru: "Приложение № 9, должности" },
  { table: "glossary", en: "Annex 10, glossary", ru: "Приложение № 10, глоссарий" },
]

const sectionItems = ({ plan }: LivePlan, standing: Standing): readonly PreflightItem[] => [
  ...plan.sections
    .filter((section) => section.mandatory)
    .flatMap((section) => {
      const clauses = section.clauses.filter((clause) => standing.clauses[clause.id]?.state !== "withdrawn")
      const lacks = LANGS.filter((lang) => clauses.every((clause) => isEmptyText(clause[lang])))
      if (lacks.length === 0) return []
      const name = (lang: Lang) => (section.number === null ? "" : `${section.number}. `) + section.heading[lang]
      return [
        item(
          "section_empty",
          { type: "section", id: section.id },
          {
            en: `The mandatory section “${name("en")}” has no ${lacks.map((lang) => (lang === "en" ? "English" : "Russian")).join(" and no ")} text.`,
            ru: `В обязательном разделе «${name("ru")}» нет ${lacks.map((lang) => (lang === "en" ? "английского" : "русского")).join(" и ")} текста.`,
          },
        ),
      ]
    }),
  ...MANDATORY_TABLES.filter(({ table }) => plan.tables[table].length === 0).map(({ table, en, ru }) =>
    item(
      "table_empty",
      { type: "table", id: table },
      { en: `${en}: nothing is entered.`, ru: `${ru}: ничего не внесено.` },
    ),
  ),
]

const clauseItems = (live: LivePlan, standing: Standing, hashes: HashPort): readonly PreflightItem[] => {
  const find = createClauseFinder({ live, standing, hashes })
  return live.plan.sections.flatMap((section) =>
    section.clauses.flatMap((clause): readonly PreflightItem[] => {
      const found = find(clause.id)
      if (found === null) return []
      const subject = { type: "clause", id: clause.id } as const
      const named = (code: string, message: Bilingual) =>
        item(code, subject, {
          en: `${capital(found.label.en)}: ${message.en}`,
          ru: `${capital(found.label.ru)}: ${message.ru}`,
        })
      const conformity = conformityOf(clause, found.standing, found.hash)
      const faults = clauseFaults(found, { live })
      const items = faults.map(({ code, message }) => named(code, message))
      if (conformity === "confirmed_one") {
        items.push(
          named("not_conformed", {
            en: "only one side's translator has attested it.",
            ru: "соответствие подтверждено переводчиком только одной Стороны.",
          }),
        )
      }
      if (found.standing.state !== "agreed" && found.standing.state !== "locked") {
        items.push(named("clause_not_agreed", { en: "it isn't agreed.", ru: "пункт не согласован." }))
      }
      if (found.standing.reserves.some((reserve) => reserve.liftedAt === null)) {
        items.push(named("reserve", { en: "a reserve isn't lifted.", ru: "не снято резервирование позиции." }))
      }
      if (!isAlternatInStep(clause)) {
        items.push(
          named("alternat_stale", {
            en: "the wording for the other original no longer says the same.",
            ru: "текст для второго подлинника больше не совпадает по содержанию.",
          }),
        )
      }
      return items
    }),
  )
}

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1)

/** The other original's wording only puts the parties in the other order, so it has the very same words and fields. */
const isAlternatInStep = ({ alternat, ...clause }: Clause): boolean =>
  alternat === undefined || LANGS.every((lang) => wordsOf(alternat[lang]) === wordsOf(clause[lang]))

const wordsOf = (text: ClauseText): string =>
  (JSON.stringify(text).match(/[\p{L}\p{N}]+/gu) ?? []).toSorted().join(" ").toLowerCase()

const tableItems = (live: LivePlan, standing: Standing): readonly PreflightItem[] => {
  const open = live.tableProposals.filter((one) => one.status === "open")
  const lines = live.plan.tables.cost_lines.filter((line) => {
    const { state } = lineStandingOf(standing, line.id)
    return state !== "agreed" && state !== "locked"
  })
  return [
    ...open.map((one) =>
      item(
        "open_table_proposal",
        { type: "proposal", id: one.id },
        {
          en: `A proposal on the tables is still open (${one.id}).`,
          ru: `Есть открытое предложение по таблицам (${one.id}).`,
        },
      ),
    ),
    ...lines.map((line) =>
      item(
        "line_not_agreed",
        { type: "line", id: line.id },
        {
          en: `Cost line ${line.id} isn't agreed.`,
          ru: `Позиция расходов ${line.id} не согласована.`,
        },
      ),
    ),
    ...findingItems(live.plan),
  ]
}

const findingItems = (plan: PlanDocument): readonly PreflightItem[] =>
  checkPlanTables(plan).map(({ code, severity, path, message }) => {
    const [table = "", row] = path.split("/")
    const subject =
      table === "lines" && row !== undefined
        ? ({ type: "line", id: row } as const)
        : ({ type: "table", id: table } as const)
    return { code, severity: severity === "error" ? "blocks" : "warning", message, subject }
  })
