import { DEFAULT_LIMITS } from "@alternat/document"
import { cleanCharacters } from "@alternat/text"

/** Above this a paste is refused with a message: it would freeze the page and no clause is that long. */
export const PASTE_LIMIT = 10 * 1024 * 1024
/** One clause is one numbered paragraph; this many characters is some thirty pages. */
export const CLAUSE_LIMIT = DEFAULT_LIMITS.textLength

/** Markup weighs more than its words: this many times over is still read. */
const MARKUP_FACTOR = 10

/** Why a paste is refused unread, by its size alone; null when it may be read. */
export function tooMuch(html: string, text: string): "too large" | "clause full" | null {
  if (html.length + text.length > PASTE_LIMIT) return "too large"
  const isFull = html === "" ? text.length > 2 * CLAUSE_LIMIT : html.length > MARKUP_FACTOR * CLAUSE_LIMIT
  return isFull ? "clause full" : null
}

const KEPT = new Set(["P", "OL", "LI", "EM", "I", "BR", "SPAN"])
const DROPPED = "style,meta,link,script,xml,head,img,svg,iframe,object,video,audio,input,button,select,textarea"

/**
 * Makes pasted HTML fit for a clause. Word's tracked deletions and comments would come back as live words, its list
 * numbers as text: they go. Tables and headings become paragraphs; of all marks only emphasis is kept.
 */
export function cleanPastedHtml(html: string): string {
  const bare = html
    .replace(/<!--\[if[\s\S]*?<!\[endif\]-->/gi, "")
    .replace(/<!\[(if|endif)[^\]]*\]?[^>]*>/gi, "")
    .replace(/<\/?o:p[^>]*>/gi, "")
  const page = new DOMParser().parseFromString(bare, "text/html")
  for (const node of page.querySelectorAll(DROPPED)) node.remove()
  dropWordLeftovers(page)
  rebuildWordLists(page)
  simplify(page, page.body)
  normaliseText(page)
  return page.body.innerHTML
}

/** Plain text of a paste, in the form a clause keeps. */
export const cleanPastedText = (text: string): string => cleanCharacters(text).replace(/\r\n?/g, "\n")

function dropWordLeftovers(page: Document): void {
  for (const node of page.querySelectorAll("del,s,strike,.msoDel")) node.remove()
  for (const node of page.querySelectorAll(
    '[style*="mso-comment"],a[href^="#_msocom"],[style*="mso-element:comment"]',
  )) {
    node.remove()
  }
}

function rebuildWordLists(page: Document): void {
  let list: HTMLOListElement | null = null
  for (const paragraph of page.querySelectorAll("p")) {
    const style = paragraph.getAttribute("style") ?? ""
    if (!/mso-list:\s*l\d+/i.test(style)) {
      list = null
      continue
    }
    for (const span of paragraph.querySelectorAll("span")) {
      if (/mso-list:\s*Ignore/i.test(span.getAttribute("style") ?? "")) span.remove()
    }
    if (list === null || list.nextElementSibling !== paragraph) {
      list = page.createElement("ol")
      paragraph.before(list)
    }
    const item = page.createElement("li")
    list.append(item)
    item.append(paragraph)
  }
}

/** Replaces every element a clause has no place for by its contents, block elements by paragraphs. */
function simplify(page: Document, root: Element): void {
  for (const element of [...root.querySelectorAll("*")].toReversed()) {
    const field = element.getAttribute("data-field")
    for (const name of element.getAttributeNames()) if (!name.startsWith("data-")) element.removeAttribute(name)
    if (field !== null || (KEPT.has(element.tagName) && element.tagName !== "SPAN")) continue
    if (element.tagName === "UL") replaceBy(page, element, "ol")
    else if (/^(H[1-6]|DIV|TD|TH|BLOCKQUOTE|PRE|SECTION|ARTICLE|DT|DD)$/.test(element.tagName))
      replaceBy(page, element, "p")
    else element.replaceWith(...element.childNodes)
  }
}

function replaceBy(page: Document, element: Element, tag: string): void {
  const next = page.createElement(tag)
  next.append(...element.childNodes)
  element.replaceWith(next)
}

function normaliseText(page: Document): void {
  const walker = page.createTreeWalker(page.body, NodeFilter.SHOW_TEXT)
  while (walker.nextNode()) {
    const node = walker.currentNode as Text
    node.data = cleanCharacters(node.data)
  }
}
