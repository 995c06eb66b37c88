import { FONT_COVERAGE, type FontName } from "./font-coverage.ts"
import { kindOf, replacementOf, type TextFaultKind } from "./text-replacements.ts"

/**
 * What text of a plan may hold, decided here and nowhere else: characters of the Basic Multilingual Plane that one of
 * the fonts of our documents draws, and five that draw nothing but serve typesetting (`INVISIBLE`). Editor, paste,
 * guard, acts, HTTP and preflight all ask this module.
 *
 * Characters beyond U+FFFF are never permitted, so half a surrogate pair can never come to stand in a text: neither by
 * splitting a pair nor by deleting one half of it.
 */
export interface TextFault {
  /** in UTF-16 units */
  readonly offset: number
  /** the character as it stands in the text; half a pair where only half is there */
  readonly char: string
  readonly codePoint: number
  readonly kind: TextFaultKind
  /** what `cleanText` puts in its place; empty: it is left out; null: left out as well, and nothing says the same */
  readonly replacement: string | null
}

export interface TextForm {
  /** `lines`: line feeds are permitted, as in comments and notes. The default is `line` */
  readonly form?: "line" | "lines"
}

/** No-break spaces, no-break hyphen, word joiner, soft hyphen. */
const INVISIBLE: ReadonlySet<number> = new Set([0x00a0, 0x202f, 0x2011, 0x2060, 0x00ad])
const LINE_FEED = 0x0a
const FIRST_SURROGATE = 0xd800
const LAST_SURROGATE = 0xdfff

/** Fonts in the order in which a document tries them. */
export const FONT_NAMES = Object.keys(FONT_COVERAGE) as readonly FontName[]

const ALL_FONTS = (1 << FONT_NAMES.length) - 1
const RANGES = FONT_NAMES.map((name) => rangesOf(FONT_COVERAGE[name]))
/** By code unit: one bit for each font that has the character; 0: not permitted. */
const FONTS_OF = fontsByCharacter()

/** Does the character with this code point stand in a font of ours, or is it one of the five invisible ones? */
export const isPermitted = (codePoint: number): boolean => codePoint <= 0xffff && FONTS_OF[codePoint] !== 0

/** Nothing in the text that a plan may not hold? Looks at characters alone, not at what a combining mark stands on. */
export function isPermittedText(text: string, { form = "line" }: TextForm = {}): boolean {
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i)
    if (FONTS_OF[unit] === 0 && !(unit === LINE_FEED && form === "lines")) return false
  }
  return true
}

/** The first character that a plan may not hold; null when there is none. */
export function textFault(text: string, form: TextForm = {}): TextFault | null {
  if (isPermittedText(text, form) && !/\p{M}/u.test(text)) return null
  for (const fault of faultsIn(text, form)) return fault
  return null
}

/** Every character that a plan may not hold, in order. */
export const textFaults = (text: string, form: TextForm = {}): readonly TextFault[] => [...faultsIn(text, form)]

/**
 * The text in NFC with every such character replaced or left out, and what was done: the faults of the given text, in
 * NFC. Clean text comes back as it is.
 */
export function cleanText(
  text: string,
  form: TextForm = {},
): { readonly text: string; readonly faults: readonly TextFault[] } {
  const source = text.normalize("NFC")
  const faults = textFaults(source, form)
  if (faults.length === 0) return { text: source, faults }
  let clean = ""
  let at = 0
  for (const { offset, char, replacement } of faults) {
    clean += source.slice(at, offset) + (replacement ?? "")
    at = offset + char.length
  }
  return { text: (clean + source.slice(at)).normalize("NFC"), faults }
}

/** The first fault in the strings of a value, keys included, and the path to it; null when there is none. */
export function valueFault(
  value: unknown,
  form: TextForm = {},
  path: readonly string[] = [],
): { readonly path: readonly string[]; readonly fault: TextFault } | null {
  if (typeof value === "string") {
    const fault = textFault(value, form)
    return fault && { path, fault }
  }
  if (typeof value !== "object" || value === null) return null
  for (const [key, inner] of Object.entries(value)) {
    const fault = textFault(key)
    const found = fault === null ? valueFault(inner, form, [...path, key]) : { path, fault }
    if (found !== null) return found
  }
  return null
}

/** The first font of ours that has all of these characters; null when none has. */
export function fontOf(text: string): FontName | null {
  let fonts = ALL_FONTS
  for (let i = 0; i < text.length; i++) fonts &= FONTS_OF[text.charCodeAt(i)] ?? 0
  return fonts === 0 ? null : (FONT_NAMES[31 - Math.clz32(fonts & -fonts)] ?? null)
}

function* faultsIn(text: string, { form = "line" }: TextForm): Generator<TextFault> {
  for (let offset = 0; offset < text.length; ) {
    const codePoint = text.codePointAt(offset) ?? 0
    const char = String.fromCodePoint(codePoint)
    const isLine = codePoint === LINE_FEED && form === "lines"
    // CR LF is one line break
    const length = char === "\r" && text[offset + 1] === "\n" ? 2 : char.length
    if (!isPermitted(codePoint) && !isLine) {
      const kind = kindOf(codePoint)
      const replacement = kind === "line" ? (form === "lines" ? "\n" : " ") : replacementOf(codePoint, isPermittedText)
      yield { offset, char: text.slice(offset, offset + length), codePoint, kind, replacement }
    } else if (isMark(codePoint) && !hasFontWithBase(text, offset)) {
      yield { offset, char, codePoint, kind: "lone_mark", replacement: null }
    }
    offset += length
  }
}

const isMark = (codePoint: number): boolean => codePoint >= 0x300 && /^\p{M}$/u.test(String.fromCodePoint(codePoint))

/** A mark is drawn by the font that draws the letter beneath it, so one font must have both. */
function hasFontWithBase(text: string, offset: number): boolean {
  let start = offset
  while (start > 0 && isMark(text.charCodeAt(start))) start--
  const cluster = text.slice(start, offset + 1)
  return fontOf(cluster) !== null || fontOf(cluster.normalize("NFC")) !== null
}

function rangesOf(coverage: string): readonly (readonly [number, number])[] {
  return coverage.split(" ").map((range) => {
    const [from = "", to = from] = range.split("-")
    return [Number.parseInt(from, 16), Number.parseInt(to, 16)] as const
  })
}

function fontsByCharacter(): Uint8Array {
  const fonts = new Uint8Array(0x1_0000)
  RANGES.forEach((ranges, index) => {
    for (const [from, to] of ranges)
      for (let code = from; code <= to; code++) fonts[code] = (fonts[code] ?? 0) | (1 << index)
  })
  // drawn as nothing, or made from a space or a hyphen, whatever the font
  for (const code of INVISIBLE) fonts[code] = ALL_FONTS
  fonts.fill(0, FIRST_SURROGATE, LAST_SURROGATE + 1)
  return fonts
}
