import type { ClauseText, Inline } from "@alternat/plan"
import { plainToText } from "@alternat/text"

/** A text with a placeholder replaced by words. */
export function filledText(text: ClauseText, key: string, words: string): ClauseText {
  const given = plainToText(words)[0]
  const inlines: readonly Inline[] = given === undefined ? [] : "p" in given ? given.p : (given.list[0] ?? [])
  const isIt = (inline: Inline) =>
    typeof inline === "object" && "field" in inline && inline.field === "placeholder" && inline.key === key
  const replace = (line: readonly Inline[]) => line.flatMap((inline) => (isIt(inline) ? inlines : [inline]))
  return text.map((block) => ("p" in block ? { p: replace(block.p) } : { list: block.list.map(replace) }))
}
