import { DEFAULT_LIMITS } from "@alternat/document"
import { cleanText, type Field, type Inline } from "@alternat/plan"
import { type PastedLine, type PasteReport, readPasted } from "./paste/read-pasted.ts"
import { renderPasted } from "./paste/rendered.ts"

/** Above this a paste is refused with a message: it would freeze the page and no clause is that long. */
export const PASTE_LIMIT = 10 * 1024 * 1024
/** One clause is one numbered paragraph; this many characters is some thirty pages. */
export const CLAUSE_LIMIT = DEFAULT_LIMITS.textLength

/** Markup weighs more than its words: this many times over is still read. */
const MARKUP_FACTOR = 10

/** Why a paste is refused as a whole. */
export type PasteRefusal = "too large" | "clause full" | "unreadable"

/** Why a paste is refused unread, by its size alone; null when it may be read. */
export function tooMuch(html: string, text: string): PasteRefusal | null {
  if (html.length + text.length > PASTE_LIMIT) return "too large"
  const isFull = html === "" ? text.length > 2 * CLAUSE_LIMIT : html.length > MARKUP_FACTOR * CLAUSE_LIMIT
  return isFull ? "clause full" : null
}

export interface CleanPaste {
  readonly html: string
  readonly report: PasteReport
}

/**
 * Makes pasted HTML fit for a clause: of its words those that the author can see in the source, of its form paragraphs,
 * one level of items, emphasis and our own fields. The report says what has stayed behind.
 */
export function cleanPastedHtml(html: string, isKnown: (field: Field) => boolean, owner: Document): CleanPaste {
  const isOwnPiece = /<p[^>]* data-pm-slice="[1-9]\d* [1-9]/.test(html)
  const rendered = renderPasted(html, owner)
  try {
    const { lines, report } = readPasted(rendered, { isKnown, keepEdges: isOwnPiece })
    return { html: linesToHtml(lines, isOwnPiece && lines.length === 1, owner), report }
  } finally {
    rendered.dispose()
  }
}

/** Plain text of a paste, in the form a clause keeps. */
export function cleanPastedText(text: string): { readonly text: string; readonly report: PasteReport } {
  const clean = cleanText(text.replace(/\r\n?/g, "\n"), { form: "lines" })
  return { text: clean.text, report: { ...NOTHING_LEFT, faults: clean.faults } }
}

const NOTHING_LEFT: PasteReport = { hidden: 0, struck: 0, pictures: 0, lost: [], faults: [] }

/** White space that was made another is nothing to tell. */
const UNTOLD = new Set(["tab", "line", "space"])

/** Only what its author should know; null when all has come as it was. */
export function told(report: PasteReport): PasteReport | null {
  const faults = report.faults.filter(({ kind }) => !UNTOLD.has(kind))
  const isAll = report.hidden + report.struck + report.pictures + report.lost.length + faults.length === 0
  return isAll ? null : { ...report, faults }
}

function linesToHtml(lines: readonly PastedLine[], isPiece: boolean, owner: Document): string {
  const root = owner.implementation.createHTMLDocument().body
  let list: HTMLElement | null = null
  let item: HTMLElement | null = null
  for (const line of lines) {
    const paragraph = root.ownerDocument.createElement("p")
    if (isPiece) paragraph.setAttribute("data-pm-slice", "1 1 []")
    paragraph.append(...line.inlines.map((inline) => inlineToNode(inline, root.ownerDocument)))
    if (line.block === "p") {
      list = null
      root.append(paragraph)
      continue
    }
    if (list === null || line.isNewList) {
      list = root.ownerDocument.createElement("ol")
      root.append(list)
      item = null
    }
    if (item === null || line.isNewItem) {
      item = root.ownerDocument.createElement("li")
      list.append(item)
    }
    item.append(paragraph)
  }
  return root.innerHTML
}

function inlineToNode(inline: Inline, page: Document): Node {
  if (typeof inline === "string") return page.createTextNode(inline)
  const element = page.createElement("em" in inline ? "em" : "span")
  if ("em" in inline) element.textContent = inline.em
  else
    for (const [name, value] of Object.entries(inline))
      element.setAttribute(name === "field" ? "data-field" : `data-${name}`, value)
  return element
}
