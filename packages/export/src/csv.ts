import { LANGS, type Lang } from "@alternat/plan"
import type { PackFile } from "@alternat/seal"
import type { Cell, DocumentModel, PrintRow, PrintTable } from "./model.ts"

/**
 * Every table of the annexes as CSV, one file per table and language. UTF-8 with a byte order mark and, in the Russian
 * files, semicolons: so that a spreadsheet of either language opens them by a double click.
 */
export function annexCsvs(model: DocumentModel): readonly PackFile[] {
  return model.sections.flatMap((section) =>
    LANGS.flatMap((lang) =>
      section.tables[lang].map((table) => ({
        name: `annexes/annex-${section.number}-${table.name}.${lang}.csv`,
        bytes: new TextEncoder().encode(`\ufeff${tableCsv(table, lang)}`),
      })),
    ),
  )
}

function tableCsv(table: PrintTable, lang: Lang): string {
  const separator = lang === "en" ? "," : ";"
  const heads = table.columns.map((column) => column.head)
  const rows = [...(heads.every((head) => head === "") ? [] : [heads]), ...filledDown(table.rows)]
  return rows.map((row) => row.map((cell) => csvCell(cell, separator, lang)).join(separator)).join("\r\n") + "\r\n"
}

/** A row that leaves its first cell to the row above repeats it, so that rows can be sorted and filtered. */
function filledDown(rows: readonly PrintRow[]): readonly (readonly string[])[] {
  let above = ""
  return rows.map((row) => {
    const cells = row.cells.map(plain)
    const own = cells[0] ?? ""
    if (own !== "") above = own
    return own === "" ? [above, ...cells.slice(1)] : cells
  })
}

const plain = (cell: Cell): string => (typeof cell === "string" ? cell : `${cell.lead}. ${cell.text}`)

/** Figures lose the spaces and commas between thousands, so that a spreadsheet reads numbers. */
function csvCell(text: string, separator: string, lang: Lang): string {
  const figure = /^\d{1,3}(?:[,\u00a0]\d{3})+(?:[.,]\d+)?$/.test(text)
  const value = figure ? text.replaceAll(lang === "en" ? "," : "\u00a0", "") : harmless(text)
  return value.includes(separator) || /["\r\n]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value
}

/** A cell that a spreadsheet would run as a formula gets an apostrophe, which makes it words. */
const harmless = (text: string): string => (/^[\s\u00a0]*[=+\-@\t\r|%]/.test(text) ? `'${text}` : text)
