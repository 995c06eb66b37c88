import type { ClauseText, Inline } from "@alternat/plan"
import { normaliseText } from "@alternat/text"
import fc from "fast-check"

const words = fc
  .array(fc.constantFrom("the", "Side", "pays", "30", "days", ",", "средства", "ё", "«акт»", "  ", "."), {
    maxLength: 6,
  })
  .map((parts) => parts.join(" "))
const inline: fc.Arbitrary<Inline> = fc.oneof(
  { weight: 4, arbitrary: words },
  words.map((em) => ({ em })),
  fc.constantFrom<Inline>(
    { field: "date", key: "end" },
    { field: "amount", key: "L10.us" },
    { field: "party", key: "US", case: "gen" },
    { field: "placeholder", key: "channel", kind: "text" },
  ),
)
const line = fc.array(inline, { maxLength: 5 })

/** Texts in normal form. */
export const clauseText: fc.Arbitrary<ClauseText> = fc
  .array(
    fc.oneof(
      line.map((p) => ({ p })),
      fc.array(line, { maxLength: 3 }).map((list) => ({ list })),
    ),
    { maxLength: 4 },
  )
  .map(normaliseText)
