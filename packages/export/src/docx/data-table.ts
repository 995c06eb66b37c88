import type { Lang } from "@alternat/plan"
import {
  AlignmentType,
  BorderStyle,
  type FileChild,
  HeadingLevel,
  Paragraph,
  Table,
  TableCell,
  TableLayoutType,
  TableRow,
  WidthType,
} from "docx"
import type { Cell, PrintColumn, PrintRow, PrintTable } from "../model.ts"
import { FONTS, fitsHalfPage, INK, run } from "./parts.ts"

const ALIGN = { left: AlignmentType.LEFT, right: AlignmentType.RIGHT, center: AlignmentType.CENTER } as const
const line = (size: number, color: string) => ({ style: BorderStyle.SINGLE, size, color })
const PORTRAIT_WIDTH = 9840
const LANDSCAPE_WIDTH = 14770

/** A table of an annex with its title and note; its header repeats on every page. */
export function dataTable(table: PrintTable, lang: Lang, landscape: boolean): readonly FileChild[] {
  const widths = columnWidths(table, landscape ? LANDSCAPE_WIDTH : PORTRAIT_WIDTH)
  const heads = table.columns.map((column) => column.head)
  const headless = table.columns.every((column) => column.head === "")
  // a head that would fill the page is printed once, as a row that may break
  const isLow = fitsHalfPage(heads, widths, 15)
  const head = new TableRow({
    tableHeader: isLow,
    cantSplit: isLow,
    children: table.columns.map((column, i) =>
      cell(
        [
          new Paragraph({
            alignment: ALIGN[column.align],
            children: [run(column.head, lang, { bold: true, size: 15, font: FONTS.sans })],
          }),
        ],
        widths[i] ?? 0,
        "EEF0F2",
      ),
    ),
  })
  const rows = table.rows.map((row) => tableRow(row, table.columns, widths, lang))
  const none = { style: BorderStyle.NONE, size: 0, color: "auto" } as const
  return [
    new Paragraph({ heading: HeadingLevel.HEADING_2, children: [run(table.title, lang)] }),
    new Table({
      layout: TableLayoutType.FIXED,
      width: { size: widths.reduce((a, b) => a + b, 0), type: WidthType.DXA },
      columnWidths: [...widths],
      borders: {
        top: line(6, INK),
        bottom: line(6, INK),
        left: none,
        right: none,
        insideHorizontal: line(2, "C3C8CD"),
        insideVertical: none,
      },
      rows: headless ? rows : [head, ...rows],
    }),
    new Paragraph({
      spacing: { before: 60, after: 120 },
      children: table.note === null ? [] : [run(table.note, lang, { size: 15, font: FONTS.sans, color: "4B5661" })],
    }),
  ]
}

function tableRow(row: PrintRow, columns: readonly PrintColumn[], widths: readonly number[], lang: Lang): TableRow {
  if (row.style === "group") {
    const text = row.cells.map(wholeOf).join("   ")
    const all = widths.reduce((a, b) => a + b, 0)
    const only = cell(
      [new Paragraph({ keepNext: true, children: [run(text, lang, { bold: true, size: 16 })] })],
      all,
      undefined,
      columns.length,
    )
    return new TableRow({ cantSplit: fitsHalfPage([text], [all], 16), children: [only] })
  }
  const bold = row.style === "total"
  return new TableRow({
    cantSplit: fitsHalfPage(row.cells.map(wholeOf), widths, 16),
    children: columns.map((column, i) => cell(cellParagraphs(row.cells[i] ?? "", column, lang, bold), widths[i] ?? 0)),
  })
}

function cellParagraphs(content: Cell, column: PrintColumn, lang: Lang, bold: boolean): Paragraph[] {
  const alignment = ALIGN[column.align]
  if (typeof content === "string")
    return [new Paragraph({ alignment, children: [run(content, lang, { size: 16, bold })] })]
  return [
    new Paragraph({ alignment, children: [run(content.lead, lang, { size: 16, bold: true })] }),
    new Paragraph({ alignment, children: [run(content.text, lang, { size: 16 })] }),
  ]
}

const cell = (children: Paragraph[], width: number, fill?: string, span = 1): TableCell =>
  new TableCell({
    children,
    columnSpan: span,
    width: { size: width, type: WidthType.DXA },
    margins: { top: 30, bottom: 30, left: 50, right: 50 },
    ...(fill === undefined ? {} : { shading: { fill } }),
  })

const wholeOf = (content: Cell): string => (typeof content === "string" ? content : `${content.lead}\n${content.text}`)
const leadOf = (content: Cell): string => (typeof content === "string" ? content : content.lead)

/** Fixed widths, since word processors differ in guessing: `fit` columns by their longest word, the rest by their shares. */
function columnWidths(table: PrintTable, total: number): readonly number[] {
  const fits = table.columns.map((column, i) => {
    if (column.width !== "fit") return 0
    const texts = table.rows.filter((row) => row.style !== "group").map((row) => leadOf(row.cells[i] ?? ""))
    const longest = Math.max(
      ...texts.map((text) => text.length),
      ...column.head.split(" ").map((word) => word.length * 0.95),
      2,
    )
    return Math.min(Math.ceil(longest) * 95 + 130, 1700)
  })
  const shares = table.columns.map((column) => (column.width === "fit" ? 0 : column.width))
  const share = shares.reduce((a, b) => a + b, 0)
  const rest = total - fits.reduce((a, b) => a + b, 0)
  return table.columns.map((column, i) =>
    column.width === "fit" ? (fits[i] ?? 0) : Math.floor((rest * column.width) / share),
  )
}
