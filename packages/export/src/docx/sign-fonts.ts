import { type FontName, fontOf } from "@alternat/plan"

/** What the faces of the file draw, whatever stands in for them where they aren't installed. */
const IN_EVERY_FACE: ReadonlySet<FontName | null> = new Set<FontName | null>(["PT Serif", "Noto Serif", null])

/**
 * Names for every sign that text faces lack (☐, →, ∈) a font that has it: the runs of a part are split there. It works
 * on the finished part, so no writer of runs needs to think of it.
 */
export const nameSignFonts = (xml: string): string =>
  xml.replace(
    /<w:r>(<w:rPr>(?:(?!<\/w:rPr>).)*<\/w:rPr>)?<w:t(?: [^>]*)?>([^<]*)<\/w:t><\/w:r>/gs,
    (run, style = "", text) => {
      const parts = partsOf(String(text))
      if (parts.every(({ font }) => font === null)) return run
      return parts.map(({ words, font }) => runOf(String(style), words, font)).join("")
    },
  )

interface Part {
  readonly font: FontName | null
  words: string
}

/** Words by the font that must be named for them; null: that of their style. A mark stays with what it stands on. */
function partsOf(xmlText: string): readonly Part[] {
  const parts: Part[] = []
  for (const cluster of xmlText.match(/&[^;]+;|\P{M}\p{M}*|\p{M}+/gsu) ?? []) {
    const known = cluster.startsWith("&") ? null : fontOf(cluster)
    const font = IN_EVERY_FACE.has(known) ? null : known
    const last = parts.at(-1)
    if (last !== undefined && last.font === font) last.words += cluster
    else parts.push({ font, words: cluster })
  }
  return parts
}

function runOf(style: string, words: string, font: FontName | null): string {
  const text = `<w:t xml:space="preserve">${words}</w:t>`
  if (font === null) return `<w:r>${style}${text}</w:r>`
  const named = `<w:rFonts w:ascii="${font}" w:cs="${font}" w:eastAsia="${font}" w:hAnsi="${font}"/>`
  const inside = style.replace(/^<w:rPr>|<\/w:rPr>$/g, "").replace(/<w:rFonts[^>]*\/>/, "")
  // the order of these is fixed by the format: a style's name, then fonts, then the rest
  const [styleName = ""] = /^<w:rStyle[^>]*\/>/.exec(inside) ?? []
  return `<w:r><w:rPr>${styleName}${named}${inside.slice(styleName.length)}</w:rPr>${text}</w:r>`
}
