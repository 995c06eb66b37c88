import type { Lang } from "@alternat/plan"
import {
  BorderStyle,
  type IRunOptions,
  Paragraph,
  Table,
  TableCell,
  TableLayoutType,
  TableRow,
  type TextRun,
  UnderlineType,
  VerticalAlign,
  WidthType,
} from "docx"
import { type DocumentModel, type PrintBlock, type PrintClause, type Run, wordsOf } from "../model.ts"
import { WORDS } from "../words.ts"
import { FONTS, fitsHalfPage, INK, run } from "./parts.ts"

const NONE = { style: BorderStyle.NONE, size: 0, color: "auto" } as const
const NO_BORDERS = {
  top: NONE,
  bottom: NONE,
  left: NONE,
  right: NONE,
  insideHorizontal: NONE,
  insideVertical: NONE,
} as const
/** twentieths of a point: number, first language, second language */
const WIDTHS = [640, 4600, 4600] as const

/** A section's clauses: number, first language, second language; a row that fits a page does not break. */
export function clauseTable(clauses: readonly PrintClause[], langs: readonly [Lang, Lang]): Table | null {
  if (clauses.length === 0) return null
  const rows = clauses.map(
    (clause) =>
      new TableRow({
        cantSplit: isShort(clause, langs),
        children: [
          cell(WIDTHS[0], [new Paragraph({ children: [run(clause.number, "en", { color: "4B5661", size: 19 })] })]),
          ...langs.map((lang, i) =>
            cell(WIDTHS[i === 0 ? 1 : 2], [
              ...clause.blocks[lang].map((block) => paragraph(block, lang)),
              ...clause.notes.map(
                (note) =>
                  new Paragraph({
                    children: [run(note[lang], lang, { size: 16, bold: true, color: "4B5661", font: FONTS.sans })],
                  }),
              ),
            ]),
          ),
        ],
      }),
  )
  return new Table({
    layout: TableLayoutType.FIXED,
    width: { size: 9840, type: WidthType.DXA },
    columnWidths: [...WIDTHS],
    borders: NO_BORDERS,
    rows,
  })
}

/** One thing said in both languages, side by side. */
export function pairTable(langs: readonly [Lang, Lang], content: (lang: Lang) => Paragraph[], below = 110): Table {
  const children = langs.map((lang) => cell(4920, content(lang), below))
  return new Table({
    layout: TableLayoutType.FIXED,
    width: { size: 9840, type: WidthType.DXA },
    columnWidths: [4920, 4920],
    borders: NO_BORDERS,
    rows: [new TableRow({ children })],
  })
}

/** Own signature on the left; a line each for signature, post, organisation, place and date. */
export function signatureTable(model: DocumentModel): Table {
  const labels = [
    WORDS.signature,
    ...(["post", "organisation", "place", "date"] as const).map((key) => model.signatureLabels[key]),
  ]
  const [first, second] = model.langs
  const headings = model.signatures.map((signature) => `${signature.heading.en} ${signature.heading.ru}`)
  const children = model.signatures.map((signature) =>
    cell(4920, [
      new Paragraph({
        spacing: { before: 240 },
        keepNext: true,
        children: [
          run(signature.heading[first], first, { bold: true }),
          run(` · ${signature.heading[second]}`, second),
        ],
      }),
      ...labels.map(
        (label) =>
          new Paragraph({
            spacing: { before: 640 },
            keepNext: true,
            border: { top: { style: "single", size: 5, color: INK, space: 1 } },
            children: [run(label[first], first, { size: 15 }), run(` · ${label[second]}`, second, { size: 15 })],
          }),
      ),
    ]),
  )
  return new Table({
    layout: TableLayoutType.FIXED,
    width: { size: 9840, type: WidthType.DXA },
    columnWidths: [4920, 4920],
    borders: NO_BORDERS,
    rows: [new TableRow({ cantSplit: fitsHalfPage(headings, [4920, 4920], 22), children })],
  })
}

function isShort(clause: PrintClause, langs: readonly [Lang, Lang]): boolean {
  const texts = langs.map((lang) =>
    [...clause.blocks[lang].map((block) => wordsOf(block.runs)), ...clause.notes.map((note) => note[lang])].join("\n"),
  )
  return fitsHalfPage(texts, [WIDTHS[1], WIDTHS[2]], 22)
}

const cell = (width: number, children: readonly Paragraph[], below = 110): TableCell =>
  new TableCell({
    width: { size: width, type: WidthType.DXA },
    verticalAlign: VerticalAlign.TOP,
    margins: { top: 30, bottom: below, left: 60, right: 160 },
    children: [...children],
  })

function paragraph(block: PrintBlock, lang: Lang): Paragraph {
  const runs = block.runs.map((one) => toRun(one, lang))
  if (block.kind === "paragraph") return new Paragraph({ spacing: { after: 60 }, children: runs })
  return new Paragraph({
    spacing: { after: 40 },
    indent: { left: 400, hanging: 400 },
    tabStops: [{ type: "left", position: 400 }],
    children: [run(`${block.label}\t`, lang), ...runs],
  })
}

function toRun(one: Run, lang: Lang): TextRun {
  if ("open" in one) return run(`[${one.code}: `, lang, { bold: true })
  if ("close" in one) return run("]", lang, { bold: true })
  if ("change" in one)
    return run(
      one.text,
      lang,
      one.change === "deleted" ? { strike: true } : { underline: { type: UnderlineType.SINGLE } },
    )
  const style: Partial<IRunOptions> = one.style === undefined ? {} : { italics: true }
  return run(one.text, lang, style)
}
