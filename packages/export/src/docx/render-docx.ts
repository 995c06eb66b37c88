import { LANGS, type Lang } from "@alternat/plan"
import {
  AlignmentType,
  Document,
  Footer,
  Header,
  type ISectionOptions,
  Packer,
  PageBreak,
  PageNumber,
  PageOrientation,
  Paragraph,
  TextRun,
} from "docx"
import type { DocumentModel, PrintSection } from "../model.ts"
import { annexName } from "../render-model.ts"
import { running } from "../running.ts"
import { WORDS } from "../words.ts"
import { clauseTable, pairTable, signatureTable } from "./clause-table.ts"
import { dataTable } from "./data-table.ts"
import { fixDates } from "./fixed-dates.ts"
import { FONTS, heading, INK, run, STYLES, TAG } from "./parts.ts"

/**
 * The two-column working copy for translators and capitals: the same model as the PDF, in a file that Word and
 * LibreOffice edit. Author data is the product's name and nothing else; dates are those of the version.
 */
export async function renderDocx(model: DocumentModel): Promise<Uint8Array> {
  const document = new Document({
    creator: "Alternat",
    lastModifiedBy: "Alternat",
    title: model.title[model.langs[0]],
    description: model.copy[model.langs[0]],
    styles: STYLES,
    features: { updateFields: false },
    sections: [
      titlePart(model),
      bodyPart(model),
      ...model.sections.filter((s) => s.kind === "annex").map((s) => annexPart(model, s)),
    ],
  })
  return fixDates(new Uint8Array(await Packer.toArrayBuffer(document)), model.at)
}

function page(model: DocumentModel, landscape: boolean): Pick<ISectionOptions, "properties" | "headers" | "footers"> {
  const [first, second] = model.langs
  const small = (text: string, lang: Lang) => run(text, lang, { size: 15, font: FONTS.sans, color: "4B5661" })
  const mark = model.draftMark ?? model.versionLine
  const numbers = (lang: Lang) => {
    const [before, between] = lang === "en" ? ["Page ", " of "] : ["Страница ", " из "]
    return new TextRun({
      children: [before, PageNumber.CURRENT, between, PageNumber.TOTAL_PAGES],
      size: 15,
      font: FONTS.sans,
      color: "4B5661",
      language: { value: TAG[lang] },
    })
  }
  return {
    properties: {
      page: {
        margin: { top: 1247, bottom: 1134, left: 1134, right: 907, header: 567, footer: 567 },
        size: {
          width: 11906,
          height: 16838,
          orientation: landscape ? PageOrientation.LANDSCAPE : PageOrientation.PORTRAIT,
        },
      },
    },
    headers: {
      default: new Header({
        children: [
          new Paragraph({
            children: [
              small(`${running(model.shortTitle[first])} · `, first),
              small(running(model.shortTitle[second]), second),
            ],
          }),
          new Paragraph({
            alignment: AlignmentType.RIGHT,
            children: [small(`${mark[first]} · `, first), small(mark[second], second)],
          }),
        ],
      }),
    },
    footers: {
      default: new Footer({
        children: [
          new Paragraph({
            alignment: AlignmentType.CENTER,
            children: [numbers(first), small(" · ", first), numbers(second)],
          }),
          new Paragraph({
            alignment: AlignmentType.CENTER,
            children: [
              small(`${running(model.marking[first])} · `, first),
              small(running(model.marking[second]), second),
            ],
          }),
        ],
      }),
    },
  }
}

const isAbbreviated = ({ shortTitle }: DocumentModel): boolean =>
  LANGS.some((lang) => running(shortTitle[lang]) !== shortTitle[lang])

function titlePart(model: DocumentModel): ISectionOptions {
  const [first, second] = model.langs
  const pair = (
    value: Readonly<Record<Lang, string>>,
    style: { readonly size?: number; readonly bold?: boolean; readonly italics?: boolean } = {},
  ) =>
    pairTable(model.langs, (lang) => [
      new Paragraph({ spacing: { after: 160 }, children: [run(value[lang], lang, style)] }),
    ])
  const marking = [first, second].map(
    (lang) =>
      new Paragraph({
        alignment: AlignmentType.RIGHT,
        children: [run(model.marking[lang], lang, { bold: true, size: 18, font: FONTS.sans })],
      }),
  )
  return {
    ...page(model, false),
    children: [
      ...marking,
      new Paragraph({ spacing: { before: 1800 }, children: [] }),
      pair(model.title, { size: 32, bold: true }),
      ...model.partyNames.map((name) => pair(name, { size: 24 })),
      new Paragraph({
        spacing: { before: 300 },
        border: { top: { style: "single", size: 6, color: INK, space: 1 } },
        children: [],
      }),
      ...(isAbbreviated(model) ? [pair(model.shortTitle)] : []),
      pair(model.copy, { bold: true }),
      pair(model.versionLine),
      ...(model.draftMark === null ? [] : [pair(model.draftMark, { bold: true })]),
      pair(model.character),
      ...(model.fiction === null ? [] : [pair(model.fiction, { italics: true })]),
      new Paragraph({ children: [new PageBreak()] }),
      ...contents(model),
    ],
  }
}

/** Written out, not a field: a field is empty until somebody updates it. */
function contents(model: DocumentModel) {
  const name = (section: PrintSection, lang: Lang) =>
    section.kind === "annex"
      ? `${annexName(section.number ?? 0)[lang]}. ${section.heading[lang]}`
      : section.number === null
        ? section.heading[lang]
        : `${section.number}. ${section.heading[lang]}`
  return [
    pairTable(model.langs, (lang) => [
      new Paragraph({ spacing: { after: 120 }, children: [run(WORDS.contents[lang], lang, { bold: true, size: 28 })] }),
    ]),
    ...model.sections.map((section) =>
      pairTable(
        model.langs,
        (lang) => [new Paragraph({ children: [run(name(section, lang), lang, { size: 18 })] })],
        0,
      ),
    ),
  ]
}

function bodyPart(model: DocumentModel): ISectionOptions {
  const children = model.sections.flatMap((section) => {
    if (section.kind === "annex") return []
    const title = `${section.number === null ? "" : `${section.number}  `}${section.heading[model.langs[0]]} · ${section.heading[model.langs[1]]}`
    const table = clauseTable(section.clauses, model.langs)
    const parts = [heading(title, model.langs[0]), ...(table === null ? [] : [table])]
    return section.kind === "signature" ? [...parts, signatureTable(model)] : parts
  })
  return { ...page(model, false), children }
}

function annexPart(model: DocumentModel, section: PrintSection): ISectionOptions {
  const label = annexName(section.number ?? 0)
  const table = clauseTable(section.clauses, model.langs)
  const title = (lang: Lang) => `${label[lang]}. ${section.heading[lang]}`
  const note = (lang: Lang) =>
    section.note === null
      ? []
      : [new Paragraph({ children: [run(section.note[lang], lang, { italics: true, size: 18 })] })]
  const hasTables = section.tables[model.langs[0]].length > 0
  const clauses =
    table === null && hasTables
      ? []
      : [
          heading(`${title(model.langs[0])} · ${title(model.langs[1])}`, model.langs[0]),
          ...model.langs.flatMap(note),
          ...(table === null ? [] : [table]),
        ]
  const tables = model.langs.flatMap((lang, i) => [
    heading(title(lang), lang, i === 1 || clauses.length > 0),
    ...note(lang),
    ...section.tables[lang].flatMap((one) => dataTable(one, lang, section.landscape)),
  ])
  return { ...page(model, section.landscape), children: [...clauses, ...(hasTables ? tables : [])] }
}
