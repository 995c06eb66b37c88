/**
 * The HTML of a clipboard, laid out where nobody sees it, so that a browser's own reading of every style says what its
 * author could see. The frame is of this page but sandboxed: no script runs in it, and nothing in it asks the network
 * for anything, since whatever could is taken out before, and our content security policy stands behind.
 */
export interface Rendered {
  readonly body: HTMLElement
  readonly view: Window
  /** pictures, films and the like, which a clause has no place for */
  readonly pictures: number
  dispose(): void
}

/** Where the text begins: what stands farther out to the left or above has been put there to be out of sight. */
const WIDTH = 1200
const HEIGHT = 900

const PICTURES = "img,picture,svg,canvas,video,audio,object,embed,map"
const GONE = `${PICTURES},script,noscript,template,meta,base,link,iframe,frame,frameset,applet,source,track,input,select,textarea`

/** Whatever the source says of them, these belong to us: no movement, no dark scheme, no colours of the system's. */
const OURS = `*,*::before,*::after{animation:none!important;transition:none!important;forced-color-adjust:none!important}
:root{color-scheme:light only!important}`

export function renderPasted(html: string, owner: Document): Rendered {
  const source = new DOMParser().parseFromString(html, "text/html")
  const pictures = source.querySelectorAll(PICTURES).length
  for (const element of source.querySelectorAll(GONE)) element.remove()
  for (const style of source.querySelectorAll("style")) style.textContent = readableCss(style.textContent ?? "")
  for (const element of source.querySelectorAll("*")) keepHarmless(element)
  // oxlint-disable-next-line react/iframe-missing-sandbox -- the next line gives it one
  const frame = owner.createElement("iframe")
  frame.setAttribute("sandbox", "allow-same-origin")
  frame.setAttribute("aria-hidden", "true")
  frame.tabIndex = -1
  frame.style.cssText = `position:fixed;left:0;top:0;width:${WIDTH}px;height:${HEIGHT}px;border:0;opacity:0;pointer-events:none;z-index:-1;color-scheme:light`
  owner.body.append(frame)
  const page = frame.contentDocument
  const view = frame.contentWindow
  if (page === null || view === null) throw new Error("broken invariant: a frame of this page has a document")
  const ours = page.createElement("style")
  ours.textContent = OURS
  page.head.append(...source.head.querySelectorAll("style"), ours)
  for (const [from, to] of [
    [source.documentElement, page.documentElement],
    [source.body, page.body],
  ] as const)
    for (const { name, value } of from.attributes) to.setAttribute(name, value)
  page.body.append(...source.body.childNodes)
  return { body: page.body, view, pictures, dispose: () => frame.remove() }
}

/** Attributes that a browser draws by, or that say what something is. None of them names an address. */
const KEPT =
  /^(?:style|class|id|hidden|dir|lang|align|valign|bgcolor|color|face|size|width|height|border|cellpadding|cellspacing|colspan|rowspan|span|nowrap|start|value|type|reversed|open|text|aria-hidden|data-(?:field|key|case|kind|pm-slice))$/

function keepHarmless(element: Element): void {
  // a comment of Word is known by its anchor alone
  const anchor = /^#_(?:msocom|ftn|edn)/i.exec(element.getAttribute("href") ?? "")?.[0]
  const isFootnote = anchor !== undefined && !/msocom/i.test(anchor)
  for (const name of element.getAttributeNames()) if (!KEPT.test(name.toLowerCase())) element.removeAttribute(name)
  const style = element.getAttribute("style")
  if (style !== null) element.setAttribute("style", readableCss(style))
  if (isFootnote || /^sdfootnote/i.test(element.className)) element.setAttribute("data-note", "")
  else if (anchor !== undefined) element.setAttribute("style", "display:none!important")
}

/**
 * Words of Word that a browser doesn't know, in words that it does: what Word hides is hidden, and what makes a field, a
 * comment or a list can be read back from the element's computed style. No rule can ask for a file.
 */
export const readableCss = (css: string): string =>
  css
    .replace(/@import[^;]*;?/gi, "")
    .replace(/(?:url|image-set|src)\((?:[^()"']|"[^"]*"|'[^']*')*\)/gi, "none")
    .replace(/mso-hide\s*:\s*(?:all|screen)(?:\s*!important)?/gi, "display:none!important")
    .replace(
      /mso-(?:special-character|element)\s*:\s*["']?comment(?:-list|-reference)?["']?/gi,
      "display:none!important",
    )
    .replace(/(?<![\w-])mso-(element|list)\s*:/gi, (_all, name: string) => `--mso-${name.toLowerCase()}:`)
