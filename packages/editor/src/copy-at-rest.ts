import type { Lang } from "@alternat/plan"

/**
 * A copy of texts at rest. Brackets draw their signs by style, values carry the row they come from, a column stands
 * beside another: a browser's own copy would lose the first and mix in the rest. Only the column in which the selection
 * begins is copied, each clause by itself.
 */
export function copyAtRest(event: ClipboardEvent, root: HTMLElement, lang: Lang): void {
  const selection = root.ownerDocument.getSelection()
  if (event.clipboardData === null || selection === null || selection.isCollapsed || selection.rangeCount === 0) return
  const range = selection.getRangeAt(0)
  const texts = [...root.ownerDocument.querySelectorAll<HTMLElement>(`.tx-rest[lang="${lang}"]`)]
  const pieces = texts.flatMap((text) => {
    const piece = within(range, text)
    return piece === null ? [] : [copied(piece, lang)]
  })
  if (pieces.length === 0) return
  event.preventDefault()
  event.clipboardData.setData("text/plain", pieces.map(plainLines).join("\n"))
  event.clipboardData.setData("text/html", pieces.map(({ innerHTML }) => innerHTML).join(""))
}

/** The part of a selection that lies in this element. */
function within(range: Range, element: HTMLElement): DocumentFragment | null {
  if (!range.intersectsNode(element)) return null
  const part = range.cloneRange()
  if (part.comparePoint(element, 0) > 0 || !element.contains(part.startContainer)) part.setStart(element, 0)
  if (!element.contains(part.endContainer)) part.setEnd(element, element.childNodes.length)
  return part.collapsed ? null : part.cloneContents()
}

const DELETE: Readonly<Record<Lang, string>> = { en: "delete", ru: "исключить" }
const NOT_TEXT = ".caret,.awaits,.fld > sup,.tick"

/** Marks of the screen out, brackets in: `[60] [US: 30] days`, `[US, delete: and records]`, as exports write them. */
function copied(piece: DocumentFragment, lang: Lang): HTMLElement {
  const page = document.implementation.createHTMLDocument()
  const root = page.createElement("div")
  root.append(page.importNode(piece, true))
  for (const element of root.querySelectorAll(NOT_TEXT)) element.remove()
  for (const bracket of root.querySelectorAll(".br")) bracket.replaceWith(...bracketNodes(bracket, lang))
  for (const element of root.querySelectorAll("*")) {
    for (const name of element.getAttributeNames())
      if (!/^data-(?:field|key|case|kind|letter)$/.test(name)) element.removeAttribute(name)
  }
  return root
}

function bracketNodes(bracket: Element, lang: Lang): readonly (Node | string)[] {
  const label = bracket.querySelector(":scope > b")?.textContent?.replace(/:$/, "") ?? ""
  const out = bracket.querySelector(":scope > del")
  const wording = bracket.querySelector(":scope > i")
  const named = label === "" ? "" : `${label}: `
  if (out === null) return [`[${named}`, ...(wording ?? bracket).childNodes, "]"]
  if (wording === null) return [`[${label}, ${DELETE[lang]}: `, ...out.childNodes, "]"]
  return ["[", ...out.childNodes, `] [${named}`, ...wording.childNodes, "]"]
}

const BLOCKS = new Set(["P", "LI", "OL", "DIV"])

/** As it reads: a line for each paragraph, an item behind its letter. */
function plainLines(root: Element): string {
  const lines: string[] = []
  let line = ""
  let label = ""
  const end = () => {
    if (line.trim() !== "" && line !== label) lines.push(line)
    line = ""
  }
  const visit = (node: Node) => {
    if (node.nodeName === "BR") return end()
    if (node.nodeType === node.TEXT_NODE) line += node.textContent ?? ""
    const isBlock = BLOCKS.has(node.nodeName)
    if (isBlock && line !== label) end()
    if (node.nodeName === "LI") line = label = `${(node as Element).getAttribute("data-letter") ?? ""} `
    for (const child of node.childNodes) visit(child)
    if (isBlock) end()
  }
  visit(root)
  end()
  return lines.join("\n")
}
