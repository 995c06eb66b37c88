import type { ClauseText, Inline } from "@alternat/plan"
import { FIELD_CHAR, inlineString, type Line, linesOf, linesToText } from "./clause-value.ts"
import { fieldToken } from "./notation.ts"

/**
 * A text as a row of tokens: the beginning of each line, words, spaces, signs, fields. Comparing texts is comparing
 * token keys; any row of tokens makes a text again, so hunks can be taken or left in any combination.
 */
export type Token =
  | { readonly type: "line"; readonly key: string; readonly line: Omit<Line, "inlines"> }
  | { readonly type: "word" | "space" | "sign" | "field"; readonly key: string; readonly inline: Inline }

const WORDS = /[\p{L}\p{M}\p{N}]+(?:[.,\u00A0 ]\d{3})*(?:[.,]\d+)?|\s+|[^\p{L}\p{M}\p{N}\s]/gu

export const tokensOf = (text: ClauseText): readonly Token[] =>
  linesOf(text).flatMap(({ inlines, ...line }): readonly Token[] => [
    { type: "line", key: line.block === "p" ? "\np" : line.first ? "\nlist" : "\nitem", line },
    ...tokensOfInlines(inlines),
  ])

/** The tokens of one line. */
export const tokensOfInlines = (inlines: readonly Inline[]): readonly Token[] => inlines.flatMap(tokensOfInline)

function tokensOfInline(inline: Inline): readonly Token[] {
  if (typeof inline === "object" && "field" in inline) return [{ type: "field", key: fieldToken(inline), inline }]
  const isEm = typeof inline === "object"
  return [...inlineString(inline).matchAll(WORDS)].map(([part]) => ({
    type: /^\s/.test(part) ? "space" : /^[\p{L}\p{M}\p{N}]/u.test(part) ? "word" : "sign",
    key: isEm ? `\u0001${part}` : part,
    inline: isEm ? { em: part } : part,
  }))
}

/** Places a token takes in the flat string; the first line's beginning takes none. */
export const tokenLength = (token: Token, index: number): number =>
  token.type === "line"
    ? index === 0
      ? 0
      : 1
    : token.type === "field"
      ? FIELD_CHAR.length
      : inlineString(token.inline).length

/** The place before each token, and after the last. */
export function tokenOffsets(tokens: readonly Token[]): readonly number[] {
  const offsets = [0]
  tokens.forEach((token, index) => offsets.push((offsets[index] ?? 0) + tokenLength(token, index)))
  return offsets
}

/** The text that a row of tokens makes, in normal form. */
export function tokensToText(tokens: readonly Token[]): ClauseText {
  const lines: { block: "p" | "item"; first: boolean; inlines: Inline[] }[] = []
  for (const token of tokens) {
    if (token.type === "line") lines.push({ ...token.line, inlines: [] })
    else {
      if (lines.length === 0) lines.push({ block: "p", first: false, inlines: [] })
      lines.at(-1)?.inlines.push(token.inline)
    }
  }
  return linesToText(lines)
}
