import type { Token } from "./tokens.ts"

/**
 * Two insertions at one place. Signs that are typed at the end of a word stay with it, and whole sentences or lines can
 * stand one behind the other, in an order that doesn't depend on whose they are or which came first. Anything else would
 * run into each other ("60 calendar working days"): both stand, but nobody has agreed to that.
 */
export function bothInsertions(
  before: Token | undefined,
  yours: readonly Token[],
  mine: readonly Token[],
): { readonly tokens: readonly Token[]; readonly isClean: boolean } {
  const isSigns = (tokens: readonly Token[]) => tokens.every((token) => token.type === "sign")
  if (isSigns(yours) !== isSigns(mine)) {
    return { tokens: isSigns(yours) ? [...yours, ...mine] : [...mine, ...yours], isClean: true }
  }
  const isAfterSentence = before === undefined || before.type === "line" || isSentenceEnd(before)
  const [yourParts, myParts] = [partsOf(yours), partsOf(mine)]
  const isWhole = ({ head }: Parts) =>
    head.length === 0 || (isAfterSentence && head[0]?.type === "space" && isSentenceEnd(head.at(-1)))
  if (!isWhole(yourParts) || !isWhole(myParts)) return { tokens: [...yours, ...mine], isClean: false }
  const sentences = inOneOrder(unitsOf(yourParts.head, startsSentence), unitsOf(myParts.head, startsSentence))
  const lines = inOneOrder(unitsOf(yourParts.lines, startsLine), unitsOf(myParts.lines, startsLine))
  return { tokens: [...sentences, ...lines].flat(), isClean: true }
}

/** What goes on with the line at hand, and the lines that are added behind it. */
interface Parts {
  readonly head: readonly Token[]
  readonly lines: readonly Token[]
}

function partsOf(tokens: readonly Token[]): Parts {
  const at = tokens.findIndex((token) => token.type === "line")
  return at < 0 ? { head: tokens, lines: [] } : { head: tokens.slice(0, at), lines: tokens.slice(at) }
}

const isSentenceEnd = (token: Token | undefined): boolean => token?.type === "sign" && /[.!?…;:»”]$/u.test(token.key)
const startsSentence = (token: Token, before: Token | undefined) => token.type === "space" && isSentenceEnd(before)
const startsLine = (token: Token) => token.type === "line"

/** A sentence with the space before it, or a line with its beginning. */
type Unit = readonly Token[]

function unitsOf(tokens: readonly Token[], isStart: (token: Token, before: Token | undefined) => boolean): Unit[] {
  const units: Token[][] = []
  tokens.forEach((token, index) => {
    if (units.length === 0 || isStart(token, tokens[index - 1])) units.push([])
    units.at(-1)?.push(token)
  })
  return units
}

/** Either list keeps its own order; what both have is there once. */
function inOneOrder(a: readonly Unit[], b: readonly Unit[]): readonly Unit[] {
  const keyOf = (unit: Unit) => unit.map((token) => token.key).join("")
  const out: Unit[] = []
  let [inA, inB] = [0, 0]
  while (inA < a.length || inB < b.length) {
    const [nextA, nextB] = [a[inA], b[inB]]
    const order = nextA === undefined ? 1 : nextB === undefined ? -1 : compare(keyOf(nextA), keyOf(nextB))
    if (order <= 0 && nextA !== undefined) out.push(nextA)
    if (order > 0 && nextB !== undefined) out.push(nextB)
    if (order <= 0) inA += 1
    if (order >= 0) inB += 1
  }
  return out
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)
