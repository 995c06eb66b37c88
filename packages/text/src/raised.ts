import { isPermitted } from "@alternat/plan"

/** How far from the line a piece of text stands. */
export type Raise = "super" | "sub"

const PLAIN = "0123456789+-\u2212=()abcdefghijklmnoprstuvwxyzABDEGHIJKLMNOPRTUVW"
const SIGNS: Readonly<Record<Raise, string>> = {
  super: "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁼⁽⁾ᵃᵇᶜᵈᵉᶠᵍʰⁱʲᵏˡᵐⁿᵒᵖʳˢᵗᵘᵛʷˣʸᶻᴬᴮᴰᴱᴳᴴᴵᴶᴷᴸᴹᴺᴼᴾᴿᵀᵁⱽᵂ",
  sub: "₀₁₂₃₄₅₆₇₈₉₊₋₋₌₍₎ₐ   ₑ  ₕᵢⱼₖₗₘₙₒₚᵣₛₜᵤᵥ ₓ                        ",
}
const TABLES = { super: tableOf("super"), sub: tableOf("sub") }

/**
 * The same as characters of Unicode that stand raised or lowered by themselves: `10⁶`, `H₂O`, `1ˢᵗ`. Null where one of
 * the characters has none, or none that our fonts print: half a superscript would read as another text.
 */
export function raisedText(text: string, raise: Raise): string | null {
  let raised = ""
  for (const char of text) {
    const sign = /^\s$/.test(char) ? char : TABLES[raise].get(char)
    if (sign === undefined) return null
    raised += sign
  }
  return raised
}

function tableOf(raise: Raise): ReadonlyMap<string, string> {
  const pairs = Array.from(PLAIN, (char, index) => [char, Array.from(SIGNS[raise])[index] ?? " "] as const)
  return new Map(pairs.filter(([, sign]) => sign !== " " && isPermitted(sign.codePointAt(0) ?? 0)))
}
