/**
 * What a browser shows of some HTML, by its own account: `checkVisibility`, computed styles and boxes, asked from each
 * text upwards. It knows nothing of our reader. Runs in the browser; the document is one of its own, without scripts.
 */
export function shownWords(html: string): readonly string[] {
  const frame = document.createElement("iframe")
  frame.sandbox.add("allow-same-origin")
  frame.style.cssText = "position:absolute;width:1100px;height:800px;left:0;top:0"
  frame.srcdoc = ""
  document.body.append(frame)
  const page = frame.contentDocument
  if (page === null) throw new Error("a frame has a document")
  page.open()
  page.write(html)
  page.close()
  const style = (element: Element) => page.defaultView?.getComputedStyle(element) as CSSStyleDeclaration
  const chain = (element: Element | null): Element[] =>
    element === null ? [] : [element, ...chain(element.parentElement)]
  const backdrop = (element: Element): string =>
    chain(element)
      .map((one) => style(one).backgroundColor)
      .find((color) => color !== "rgba(0, 0, 0, 0)") ?? "rgb(255, 255, 255)"
  const isShown = (text: Text): boolean => {
    const parent = text.parentElement
    if (parent === null || /^(STYLE|SCRIPT|TITLE|TEMPLATE|XML)$/.test(parent.tagName)) return false
    if (!parent.checkVisibility({ opacityProperty: true, visibilityProperty: true, contentVisibilityAuto: true }))
      return false
    const own = style(parent)
    if (Number.parseFloat(own.fontSize) < 2 || own.color === "rgba(0, 0, 0, 0)" || own.color === backdrop(parent))
      return false
    if (chain(parent).some((one) => style(one).textDecorationLine.includes("line-through"))) return false
    const range = page.createRange()
    range.selectNodeContents(text)
    const box = range.getBoundingClientRect()
    if (box.width < 1 || box.right < 0 || box.bottom < 0 || box.left > 50_000) return false
    return chain(parent).every((one) => {
      if (style(one).contentVisibility === "hidden") return false
      if (style(one).clipPath === "inset(50%)" || style(one).clip === "rect(0px, 0px, 0px, 0px)") return false
      if (style(one).overflow !== "hidden") return true
      const frameOf = one.getBoundingClientRect()
      return (
        box.top < frameOf.bottom - 1 &&
        box.bottom > frameOf.top + 1 &&
        box.left < frameOf.right - 1 &&
        frameOf.width > 1
      )
    })
  }
  const walker = page.createTreeWalker(page.body, NodeFilter.SHOW_TEXT)
  const words: string[] = []
  while (walker.nextNode()) {
    const text = walker.currentNode as Text
    if (text.data.trim() === "" || !isShown(text)) continue
    // an application's own marks, which no browser draws by
    const marks = chain(text.parentElement).some(
      (one) =>
        /^(DEL|S|STRIKE)$/.test(one.tagName) ||
        /mso-hide:\s*all|mso-element:\s*comment|mso-list:\s*ignore/i.test(one.getAttribute("style") ?? ""),
    )
    if (!marks) words.push(...text.data.split(/\s+/).filter((word) => word !== ""))
  }
  frame.remove()
  return words
}
