/**
 * Can the author see this text in its source? Asked of the laid out copy, from the outermost element inwards: each
 * passes on what it does to everything inside it.
 */
export interface Sight {
  readonly opacity: number
  /** the colour behind; null behind a picture, where none can be told */
  readonly behind: Rgb | null
  /** what shows of the content in the flow, and of content placed against an ancestor */
  readonly clip: Box | null
  readonly placedClip: Box | null
  readonly isPlaced: boolean
}

export interface Box {
  readonly left: number
  readonly top: number
  readonly right: number
  readonly bottom: number
}
type Rgb = readonly [red: number, green: number, blue: number]
type Rgba = readonly [...Rgb, alpha: number]

const WHITE: Rgb = [255, 255, 255]
export const IN_SIGHT: Sight = { opacity: 1, behind: WHITE, clip: null, placedClip: null, isPlaced: false }

/** Below these nobody can read. */
const MIN_FONT_PX = 3
const MIN_OPACITY = 0.06
const MIN_CONTRAST = 1.1
const MIN_EXTENT_PX = 1
/** A margin of a page is less, a place out of sight is more. */
const OUT_LEFT_PX = 150
const OUT_FAR_PX = 3000

/** What an element does to the sight of what it holds; null: none of it can be seen. */
export function sightIn(element: Element, style: CSSStyleDeclaration, outer: Sight): Sight | null {
  if (style.display === "none" || style.getPropertyValue("content-visibility") === "hidden") return null
  const opacity = outer.opacity * Number(style.opacity || "1") * filterOpacity(style.filter)
  if (opacity < MIN_OPACITY) return null
  const isPositioned = style.position !== "static" || style.transform !== "none"
  const base = style.position === "fixed" ? null : style.position === "absolute" ? outer.placedClip : outer.clip
  const isPage = element === element.ownerDocument.body
  const clip = isPage ? base : together(together(base, overflowBox(element, style)), clippedBox(element, style))
  return {
    opacity,
    behind: behindIn(style, outer.behind),
    clip,
    placedClip: isPositioned ? clip : outer.placedClip,
    isPlaced: outer.isPlaced || isPositioned || Number.parseFloat(style.textIndent) > OUT_FAR_PX / 2,
  }
}

/** Is text in this style, at such a place, drawn so that one can read it? */
export function isReadable(style: CSSStyleDeclaration, sight: Sight): boolean {
  if (style.visibility !== "visible" || Number.parseFloat(style.fontSize) < MIN_FONT_PX) return false
  if (style.getPropertyValue("background-clip") === "text") return true
  const color = parseColor(style.getPropertyValue("-webkit-text-fill-color") || style.color)
  if (color === null) return true
  if (color[3] * sight.opacity < MIN_OPACITY) return false
  return sight.behind === null || contrast(over(color, sight.behind), sight.behind) >= MIN_CONTRAST
}

/** Does any of this stretch of text lie where it can be seen? */
export function isInSight(rects: readonly Box[], sight: Sight, page: Box): boolean {
  return rects.some((rect) => {
    const seen = together(rect, sight.clip)
    if (seen === null || seen.right - seen.left < MIN_EXTENT_PX || seen.bottom - seen.top < MIN_EXTENT_PX) return false
    if (seen.right < page.left - OUT_LEFT_PX || seen.bottom < page.top - OUT_LEFT_PX) return false
    return !sight.isPlaced || (seen.left < page.right + OUT_FAR_PX && seen.top < page.bottom + OUT_FAR_PX)
  })
}

const together = (one: Box | null, other: Box | null): Box | null => {
  if (one === null || other === null) return one ?? other
  return {
    left: Math.max(one.left, other.left),
    top: Math.max(one.top, other.top),
    right: Math.min(one.right, other.right),
    bottom: Math.min(one.bottom, other.bottom),
  }
}

const FAR = 1e7

/** What an element with its own overflow shows. What can be scrolled to can be seen, unless there is no room to. */
function overflowBox(element: Element, style: CSSStyleDeclaration): Box | null {
  // a box in a line clips nothing
  if (style.display === "inline" || style.display === "contents") return null
  const box = element.getBoundingClientRect()
  const cuts = (overflow: string, extent: number) =>
    overflow === "hidden" || overflow === "clip" || (overflow !== "visible" && extent < 4)
  const isX = cuts(style.overflowX, box.width)
  const isY = cuts(style.overflowY, box.height)
  if (!isX && !isY) return null
  return {
    left: isX ? box.left : -FAR,
    right: isX ? box.right : FAR,
    top: isY ? box.top : -FAR,
    bottom: isY ? box.bottom : FAR,
  }
}

/** `clip` and `clip-path`, in the forms that hide. */
function clippedBox(element: Element, style: CSSStyleDeclaration): Box | null {
  const box = element.getBoundingClientRect()
  const rect = /^rect\(([^)]*)\)$/.exec(style.clip)
  if (rect !== null && (style.position === "absolute" || style.position === "fixed")) {
    const [top = 0, right = box.width, bottom = box.height, left = 0] = (rect[1] ?? "")
      .split(/[\s,]+/)
      .map((part) => (part === "auto" ? undefined : Number.parseFloat(part)))
    return { left: box.left + left, top: box.top + top, right: box.left + right, bottom: box.top + bottom }
  }
  const path = style.clipPath
  if (/^(?:circle|ellipse)\(0/.test(path)) return { left: box.left, top: box.top, right: box.left, bottom: box.top }
  const inset = /^inset\(([^)]*)\)$/.exec(path.replace(/\s+round .*(?=\))/, ""))
  if (inset === null) return null
  const sides = (inset[1] ?? "").trim().split(/\s+/)
  const [top = "0", right = top, bottom = top, left = right] = sides
  const px = (side: string, of: number) =>
    side.endsWith("%") ? (Number.parseFloat(side) / 100) * of : Number.parseFloat(side)
  return {
    left: box.left + px(left, box.width),
    right: box.right - px(right, box.width),
    top: box.top + px(top, box.height),
    bottom: box.bottom - px(bottom, box.height),
  }
}

function filterOpacity(filter: string): number {
  const found = /opacity\(([\d.]+)(%?)\)/.exec(filter)
  return found === null ? 1 : Number(found[1]) / (found[2] === "%" ? 100 : 1)
}

function behindIn(style: CSSStyleDeclaration, outer: Rgb | null): Rgb | null {
  const own = parseColor(style.backgroundColor)
  const isPicture = style.backgroundImage !== "none" && style.backgroundImage !== ""
  if (isPicture) return null
  if (own === null || own[3] === 0) return outer
  return outer === null && own[3] < 1 ? null : over(own, outer ?? WHITE)
}

const over = ([red, green, blue, alpha]: Rgba, behind: Rgb): Rgb => {
  const mix = (front: number, back: number) => front * alpha + back * (1 - alpha)
  return [mix(red, behind[0]), mix(green, behind[1]), mix(blue, behind[2])]
}

/** A computed colour; null for forms that aren't judged. */
function parseColor(color: string): Rgba | null {
  const scale = color.startsWith("color(srgb ") ? 255 : /^rgba?\(/.test(color) ? 1 : null
  if (scale === null) return null
  const parts = (color.match(/-?[\d.]+(?:e-?\d+)?%?/g) ?? []).map((part) =>
    part.endsWith("%") ? Number.parseFloat(part) / 100 : Number(part),
  )
  const [red = 0, green = 0, blue = 0, alpha = 1] = parts
  return [red * scale, green * scale, blue * scale, alpha]
}

/** As of the accessibility guidelines: 1 is none, 21 is black on white. */
function contrast(one: Rgb, other: Rgb): number {
  const [high, low] = [luminance(one), luminance(other)].toSorted((a, b) => b - a) as [number, number]
  return (high + 0.05) / (low + 0.05)
}

function luminance(rgb: Rgb): number {
  const [red, green, blue] = rgb.map((value) => {
    const part = value / 255
    return part <= 0.03928 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4
  }) as unknown as Rgb
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue
}
