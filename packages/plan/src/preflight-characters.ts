import type { FoundClause } from "./act-parts.ts"
import { clausePlaces } from "./clause-number.ts"
import type { ClauseText } from "./clause-text.ts"
import { type Bilingual, LANGS, type Lang } from "./lang.ts"
import type { PlanDocument } from "./plan-document.ts"
import type { PreflightItem } from "./replies.ts"
import type { Row, TableName } from "./tables.ts"
import { type TextFault, type TextForm, textFault } from "./text-characters.ts"
import { describeFault } from "./text-replacements.ts"

/**
 * Characters that a plan may not hold, in a plan that holds some from before: no version can be made of it, so the
 * preflight names the place of each.
 */
export const characterItems = (plan: PlanDocument, find: FindClause): readonly PreflightItem[] =>
  textPlaces(plan, find).flatMap(({ text, form, subject, name }) => {
    const fault = textFault(text, { form })
    return fault === null ? [] : [unprintable(subject, name(), fault)]
  })

/** Where a plan says this, as the typesetter found that it can't be printed; the first places where it stands. */
export const unprintableItems = (plan: PlanDocument, text: string): readonly PreflightItem[] => {
  const codePoint = text.codePointAt(0) ?? 0
  const numbers = clausePlaces(plan)
  const find = (id: string) => {
    const number = numbers.get(id)?.number ?? null
    return number === null ? null : { label: { en: `clause ${number}`, ru: `пункт ${number}` } }
  }
  return textPlaces(plan, find)
    .filter((place) => place.text.includes(text))
    .slice(0, 20)
    .map(({ subject, name }) => unprintable(subject, name(), { codePoint, kind: "no_font" }))
}

const unprintable = (
  subject: PreflightItem["subject"],
  name: Bilingual,
  fault: Pick<TextFault, "codePoint" | "kind">,
): PreflightItem => {
  const sign = describeFault(fault)
  return {
    code: "bad_characters",
    severity: "blocks",
    message: { en: `${name.en}: take out ${sign.en}.`, ru: `${name.ru}: удалите ${sign.ru}.` },
    subject,
  }
}

type FindClause = (clauseId: string) => Pick<FoundClause, "label"> | null

interface TextPlace {
  readonly text: string
  readonly form: NonNullable<TextForm["form"]>
  readonly subject: PreflightItem["subject"]
  /** asked only where something is wrong: a clause is hashed for its name */
  readonly name: () => Bilingual
}

/** Every text of the plan with the name of its place, in the order of the plan. */
function textPlaces(plan: PlanDocument, find: FindClause): readonly TextPlace[] {
  const { title, shortTitle, titlePage, parties, terms, signature, sections, tables } = plan
  return [
    ...leavesOf({ title, shortTitle, titlePage }, null, { en: "Title page", ru: "Титульный лист" }),
    ...leavesOf(parties, null, { en: "Names of the parties", ru: "Наименования Сторон" }),
    ...leavesOf(terms, null, { en: "Terms of the plan", ru: "Условия плана" }),
    ...sections.flatMap((section) => [
      ...leavesOf(section.heading, { type: "section", id: section.id }, headingName(section.heading)),
      ...section.clauses.flatMap((clause) => {
        const label = () => find(clause.id)?.label ?? { en: `clause ${clause.id}`, ru: `пункт ${clause.id}` }
        const texts = [clause, ...(clause.alternat === undefined ? [] : [clause.alternat])]
        return texts.flatMap((pair) => LANGS.map((lang) => clausePlace(clause.id, label, pair[lang], lang)))
      }),
    ]),
    ...leavesOf(signature, null, { en: "Signature block", ru: "Блок подписей" }),
    ...Object.entries(tables).flatMap(([table, rows]) =>
      rows.flatMap((row) => rowPlaces(table as TableName, row as Row)),
    ),
  ]
}

const headingName = (heading: Bilingual): Bilingual => ({
  en: `Heading “${heading.en}”`,
  ru: `Заголовок «${heading.ru}»`,
})

const IN_LANG: Readonly<Record<Lang, Bilingual>> = {
  en: { en: "English text", ru: "английский текст" },
  ru: { en: "Russian text", ru: "русский текст" },
}
const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1)

const clausePlace = (id: string, label: () => Bilingual, text: ClauseText, lang: Lang): TextPlace => ({
  text: wordsOf(text),
  form: "lines",
  subject: { type: "clause", id },
  name: () => {
    const { en, ru } = label()
    return { en: `${capital(en)}, ${IN_LANG[lang].en}`, ru: `${capital(ru)}, ${IN_LANG[lang].ru}` }
  },
})

/** One line for a paragraph or item; a field is a space, so that no mark is read with what stands before the field. */
const wordsOf = (text: ClauseText): string =>
  text
    .flatMap((block) => ("p" in block ? [block.p] : block.list))
    .map((inlines) => inlines.map((one) => (typeof one === "string" ? one : "em" in one ? one.em : " ")).join(""))
    .join("\n")

function rowPlaces(table: TableName, row: Row): readonly TextPlace[] {
  const subject =
    table === "cost_lines" ? ({ type: "line", id: row.id } as const) : ({ type: "table", id: table } as const)
  const { en, ru } = NAMES[table]
  return leavesOf(row, subject, { en: `${en}, row ${row.id}`, ru: `${ru}, строка ${row.id}` })
}

/** The strings of a value; a path names the column, its last part the language. */
function leavesOf(
  value: unknown,
  subject: PreflightItem["subject"],
  name: Bilingual,
  path: readonly string[] = [],
): readonly TextPlace[] {
  if (typeof value === "string") return [{ text: value, form: "lines", subject, name: () => columnName(name, path) }]
  if (typeof value !== "object" || value === null) return []
  return Object.entries(value).flatMap(([key, inner]) => leavesOf(inner, subject, name, [...path, key]))
}

function columnName(name: Bilingual, path: readonly string[]): Bilingual {
  const last = path.at(-1)
  const lang = LANGS.find((one) => one === last)
  const column = (lang === undefined ? path : path.slice(0, -1)).filter((part) => !/^\d+$/.test(part)).join(".")
  const at: Bilingual = column === "" ? { en: "", ru: "" } : { en: `, column “${column}”`, ru: `, графа «${column}»` }
  const inLang = lang === undefined ? { en: "", ru: "" } : IN_LANG[lang]
  const tail = (text: string) => (text === "" ? "" : `, ${text}`)
  return { en: `${name.en}${at.en}${tail(inLang.en)}`, ru: `${name.ru}${at.ru}${tail(inLang.ru)}` }
}

/** What the annexes call their tables. */
const NAMES: Readonly<Record<TableName, Bilingual>> = {
  sites: { en: "Sites", ru: "Объекты" },
  priorities: { en: "Annex 1, priorities", ru: "Приложение № 1, приоритеты" },
  milestones: { en: "Annex 1, milestones", ru: "Приложение № 1, контрольные этапы" },
  workstreams: { en: "Workstreams", ru: "Направления работ" },
  executive_agents: { en: "Executive agents", ru: "Исполнительные органы" },
  committee: { en: "Committee", ru: "Комитет" },
  working_groups: { en: "Working groups", ru: "Рабочие группы" },
  annexes: { en: "List of annexes", ru: "Перечень приложений" },
  posts: { en: "Annex 9, posts", ru: "Приложение № 9, должности" },
  persons: { en: "Annex 9, persons", ru: "Приложение № 9, лица" },
  raci: { en: "Annex 2, responsibility matrix", ru: "Приложение № 2, матрица ответственности" },
  decision_rights: { en: "Annex 2, decision rights", ru: "Приложение № 2, порядок принятия решений" },
  escalation: { en: "Annex 2, escalation", ru: "Приложение № 2, порядок передачи вопросов на вышестоящий уровень" },
  access_rules: { en: "Annex 4, access arrangements", ru: "Приложение № 4, порядок доступа" },
  audit_rights: { en: "Annex 4, audit rights", ru: "Приложение № 4, права на проверку" },
  reports: { en: "Annex 5, reporting calendar", ru: "Приложение № 5, график отчетности" },
  risks: { en: "Annex 6, risks", ru: "Приложение № 6, риски" },
  equipment: { en: "Annex 7, equipment", ru: "Приложение № 7, оборудование" },
  in_kind_valuations: { en: "Annex 3, valuations in kind", ru: "Приложение № 3, оценка вкладов в натуральной форме" },
  fx_review: { en: "Annex 3, review of the rate", ru: "Приложение № 3, пересмотр курса" },
  glossary: { en: "Annex 10, glossary", ru: "Приложение № 10, глоссарий" },
  cost_lines: { en: "Annex 3, financial plan", ru: "Приложение № 3, финансовый план" },
}
