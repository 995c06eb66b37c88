import type { ClauseText, Inline } from "@alternat/plan"
import fc from "fast-check"
import { normaliseText } from "../clause-value.ts"

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

/** Texts, not all of them in normal form. */
export const anyText: fc.Arbitrary<ClauseText> = fc.array(
  fc.oneof(
    line.map((p) => ({ p })),
    fc.array(line, { maxLength: 3 }).map((list) => ({ list })),
  ),
  { maxLength: 4 },
)

/** Texts in normal form. */
export const clauseText: fc.Arbitrary<ClauseText> = anyText.map(normaliseText)

/** One paragraph of words and fields: what notation can write down. */
export const oneLine: fc.Arbitrary<ClauseText> = line
  .map((inlines) => [{ p: inlines.filter((one) => typeof one === "string" || "field" in one) }])
  .map(normaliseText)
