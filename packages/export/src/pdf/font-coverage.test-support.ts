import { createRequire } from "node:module"
import { type Font, openSync } from "fontkit"
import { FONT_FILES } from "./typeset.ts"

/** Reads from the font files what the table in `packages/plan/src/font-coverage.ts` says of them, and writes that table. */

/** Families in the order in which a document tries them; PT Sans and PT Mono draw nothing that PT Serif doesn't. */
const FAMILIES = [
  "PT Serif",
  "Noto Serif",
  "Noto Sans Math",
  "Noto Sans Symbols 2",
  "Noto Sans Symbols",
  "Noto Sans Mono",
]

/** Never permitted, though a font may have a glyph for it: see `kindOf` in plan for what each is called. */
const FORBIDDEN =
  /[\p{C}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}\p{Emoji_Presentation}\p{Script=Hebrew}\p{Script=Arabic}\u2800\uFFFC\uFFFD\uFB00-\uFB06]/u
const OTHER_SPACE = /[^\P{Zs} ]/u

/** The source of the table. */
export function coverageModule(): string {
  const { resolve } = createRequire(import.meta.url)
  const faces = FONT_FILES.map((file) => openSync(resolve(file)) as Font)
  const entries = FAMILIES.map((family) => {
    const own = faces.filter((face) => face.familyName === family)
    return `  "${family}":\n${wrap(rangesOf(permittedOf(own)))},\n`
  })
  return `${HEAD}${entries.join("")}} as const\n\nexport type FontName = keyof typeof FONT_COVERAGE\n`
}

const HEAD = `// Generated from the font files by the test of packages/export/src/pdf/font-coverage.test.ts (vitest -u): don't edit.

/** Which characters of the Basic Multilingual Plane each font draws, but for those that no text of a plan may hold. */
export const FONT_COVERAGE = {
`

/** Characters that every face of the family draws, alone or from their parts. */
function permittedOf(faces: readonly Font[]): readonly number[] {
  const drawn = faces.map((face) => new Set(face.characterSet.filter((code) => hasInk(face, code))))
  const has = (code: number) => drawn.length > 0 && drawn.every((codes) => codes.has(code)) && !isForbidden(code)
  const hasAll = (text: string) => Array.from(text).every((char) => has(char.codePointAt(0) ?? 0))
  const isDrawn = (code: number) => {
    const char = String.fromCodePoint(code)
    const parts = char.normalize("NFD")
    return has(code) || (parts !== char && !isForbidden(code) && hasAll(parts))
  }
  const codes = Array.from({ length: 0x1_0000 }, (_, code) => code)
  // every text is brought into NFC, so a character stands for itself only if its NFC is drawn as well
  return codes.filter(
    (code) =>
      isDrawn(code) &&
      Array.from(String.fromCodePoint(code).normalize("NFC")).every((char) => isDrawn(char.codePointAt(0) ?? 0)),
  )
}

const isForbidden = (code: number): boolean => {
  const char = String.fromCodePoint(code)
  return FORBIDDEN.test(char) || OTHER_SPACE.test(char)
}

const hasInk = (face: Font, code: number): boolean =>
  code === 0x20 || face.glyphForCodePoint(code).path.commands.length > 0

function rangesOf(codes: readonly number[]): readonly string[] {
  const ranges: string[] = []
  let from = codes[0] ?? 0
  codes.forEach((code, i) => {
    if (codes[i + 1] === code + 1) return
    ranges.push(from === code ? hex(from) : `${hex(from)}-${hex(code)}`)
    from = codes[i + 1] ?? 0
  })
  return ranges
}

const hex = (code: number): string => code.toString(16).toUpperCase()

/** As the formatter leaves it: strings joined by plus signs, lines of at most 120 characters. */
function wrap(ranges: readonly string[]): string {
  const lines: string[] = [""]
  for (const range of ranges) {
    const line = lines.at(-1) ?? ""
    if (line.length + range.length > 108) lines.push(range)
    else lines[lines.length - 1] = line === "" ? range : `${line} ${range}`
  }
  return lines.map((line, i) => `    "${line}${i + 1 < lines.length ? ' " +' : '"'}`).join("\n")
}
