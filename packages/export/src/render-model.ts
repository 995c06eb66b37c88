import type { Annex, Bilingual, Lang, Party, PlanDocument, Section, TableProposal } from "@alternat/plan"
import { planHash } from "@alternat/seal"
import { formatAnnex, formatDate } from "@alternat/text"
import { ANNEX_TABLES, LANDSCAPE_ANNEXES } from "./annexes/index.ts"
import { type ClauseContext, printClauses } from "./clauses.ts"
import type { DocumentModel, ExportSource, PrintSection, PrintSignature, PrintTable, RenderOptions } from "./model.ts"
import { type Order, orderFor, partiesIn } from "./order.ts"
import { WORDS } from "./words.ts"

/**
 * A plan as one printed document, the same for every format: everything that depends on the order of the parties and
 * languages, on the version or on open proposals is settled here, and a format only sets it.
 */
export function renderModel(source: ExportSource, options: RenderOptions): DocumentModel {
  const plan = withoutWithdrawn(source)
  const order = orderFor(plan, options.original, options.first)
  const isDraft = source.version === null
  const proposals =
    isDraft && options.brackets !== false ? (source.proposals ?? []).filter((p) => p.status === "open") : []
  const open = isDraft && options.brackets !== false ? (source.tableProposals ?? []) : []
  const context: ClauseContext = { plan, order, proposals, standing: isDraft ? (source.standing ?? null) : null }
  const [first, second] = order.parties
  return {
    original: options.original,
    audience: options.audience,
    langs: order.langs,
    parties: [first.code, second.code],
    title: plan.title,
    shortTitle: plan.shortTitle,
    partyNames: [
      fullName(partiesIn(plan, order, "en")[0], partiesIn(plan, order, "ru")[0]),
      fullName(partiesIn(plan, order, "en")[1], partiesIn(plan, order, "ru")[1]),
    ],
    copy: copyName(plan, order),
    marking: plan.titlePage.marking,
    character: plan.titlePage.character,
    fiction: plan.titlePage.fiction,
    version: source.version,
    versionLine: versionLine(source),
    at: standsAt(source),
    draftMark: isDraft ? WORDS.draft : null,
    sections: printSections(context, open),
    signatures: [signature(first), signature(second)],
    signatureLabels: plan.signature.labels,
    planHash: planHash(source.plan),
  }
}

/** A draft without a date is dated at the start of its plan: a file's date must never come from the clock. */
const standsAt = (source: ExportSource): string => source.version?.frozenAt ?? source.at ?? source.plan.terms.start

function versionLine(source: ExportSource): Bilingual {
  const at = standsAt(source)
  if (source.version === null)
    return { en: `As of ${formatDate(at, "en")}`, ru: `По состоянию на ${formatDate(at, "ru")}` }
  const n = source.version.number
  return {
    en: `Version ${n}, frozen ${formatDate(at, "en")}`,
    ru: `Версия ${n}, зафиксирована ${formatDate(at, "ru")}`,
  }
}

/** What has been withdrawn is not printed, and does not count in the numbering. */
function withoutWithdrawn(source: ExportSource): PlanDocument {
  const standing = source.standing
  if (standing === undefined) return source.plan
  const keep = (section: Section): Section => ({
    ...section,
    clauses: section.clauses.filter((clause) => standing.clauses[clause.id]?.state !== "withdrawn"),
  })
  return { ...source.plan, sections: source.plan.sections.map(keep) }
}

/** Preamble, sections and signatures in the plan's order; behind them every annex that the plan's list or its text has. */
function printSections(context: ClauseContext, open: readonly TableProposal[]): readonly PrintSection[] {
  const { plan } = context
  const [annexSections, body] = [plan.sections.filter(isAnnex), plan.sections.filter((one) => !isAnnex(one))]
  const unlisted = annexSections.filter(({ number }) => !plan.tables.annexes.some((annex) => annex.no === number))
  return [
    ...body.map((section) => printSection(section, context)),
    ...plan.tables.annexes
      .toSorted((a, b) => a.no - b.no)
      .map((annex) =>
        printAnnex(
          annex,
          annexSections.filter((one) => one.number === annex.no),
          context,
          open,
        ),
      ),
    ...unlisted.map((section) => printSection(section, context)),
  ]
}

const isAnnex = (section: Section): boolean => section.kind === "annex"

function printAnnex(
  annex: Annex,
  sections: readonly Section[],
  context: ClauseContext,
  open: readonly TableProposal[],
): PrintSection {
  const { plan, order } = context
  return {
    id: annex.id,
    kind: "annex",
    number: annex.no,
    heading: annex.title,
    clauses: sections.flatMap((section) => printClauses(section.clauses, context)),
    tables: { en: annexTables(plan, order, annex.no, "en", open), ru: annexTables(plan, order, annex.no, "ru", open) },
    landscape: LANDSCAPE_ANNEXES.has(annex.no),
    note: annex.integral ? null : WORDS.notIntegral,
  }
}

const printSection = (section: Section, context: ClauseContext): PrintSection => ({
  id: section.id,
  kind: section.kind,
  number: section.kind === "section" || section.kind === "annex" ? section.number : null,
  heading: section.heading,
  clauses: printClauses(section.clauses, context),
  tables: { en: [], ru: [] },
  landscape: false,
  note: null,
})

/** The tables of one annex in one language; those that hold nothing are left out. */
export function annexTables(
  plan: PlanDocument,
  order: Order,
  number: number,
  lang: Lang,
  open: readonly TableProposal[] = [],
): readonly PrintTable[] {
  const tables = ANNEX_TABLES[number]
  if (tables === undefined) return []
  return tables({ plan, lang, parties: partiesIn(plan, order, lang), open }).filter((table) => table.rows.length > 0)
}

/** `Annex 3` / `Приложение № 3` */
export const annexName = (number: number): Bilingual => ({
  en: formatAnnex(number, "en"),
  ru: formatAnnex(number, "ru"),
})

const fullName = (en: Party, ru: Party): Bilingual => ({ en: en.names.en.full, ru: ru.names.ru.full })

const copyName = (plan: PlanDocument, order: Order): Bilingual => {
  const party = plan.parties.find((one) => one.code === order.original)
  if (party === undefined) return WORDS.workingCopy
  return { en: `Original of ${party.names.en.side}`, ru: `Экземпляр ${party.names.ru.cases.gen}` }
}

const signature = (party: Party): PrintSignature => ({
  party: party.code,
  heading: { en: `For ${party.names.en.side}`, ru: `За ${party.names.ru.cases.acc}` },
})
