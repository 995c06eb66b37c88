import type { Bilingual } from "./lang.ts"

/** What a character is that a plan may not hold. */
export type TextFaultKind =
  | "control"
  | "line"
  | "tab"
  | "space"
  | "bidirectional"
  | "zero_width"
  /** other characters that a reader doesn't see: format characters, variation selectors, fillers */
  | "hidden"
  | "noncharacter"
  | "surrogate"
  | "private_use"
  | "unassigned"
  | "replacement"
  | "emoji"
  /** a ligature or another presentation of characters that have their own */
  | "compatibility"
  | "no_font"
  /** a combining mark with nothing beneath it that one font holds together with it */
  | "lone_mark"

/** Kinds in the order in which they are asked; the first that holds is the kind. */
const KINDS: readonly (readonly [TextFaultKind, RegExp])[] = [
  ["surrogate", /^\p{Surrogate}$/u],
  ["noncharacter", /^\p{Noncharacter_Code_Point}$/u],
  ["tab", /^\t$/],
  ["line", /^[\n\v\f\r\u0085\u2028\u2029]$/u],
  ["control", /^\p{Cc}$/u],
  ["bidirectional", /^\p{Bidi_Control}$/u],
  ["zero_width", /^(?:[\u200B-\u200D\uFEFF\u180E]|\u034F)$/u],
  ["replacement", /^[\uFFFC\uFFFD]$/u],
  ["private_use", /^\p{Co}$/u],
  ["unassigned", /^\p{Cn}$/u],
  ["space", /^\p{Zs}$/u],
  ["hidden", /^[\p{Default_Ignorable_Code_Point}\p{Cf}\u2800]$/u],
  ["emoji", /^[\p{Emoji_Presentation}\p{Extended_Pictographic}\p{Emoji_Modifier}\p{Regional_Indicator}]$/u],
  ["compatibility", /^[\uFB00-\uFB06\uFF01-\uFF5E\u{1D400}-\u{1D7FF}\u3371-\u33FF]$/u],
]

/** The kind of a character that a plan may not hold. */
export function kindOf(codePoint: number): TextFaultKind {
  const char = String.fromCodePoint(codePoint)
  return KINDS.find(([, pattern]) => pattern.test(char))?.[0] ?? "no_font"
}

/** Never seen by a reader, so nothing is missed when they go. */
const LEFT_OUT: ReadonlySet<TextFaultKind> = new Set([
  "control",
  "bidirectional",
  "zero_width",
  "hidden",
  "noncharacter",
])

/** Signs of symbol fonts by Word, wide spaces, emoji and other signs that have a printed twin. */
const TWINS: Readonly<Record<string, string>> = {
  "\t": " ",
  "\u2007": "\u00A0",
  "\u2008": "\u202F",
  "\u2009": "\u202F",
  "\u200A": "\u202F",
  "\uF06F": "☐",
  "\uF0A7": "▪",
  "\uF0A8": "☐",
  "\uF0B7": "•",
  "\uF0DF": "←",
  "\uF0E0": "→",
  "\uF0FC": "✓",
  "\uF0FE": "☑",
  "✅": "✔",
  "❌": "✘",
  "❎": "☒",
  "❓": "?",
  "❔": "?",
  "❕": "!",
  "❗": "!",
  "➕": "+",
  "➖": "−",
  "➗": "÷",
  "⭐": "★",
  "⬛": "■",
  "⬜": "□",
  "🗸": "✓",
  "🗹": "☑",
  "㎟": "mm²",
  "㎠": "cm²",
  "㎡": "m²",
  "㎢": "km²",
  "㎣": "mm³",
  "㎤": "cm³",
  "㎥": "m³",
  "㎦": "km³",
}

/**
 * What stands for a character that a plan may not hold: its twin, its parts where it is a presentation of them (a
 * ligature, a mathematical letter), or nothing where a reader never saw it. Null: nothing says the same.
 */
export function replacementOf(codePoint: number, isPermitted: (text: string) => boolean): string | null {
  const char = String.fromCodePoint(codePoint)
  const kind = kindOf(codePoint)
  const twin = TWINS[char]
  if (twin !== undefined) return twin
  if (LEFT_OUT.has(kind)) return ""
  if (kind === "surrogate") return null
  const parts = char.normalize("NFKC")
  return parts !== char && parts !== "" && isPermitted(parts) ? parts : null
}

const NAMES: Readonly<Record<TextFaultKind, Bilingual>> = {
  control: { en: "an invisible control character", ru: "невидимый управляющий символ" },
  line: { en: "a line break", ru: "разрыв строки" },
  tab: { en: "a tab", ru: "символ табуляции" },
  space: { en: "a special space", ru: "особый пробел" },
  bidirectional: {
    en: "an invisible character that changes the direction of reading",
    ru: "невидимый символ, меняющий направление чтения",
  },
  zero_width: { en: "an invisible character without width", ru: "невидимый символ нулевой ширины" },
  hidden: { en: "an invisible character", ru: "невидимый символ" },
  noncharacter: { en: "a code that is no character", ru: "код, не являющийся символом" },
  surrogate: { en: "half of a character", ru: "половина символа" },
  private_use: { en: "a sign that only one font knows", ru: "знак, существующий только в одном шрифте" },
  unassigned: { en: "a code without a character", ru: "код, которому не соответствует символ" },
  replacement: { en: "a stand-in for a lost character", ru: "заместитель утраченного символа" },
  emoji: { en: "an emoji", ru: "эмодзи" },
  compatibility: { en: "a special form of other characters", ru: "особое начертание других символов" },
  no_font: {
    en: "a sign that none of the document’s fonts has",
    ru: "знак, отсутствующий в шрифтах документа",
  },
  lone_mark: {
    en: "an accent that can’t be printed on what stands before it",
    ru: "надстрочный знак, который нельзя напечатать над предыдущим символом",
  },
}

/** `U+202E`, as Unicode writes it. */
export const codePointName = (codePoint: number): string => `U+${codePoint.toString(16).toUpperCase().padStart(4, "0")}`

const SHOWN: ReadonlySet<TextFaultKind> = new Set(["emoji", "compatibility", "no_font"])

/** The sign and what it is: `“漢” (U+6F22), a sign that none of the document’s fonts has`. */
export function describeFault(fault: { readonly codePoint: number; readonly kind: TextFaultKind }): Bilingual {
  const code = codePointName(fault.codePoint)
  const { en, ru } = NAMES[fault.kind]
  if (!SHOWN.has(fault.kind)) return { en: `${code}, ${en}`, ru: `${code}, ${ru}` }
  const char = String.fromCodePoint(fault.codePoint)
  return { en: `“${char}” (${code}), ${en}`, ru: `«${char}» (${code}), ${ru}` }
}
