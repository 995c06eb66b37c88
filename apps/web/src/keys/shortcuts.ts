import type { Lang } from "@alternat/plan"

/** A key by its place on the keyboard, so that J is J in the Russian layout too. `["KeyG", "Digit1"]` is one after the other. */
export type Stroke = readonly string[]
export type ShortcutGroup = "shell" | "text" | "grid"

export interface Shortcut {
  readonly id: string
  readonly strokes: Stroke
  readonly group: ShortcutGroup
  /** already translated */
  readonly label: string
  /** absent for keys a part handles itself and only wants listed */
  readonly run?: () => void
  readonly ctrl?: boolean
  readonly shift?: boolean
  /** a form's field has a history of its own, which this key must leave to it */
  readonly outsideFields?: boolean
}

export interface KeyPress {
  readonly code: string
  readonly ctrl: boolean
  readonly alt: boolean
  readonly shift: boolean
  readonly inText: boolean
  /** in a field of a form, as a comment's or a cell's */
  readonly inField: boolean
}

export type Match =
  | { readonly type: "run"; readonly shortcut: Shortcut }
  | { readonly type: "wait" }
  | { readonly type: "none" }

/** What a press means, after the presses before it. Single letters never fire inside text. */
export function matchKey(shortcuts: readonly Shortcut[], before: Stroke, press: KeyPress, singleKeys: boolean): Match {
  if (press.alt) return { type: "none" }
  const chain = [...before, press.code]
  const usable = shortcuts.filter((s) => {
    if (!s.run || Boolean(s.ctrl) !== press.ctrl) return false
    if ((s.shift ?? false) !== press.shift) return false
    if (s.outsideFields && press.inField) return false
    return s.ctrl || (singleKeys && !press.inText)
  })
  const exact = usable.findLast((s) => sameStroke(s.strokes, chain))
  if (exact) return { type: "run", shortcut: exact }
  return usable.some((s) => s.strokes.length > chain.length && sameStroke(s.strokes.slice(0, chain.length), chain))
    ? { type: "wait" }
    : { type: "none" }
}

/** "KeyJ" → "J", "Digit1" → "1", "BracketLeft" → "["; in Russian the letter that this key has on a Russian keyboard. */
export function strokeLabel(code: string, lang: Lang = "en"): string {
  const named: Readonly<Record<string, string>> = { BracketLeft: "[", BracketRight: "]", Slash: "/", Escape: "Esc" }
  const plain = named[code] ?? code.replace(/^(Key|Digit)/, "")
  return lang === "ru" ? (RUSSIAN_CAPS[plain] ?? plain) : plain
}

const LATIN = "QWERTYUIOP[]ASDFGHJKLZXCVBNM"
const CYRILLIC = "ЙЦУКЕНГШЩЗХЪФЫВАПРОЛДЯЧСМИТЬ"
const RUSSIAN_CAPS = Object.fromEntries(LATIN.split("").map((letter, at) => [letter, CYRILLIC[at] ?? letter]))

const sameStroke = (a: Stroke, b: Stroke): boolean => a.length === b.length && a.every((code, i) => code === b[i])
