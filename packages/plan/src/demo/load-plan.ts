import { costRows } from "../cost-table.ts"
import type { Bilingual } from "../lang.ts"
import { parseText } from "../parse-text.ts"
import type { Clause, PlanDocument, Section, SignatureBlock, SignatureHalf } from "../plan-document.ts"
import type { PlanTables } from "../tables.ts"
import type { DemoFiles, RawClause, RawSection, RawSignatureHalf, RawText, TablesFile, TextFile } from "./files.ts"

/** The plan itself, out of the three files. */
export const loadPlan = ({ text, tables, costs }: DemoFiles): PlanDocument => {
  const { terms, lines } = costRows(costs)
  return {
    format: "alternat-plan/1",
    id: "demo",
    title: text.title,
    shortTitle: text.short_title,
    titlePage: text.title_page,
    parties: text.parties,
    terms,
    sections: loadSections(text),
    signature: loadSignature(text),
    tables: loadTables(tables, lines),
  }
}

const loadSections = ({ sections, signature, annex8 }: TextFile): readonly Section[] => [
  ...sections.map((raw) => loadSection(raw, raw.id === "preamble" ? "preamble" : "section")),
  {
    id: "signature",
    kind: "signature",
    number: null,
    mandatory: true,
    heading: signature.heading,
    clauses: signature.clauses.map(loadClause),
  },
  loadSection(annex8, "annex"),
]

const loadSection = (raw: RawSection, kind: Section["kind"]): Section => ({
  id: raw.id,
  kind,
  number: raw.number === 0 ? null : raw.number,
  mandatory: raw.mandatory,
  heading: raw.heading,
  clauses: raw.clauses.map(loadClause),
})

export const bothTexts = (raw: RawText, list?: Bilingual<readonly string[]>): Pick<Clause, "en" | "ru"> => ({
  en: parseText(raw.en, list?.en),
  ru: parseText(raw.ru, list?.ru),
})

const loadClause = (raw: RawClause): Clause => {
  const clause = { id: raw.id, ...bothTexts(raw, raw.list) }
  return raw.alternat === undefined ? clause : { ...clause, alternat: bothTexts(raw.alternat, raw.list) }
}

const loadSignature = ({ signature, parties }: TextFile): SignatureBlock => ({
  labels: signature.labels,
  blocks: Object.fromEntries(parties.map(({ code }) => [code, loadHalf(signature[code] as RawSignatureHalf)])),
})

const loadHalf = (raw: RawSignatureHalf): SignatureHalf => ({
  heading: bothTexts(raw.heading),
  post: bothTexts(raw.post),
  organisation: bothTexts(raw.organisation),
  place: bothTexts(raw.place),
  date: bothTexts(raw.date),
  acting: raw.acting,
})

// Rows of the live document need a key of their own where the file counts on position, number or code.
const loadTables = (tables: TablesFile, lines: PlanTables["cost_lines"]): PlanTables => ({
  sites: tables.sites,
  priorities: tables.priorities,
  milestones: tables.milestones,
  workstreams: tables.workstreams,
  executive_agents: tables.executive_agents,
  committee: [tables.committee],
  working_groups: tables.working_groups,
  annexes: tables.annexes.map((row) => ({ id: `annex${row.no}`, ...row })),
  posts: tables.posts.map((row) => ({ id: row.code, ...row })),
  persons: tables.persons,
  raci: tables.raci.workstreams.flatMap(({ workstream_id, activities }) =>
    activities.map((row) => ({ ...row, workstream_id })),
  ),
  decision_rights: tables.decision_rights,
  escalation: tables.escalation.map((row) => ({
    ...row,
    id: `level:${row.level}`,
    after_days: row.after_days ?? null,
  })),
  access_rules: tables.access_rules,
  audit_rights: tables.audit_rights,
  reports: tables.reports,
  risks: tables.risks,
  equipment: tables.equipment,
  in_kind_valuations: tables.in_kind_valuations.map((row) => ({ id: `${row.line_id}:${row.party}`, ...row })),
  fx_review: [{ id: "fx", ...tables.fx_review }],
  glossary: tables.glossary,
  cost_lines: lines,
})
