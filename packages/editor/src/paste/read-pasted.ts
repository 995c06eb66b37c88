import { cleanText, type Field, type Inline, type TextFault } from "@alternat/plan"
import { parseField, type Raise, raisedText } from "@alternat/text"
import type { Rendered } from "./rendered.ts"
import { type Box, IN_SIGHT, isInSight, isReadable, type Sight, sightIn } from "./sight.ts"

/**
 * Reads a laid out clipboard from its first word to its last. Each element passes down what it means for the words in
 * it (`Place`); each word that its author can see goes into a line, and whatever does not is counted, so that the
 * author can be told. Lines are all that a clause has: paragraphs and items of one list.
 */
export interface PastedLine {
  readonly block: "p" | "item"
  /** begins an item; a further paragraph of one doesn't */
  readonly isNewItem: boolean
  /** begins a list */
  readonly isNewList: boolean
  readonly inlines: readonly Inline[]
}

/** Form that a clause has no place for, whose words have come all the same. */
export type LostForm = "table" | "nested" | "numbering" | "footnote" | "raised"

export interface PasteReport {
  /** words that the author can't see in the source */
  readonly hidden: number
  readonly struck: number
  readonly pictures: number
  readonly lost: readonly LostForm[]
  /** characters that a plan can't hold, replaced or left out */
  readonly faults: readonly TextFault[]
}

export interface Pasted {
  readonly lines: readonly PastedLine[]
  readonly report: PasteReport
}

interface Place {
  readonly sight: Sight
  readonly isStruck: boolean
  readonly isEm: boolean
  readonly raise: Raise | null
  readonly list: List | null
}

interface List {
  readonly depth: number
  readonly own: { began: boolean }
}

/** What words of an application say beside the text: its settings, its properties. */
const SETTINGS =
  /^(?:xml|o:documentproperties|o:officedocumentsettings|w:worddocument|w:latentstyles|x:excelworkbook|m:mathpr|title|head)$/i
const SILENT = new Set(["STYLE", "SCRIPT", "TEMPLATE", "NOSCRIPT", "TITLE", "HEAD", "COL", "COLGROUP"])
const STRUCK = new Set(["DEL", "S", "STRIKE"])
/** What the clipboard and one application say to another in comments; everything else is an author's. */
const TECHNICAL = /^\s*(?:\[if|\[endif|\[CDATA|StartFragment|EndFragment|<!\[)/i
const SAME_LINE = /^(?:inline|contents|ruby)/

export interface ReadOptions {
  /** does this plan have what the field is bound to? Else its words are taken */
  readonly isKnown: (field: Field) => boolean
  /** a piece of one of our own lines: a space at its edge belongs to it */
  readonly keepEdges: boolean
}

export function readPasted({ body, view, pictures }: Rendered, options: ReadOptions): Pasted {
  const reader = new Reader(view, body.getBoundingClientRect(), options)
  reader.element(body, { sight: IN_SIGHT, isStruck: false, isEm: false, raise: null, list: null })
  return reader.end(pictures)
}

class Reader {
  readonly #lines: PastedLine[] = []
  readonly #lost = new Set<LostForm>()
  readonly #faults: TextFault[] = []
  #inlines: Inline[] = []
  #block: Pick<PastedLine, "block" | "isNewItem" | "isNewList"> = PARAGRAPH
  #hidden = 0
  #struck = 0
  /** open fields of Word, the innermost last: between a field's beginning and its result stand its instructions */
  readonly #fields: ("code" | "result")[] = []
  #wordList: List | null = null

  constructor(
    readonly view: Window,
    readonly page: Box,
    readonly options: ReadOptions,
  ) {}

  end(pictures: number): Pasted {
    this.#break()
    const report = { hidden: this.#hidden, struck: this.#struck, pictures, lost: [...this.#lost], faults: this.#faults }
    return { lines: this.#lines, report }
  }

  element(element: HTMLElement, outer: Place): void {
    if (SILENT.has(element.tagName)) return
    if (SETTINGS.test(element.tagName)) return this.#hide(element)
    const style = this.view.getComputedStyle(element)
    const sight = sightIn(element, style, outer.sight)
    if (sight === null) return this.#hide(element)
    if (this.#isMarker(element, style)) return
    const place = this.#placeIn(element, style, { ...outer, sight })
    if (element.hasAttribute("data-field") && this.#field(element, style, place)) return
    if (element.tagName === "BR") return this.#break()
    const isBlock = !SAME_LINE.test(style.display)
    if (isBlock) this.#break()
    const outerBlock = this.#block
    this.#form(element, style, place)
    for (const child of this.#childrenOf(element)) this.#node(child, style, place)
    if (isBlock) this.#break()
    if (isBlock) this.#block = { ...outerBlock, isNewItem: false, isNewList: false }
  }

  #node(node: Node, style: CSSStyleDeclaration, place: Place): void {
    // by number: what was parsed on one page and moved to another is of neither page's classes
    if (node.nodeType === node.ELEMENT_NODE) this.element(node as HTMLElement, place)
    else if (node.nodeType === node.TEXT_NODE) this.#text(node as Text, style, place)
    else if (node.nodeType === node.COMMENT_NODE && !TECHNICAL.test((node as Comment).data))
      this.#hidden += wordsIn((node as Comment).data)
  }

  /** `<details>` that are closed show their summary alone. */
  #childrenOf(element: HTMLElement): readonly Node[] {
    const children = [...element.childNodes]
    if (element.tagName === "DETAILS" && !element.hasAttribute("open")) {
      const summary = children.find((child) => child.nodeName === "SUMMARY")
      for (const child of children) if (child !== summary) this.#hide(child)
      return summary === undefined ? [] : [summary]
    }
    if (element.tagName !== "TR") return children
    const hidden = hiddenColumns(element as HTMLTableRowElement, this.view)
    return children.filter((child) => {
      const isHidden = /^T[DH]$/.test(child.nodeName) && hidden.has(columnOf(child as HTMLTableCellElement))
      if (isHidden) this.#hide(child)
      return !isHidden
    })
  }

  /** Signs of Word around a field's instructions, and the label before an item, which a clause makes by itself. */
  #isMarker(element: Element, style: CSSStyleDeclaration): boolean {
    const own = ownValue(element, style, "--mso-element", this.view)
    if (own === "field-begin") this.#fields.push("code")
    else if (own === "field-separator") this.#fields.splice(-1, 1, "result")
    else if (own === "field-end") this.#fields.pop()
    if (own?.startsWith("field-") === true) return true
    if (ownValue(element, style, "--mso-list", this.view)?.toLowerCase() !== "ignore") return false
    const label = (element.textContent ?? "").replace(/[\s.()]/g, "")
    if (/^(?:\d[\d.]*|[ivxlcdmIVXLCDM]{2,})$/.test(label)) this.#lost.add("numbering")
    return true
  }

  get #isInCode(): boolean {
    return this.#fields.includes("code")
  }

  #placeIn(element: Element, style: CSSStyleDeclaration, outer: Place): Place {
    const isStruck =
      outer.isStruck ||
      STRUCK.has(element.tagName) ||
      /\bmsoDel\b/.test(element.className) ||
      style.textDecorationLine.includes("line-through")
    const isRaised = style.verticalAlign === "super" || style.verticalAlign === "sub"
    const raise = isRaised && SAME_LINE.test(style.display) ? (style.verticalAlign as Raise) : outer.raise
    return { ...outer, isStruck, isEm: style.fontStyle !== "normal", raise, list: this.#listIn(element, style, outer) }
  }

  /** A list of HTML, or a paragraph of Word that says it belongs to one. */
  #listIn(element: Element, style: CSSStyleDeclaration, outer: Place): List | null {
    if (element.tagName === "OL" || element.tagName === "UL") {
      this.#wordList = null
      return { depth: (outer.list?.depth ?? 0) + 1, own: outer.list?.own ?? { began: false } }
    }
    const level = /\blevel(\d)/i.exec(ownValue(element, style, "--mso-list", this.view) ?? "")?.[1]
    if (level !== undefined && outer.list === null) {
      this.#wordList ??= { depth: 1, own: { began: false } }
      return { ...this.#wordList, depth: Number(level) }
    }
    if (
      outer.list === null &&
      !SAME_LINE.test(style.display) &&
      (element.textContent ?? "").trim() !== "" &&
      element.querySelector("p") === null
    )
      this.#wordList = null
    return outer.list
  }

  /** What of the element's form a clause can't keep, and what line its words begin. */
  #form(element: Element, style: CSSStyleDeclaration, place: Place): void {
    if (element.tagName === "TABLE" && element.querySelectorAll("td,th").length > 1) this.#lost.add("table")
    if (element.hasAttribute("data-note")) this.#lost.add("footnote")
    const isWordItem = ownValue(element, style, "--mso-list", this.view) !== null
    if (place.list === null || !(isItem(style) || isWordItem)) return
    const { depth, own } = place.list
    if (depth > 1) this.#lost.add("nested")
    if (isItem(style) && isNumbered(element, style)) this.#lost.add("numbering")
    this.#block = { block: "item", isNewItem: true, isNewList: !own.began }
    own.began = true
  }

  #field(element: Element, style: CSSStyleDeclaration, place: Place): boolean {
    const field = parseField({
      field: element.getAttribute("data-field"),
      key: element.getAttribute("data-key"),
      case: element.getAttribute("data-case"),
      kind: element.getAttribute("data-kind"),
    })
    if (field === null || !this.options.isKnown(field)) return false
    const words = element.textContent ?? ""
    if (!isReadable(style, place.sight) || this.#isInCode) this.#hidden += wordsIn(words)
    else if (place.isStruck) this.#struck += wordsIn(words)
    else this.#inlines.push(field)
    return true
  }

  #text(node: Text, style: CSSStyleDeclaration, place: Place): void {
    const isBlank = /^[ \t\n\r\f]*$/.test(node.data)
    const isPre = /^(?:pre|break-spaces)/.test(style.whiteSpace)
    if (isBlank && !(isPre && node.data.includes("\n"))) return this.#space()
    if (!isReadable(style, place.sight) || this.#isInCode) return void (this.#hidden += wordsIn(node.data))
    for (const [piece, isSeen] of this.#pieces(node, place.sight)) {
      if (!isSeen) this.#hidden += wordsIn(piece)
      else if (place.isStruck) this.#struck += wordsIn(piece)
      else this.#words(transformed(piece, style), isPre, place)
    }
  }

  /** Where all of a text or none of it lies in sight it is one piece; else each word is looked for. */
  #pieces(node: Text, sight: Sight): readonly (readonly [string, boolean])[] {
    const range = node.ownerDocument.createRange()
    range.selectNodeContents(node)
    const rects = [...range.getClientRects()]
    const seen = rects.filter((rect) => isInSight([rect], sight, this.page)).length
    if (seen === 0) return [[node.data, false]]
    if (seen === rects.length && (sight.clip === null || isInside(rects, sight.clip))) return [[node.data, true]]
    let at = 0
    return (node.data.match(/\s+|\S+/g) ?? []).map((piece) => {
      range.setStart(node, at)
      at += piece.length
      range.setEnd(node, at)
      return [piece, /^\s/.test(piece) || isInSight([...range.getClientRects()], sight, this.page)] as const
    })
  }

  #words(words: string, isPre: boolean, place: Place): void {
    for (const [index, line] of (isPre ? words.split(/\r\n?|\n/) : [words]).entries()) {
      if (index > 0) this.#break()
      const collapsed = line.replace(/[ \t\n\r\f]+/g, " ")
      const raised = place.raise === null ? null : raisedText(collapsed, place.raise)
      if (place.raise !== null && raised === null) this.#lost.add("raised")
      this.#put(raised ?? collapsed, place.isEm)
    }
  }

  #put(words: string, isEm: boolean): void {
    const text = words.startsWith(" ") && !this.#needsSpace ? words.slice(1) : words
    if (text !== "") this.#inlines.push(isEm ? { em: text } : text)
  }

  #space(): void {
    if (this.#needsSpace) this.#inlines.push(" ")
  }

  /** False at the beginning of a line and behind a space. */
  get #needsSpace(): boolean {
    const last = this.#inlines.at(-1)
    if (last === undefined) return this.options.keepEdges
    return typeof last === "object" && "field" in last
      ? true
      : !(typeof last === "string" ? last : last.em).endsWith(" ")
  }

  #break(): void {
    const inlines = this.#clean(this.#inlines)
    this.#inlines = []
    if (inlines.length === 0) return
    this.#lines.push({ ...this.#block, inlines })
    this.#block = { ...this.#block, isNewItem: false, isNewList: false }
  }

  /** Neighbours in one, without spaces at the ends, of characters that a plan may hold. */
  #clean(inlines: readonly Inline[]): readonly Inline[] {
    const joined: Inline[] = []
    for (const inline of inlines) {
      const last = joined.at(-1)
      if (typeof inline === "string" && typeof last === "string") joined[joined.length - 1] = last + inline
      else if (typeof inline === "object" && "em" in inline && typeof last === "object" && "em" in last)
        joined[joined.length - 1] = { em: last.em + inline.em }
      else joined.push(inline)
    }
    const clean = joined.map((inline) => {
      if (typeof inline === "object" && "field" in inline) return inline
      const { text, faults } = cleanText(typeof inline === "string" ? inline : inline.em)
      this.#faults.push(...faults)
      return typeof inline === "string" ? text : { em: text }
    })
    const isBlank = clean.every(
      (inline) => (typeof inline === "string" ? inline : "em" in inline ? inline.em : "x").trim() === "",
    )
    return isBlank ? [] : clean
  }

  #hide(node: Node): void {
    this.#hidden += wordsIn(wordsOf(node))
  }
}

const PARAGRAPH = { block: "p", isNewItem: false, isNewList: false } as const

const wordsIn = (text: string): number => text.match(/[^\s\u200B-\u200F\uFEFF]+/g)?.length ?? 0

/** The words in an element, without what no application shows. */
const wordsOf = (node: Node): string => {
  if (node.nodeType === node.TEXT_NODE) return (node as Text).data
  if (SILENT.has(node.nodeName.toUpperCase())) return ""
  return [...node.childNodes].map(wordsOf).join(" ")
}

const isItem = (style: CSSStyleDeclaration): boolean => style.display === "list-item"

/** Items of a clause have letters: figures, and a count that doesn't begin at its beginning, are another form. */
function isNumbered(element: Element, style: CSSStyleDeclaration): boolean {
  const list = element.parentElement
  if (list?.tagName !== "OL" || style.listStyleType === "none") return false
  const isLettered = /^lower-(?:alpha|latin|russian)/.test(style.listStyleType)
  return !isLettered || element.hasAttribute("value") || (list.getAttribute("start") ?? "1") !== "1"
}

/** A value that the element has itself: variables are inherited. */
function ownValue(element: Element, style: CSSStyleDeclaration, name: string, view: Window): string | null {
  const value = style.getPropertyValue(name).trim()
  if (value === "") return null
  const parent = element.parentElement
  return parent !== null &&
    view.getComputedStyle(parent).getPropertyValue(name).trim() === value &&
    !element.getAttribute("style")?.includes(name)
    ? null
    : value
}

function transformed(text: string, style: CSSStyleDeclaration): string {
  switch (style.textTransform) {
    case "uppercase":
      return text.toUpperCase()
    case "lowercase":
      return text.toLowerCase()
    case "capitalize":
      return text.replace(/(?<![\p{L}\p{M}\p{Nd}'’])\p{L}/gu, (letter) => letter.toUpperCase())
    default:
      return text
  }
}

const isInside = (rects: readonly Box[], clip: Box): boolean =>
  rects.every(
    ({ left, top, right, bottom }) =>
      left >= clip.left - 1 && top >= clip.top - 1 && right <= clip.right + 1 && bottom <= clip.bottom + 1,
  )

const columnOf = (cell: HTMLTableCellElement): number => {
  let column = 0
  for (let at = cell.previousElementSibling; at !== null; at = at.previousElementSibling)
    column += (at as HTMLTableCellElement).colSpan || 1
  return column
}

/** A browser goes on showing the cells of a column that a spreadsheet has hidden. */
function hiddenColumns(row: HTMLTableRowElement, view: Window): ReadonlySet<number> {
  const hidden = new Set<number>()
  let column = 0
  for (const col of row.closest("table")?.querySelectorAll("col") ?? []) {
    const { display, visibility } = view.getComputedStyle(col)
    const span = col.span || 1
    for (let n = 0; n < span; n++, column++) if (display === "none" || visibility === "collapse") hidden.add(column)
  }
  return hidden
}
