import { LANGS, type Lang } from "@alternat/plan"
import { strFromU8, unzipSync } from "fflate"
import type { Cell, DocumentModel, PrintBlock, PrintClause, PrintTable, Run } from "./model.ts"
import { type PdfPage, type PdfRun, squeeze } from "./pdf-text.test-support.ts"
import { annexName } from "./render-model.ts"

/** Every text of a printed document, in the order in which its languages are read; compared without spaces. */
export interface Expected {
  readonly where: string
  readonly text: string
}

const printed = (runs: readonly Run[]): string =>
  runs.map((run) => ("text" in run ? run.text : "open" in run ? `[${run.code}:` : "]")).join("")
const blockText = (block: PrintBlock): string => (block.kind === "item" ? block.label : "") + printed(block.runs)
export const cellText = (cell: Cell): string => (typeof cell === "string" ? cell : `${cell.lead} ${cell.text}`)

/** One language's column: title page, contents, clauses with their headings. */
export function columnTexts(model: DocumentModel, lang: Lang): readonly Expected[] {
  const texts: Expected[] = []
  const add = (where: string, text: string) => texts.push({ where: `${where} ${lang}`, text })
  for (const text of [model.title, ...model.partyNames, model.copy, model.versionLine, model.character])
    add("title page", text[lang])
  if (model.fiction !== null) add("title page", model.fiction[lang])
  for (const section of model.sections) add(`contents ${section.id}`, section.heading[lang])
  for (const section of model.sections) {
    const hasTables = section.tables[lang].length > 0
    if (hasTables && section.clauses.length === 0) continue
    if (section.kind === "annex") add(section.id, annexName(section.number ?? 0)[lang])
    add(section.id, section.heading[lang])
    texts.push(...section.clauses.flatMap((clause) => clauseTexts(clause, lang)))
  }
  return squeezed(texts)
}

/** The tables of the annexes in one language, each with the heading of its annex. */
export const annexTexts = (model: DocumentModel, lang: Lang): readonly Expected[] =>
  squeezed(
    model.sections
      .filter((section) => section.tables[lang].length > 0)
      .flatMap((section) => [
        { where: section.id, text: section.heading[lang] },
        { where: section.id, text: section.note?.[lang] ?? "" },
        ...section.tables[lang].flatMap((table) => tableTexts(table, `${section.id} ${lang}`)),
      ]),
  )

/** Each side's half of the signatures: its heading and the names of its lines, in both languages. */
export const signatureTexts = (model: DocumentModel): readonly (readonly Expected[])[] =>
  model.signatures.map((one) => {
    const labels = (["post", "organisation", "place", "date"] as const).map((key) => model.signatureLabels[key])
    const texts = [one.heading, ...labels].flatMap((text) => LANGS.map((lang) => text[lang]))
    return squeezed(texts.map((text) => ({ where: `signature ${one.party}`, text })))
  })

const squeezed = (texts: readonly Expected[]): readonly Expected[] =>
  texts.map(({ where, text }) => ({ where, text: squeeze(text) })).filter(({ text }) => text !== "")

const clauseTexts = (clause: PrintClause, lang: Lang): readonly Expected[] => [
  ...clause.blocks[lang].map((block) => ({ where: `${clause.id} ${lang}`, text: blockText(block) })),
  ...clause.notes.map((note) => ({ where: `note on ${clause.id}`, text: note[lang] })),
]

const tableTexts = (table: PrintTable, where: string): readonly Expected[] =>
  [
    table.title,
    ...table.columns.map((column) => column.head),
    ...table.rows.flatMap((row) => row.cells.map(cellText)),
    table.note ?? "",
  ].map((text) => ({ where: `${where} ${table.name}`, text }))

/** The first texts that `all` does not hold in order. */
export function missingIn(all: string, texts: readonly Expected[]): readonly string[] {
  const missing: string[] = []
  let at = 0
  for (const { where, text } of texts) {
    const found = all.indexOf(text, at)
    if (found >= 0) at = found + text.length
    else missing.push(`${where}: ${text.slice(0, 80)}… (${text.length})${all.includes(text) ? " out of order" : ""}`)
  }
  return missing.slice(0, 5)
}

/** What runs off the sheet, over the edge of the type area, or over other words. */
export function misplacedOn(page: PdfPage): readonly string[] {
  const [left, right, top, bottom] = [56.6, page.width - 45.3, page.height - 65, 59.5]
  const faults: string[] = []
  const set = page.runs.filter((run) => run.artifact !== "Page" && run.text.trim() !== "")
  for (const run of set) {
    const isFurniture = run.artifact === "Header" || run.artifact === "Footer"
    const [low, high] = isFurniture ? [8, page.height - 8] : [bottom - 3, top + 1]
    // a line's last space hangs over its end
    const hangs = /\s$/.test(run.text) ? 0.5 * run.size : 0
    if (run.x < left - 1 || run.x + run.width > right + 3 + hangs) faults.push(`beside the type area: ${say(run)}`)
    if (run.y < low || run.y + run.size * 0.7 > high + 8) faults.push(`above or below the type area: ${say(run)}`)
  }
  const lines = set.toSorted((a, b) => a.x - b.x)
  lines.forEach((one, i) => {
    for (const other of lines.slice(i + 1)) {
      if (other.x >= one.x + one.width - 0.8 - (/\s$/.test(one.text) ? 0.4 * one.size : 0)) break
      if (Math.abs(one.y - other.y) < Math.min(one.size, other.size) * 0.55)
        faults.push(`over one another: ${say(one)} and ${say(other)}`)
    }
  })
  return faults
}

const say = (run: PdfRun): string =>
  `“${run.text.slice(0, 40)}” at ${run.x.toFixed(0)}–${(run.x + run.width).toFixed(0)}, ${run.y.toFixed(0)}`

/** The words of a DOCX in order. Header and footer stand before and after. */
export function docxText(docx: Uint8Array): string {
  const files = unzipSync(docx)
  const names = Object.keys(files).filter((name) => /^word\/(header\d*|document|footer\d*)\.xml$/.test(name))
  const order = ["word/header", "word/document", "word/footer"]
  const rank = (name: string) => order.findIndex((prefix) => name.startsWith(prefix))
  return names
    .toSorted((a, b) => rank(a) - rank(b))
    .map((name) =>
      [...strFromU8(files[name]!).matchAll(/<w:t(?: [^>]*)?>([^<]*)<\/w:t>/g)]
        .map((one) => unescapeXml(one[1] ?? ""))
        .join(""),
    )
    .join("")
}

/** Rows of a DOCX that may not break, by the length of their longest cell. */
export function unbreakableRows(docx: Uint8Array): readonly number[] {
  const xml = strFromU8(unzipSync(docx)["word/document.xml"] ?? new Uint8Array())
  return [...xml.matchAll(/<w:tr>[\s\S]*?<\/w:tr>/g)]
    .filter(([row]) => row.includes("<w:cantSplit/>") || /<w:trHeight/.test(row))
    .map(([row]) => Math.max(...row.split("</w:tc>").map((cell) => cell.replace(/<[^>]*>/g, "").length)))
}

export const unescapeXml = (text: string): string =>
  text
    .replaceAll("&lt;", "<")
    .replaceAll("&gt;", ">")
    .replaceAll("&quot;", '"')
    .replaceAll("&apos;", "'")
    .replaceAll("&amp;", "&")
