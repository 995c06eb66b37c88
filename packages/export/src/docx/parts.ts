import type { Lang } from "@alternat/plan"
import {
  type FileChild,
  HeadingLevel,
  type IRunOptions,
  type IStylesOptions,
  LineRuleType,
  Paragraph,
  TextRun,
} from "docx"

/** Faces every word processor has, with Cyrillic: a file can't count on ours being installed. */
export const FONTS = { serif: "Times New Roman", sans: "Arial" } as const
export const INK = "17212B"
/** The language of every run is marked, for spelling and for screen readers. */
export const TAG: Readonly<Record<Lang, string>> = { en: "en-US", ru: "ru-RU" }

export const STYLES: IStylesOptions = {
  default: {
    document: {
      run: { font: FONTS.serif, size: 22, color: INK },
      paragraph: { spacing: { line: 252, lineRule: LineRuleType.AUTO } },
    },
    heading1: {
      run: { font: FONTS.serif, size: 26, bold: true, color: INK },
      paragraph: { spacing: { before: 320, after: 120 }, keepNext: true },
    },
    heading2: {
      run: { font: FONTS.serif, size: 21, bold: true, color: INK },
      paragraph: { spacing: { before: 240, after: 80 }, keepNext: true },
    },
  },
}

export const run = (
  text: string,
  lang: Lang,
  options: Omit<IRunOptions, "text" | "language" | "children"> = {},
): TextRun => new TextRun({ ...options, text, language: { value: TAG[lang] } })

export const heading = (text: string, lang: Lang, onNewPage = false): FileChild =>
  new Paragraph({
    heading: HeadingLevel.HEADING_1,
    pageBreakBefore: onNewPage,
    border: { bottom: { style: "single", size: 6, color: INK, space: 3 } },
    children: [run(text, lang)],
  })

/**
 * Is a row of these texts known to fit half a page, in columns of these widths (twentieths of a point)? Such a row may
 * be kept together; of a taller one a word processor could cut what does not fit.
 */
export function fitsHalfPage(texts: readonly string[], widths: readonly number[], halfPoints: number): boolean {
  const lines = texts.map((text, i) => {
    const perLine = Math.max(1, (widths[i] ?? 1) / (halfPoints * 10 * 0.65))
    return text.split("\n").reduce((sum, line) => sum + 1 + Math.ceil((line.length * 1.2) / perLine), 0)
  })
  return Math.max(0, ...lines) * halfPoints * 0.6 < 300
}
