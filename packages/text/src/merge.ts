import type { ClauseText, MergedText, TextPlaces } from "@alternat/plan"
import { diffTokens, type TokenHunk } from "./redline.ts"
import { type Token, tokenLength, tokenOffsets, tokensOf, tokensToText } from "./tokens.ts"
import { bothInsertions } from "./two-insertions.ts"

/**
 * The three-way merge of one text: what `wording` changes in `base`, made in `working`, which has changed since. It works
 * on the tokens and hunks of the redline, so that it moves exactly what a reader is shown as changed, emphasis and fields
 * included. Hunks of the two sides that share words, or insert at one place, form a region. A region in which both sides
 * say the same is no conflict; any other is an overlap: the merged text has the owner's words there, and the overlap names
 * the words of the working text that they would replace. Nothing else is lost from either side.
 */
export function mergeTexts(base: ClauseText, wording: ClauseText, working: ClauseText): MergedText {
  const [from, own, now] = [tokensOf(base), tokensOf(wording), tokensOf(working)]
  const ours = changesOf(from, own)
  const theirs = changesOf(from, now)
  const offsets = tokenOffsets(now)
  const out: Token[] = []
  const overlaps: TextPlaces[] = []
  let at = 0
  let shift = 0
  for (const region of regionsOf(ours, theirs)) {
    out.push(...from.slice(at, region.from))
    const yours = apply(from, region, region.theirs)
    const made = settle(from, region, yours)
    out.push(...made.tokens)
    if (!made.isClean) {
      const start = region.from + shift
      overlaps.push({ from: offsets[start] ?? 0, to: offsets[start + yours.length] ?? offsets.at(-1) ?? 0 })
    }
    shift += yours.length - (region.to - region.from)
    at = region.to
  }
  out.push(...from.slice(at))
  return { text: tokensToText(out), overlaps }
}

function settle(from: readonly Token[], region: Region, yours: readonly Token[]) {
  const mine = apply(from, region, region.ours)
  if (region.ours.length === 0 || isSame(mine, yours)) return { tokens: yours, isClean: true }
  if (region.theirs.length === 0) return { tokens: mine, isClean: true }
  // nobody's words go: both insertions stand
  if (region.from === region.to) return bothInsertions(from[region.from - 1], yours, mine)
  return { tokens: mine, isClean: false }
}

/** Tokens `[from, to)` of the base become these. */
interface Change {
  readonly from: number
  readonly to: number
  readonly tokens: readonly Token[]
}

/** A stretch of the base that is changed by one side, or by both where their changes meet. */
interface Region {
  readonly from: number
  readonly to: number
  readonly ours: readonly Change[]
  readonly theirs: readonly Change[]
}

function changesOf(from: readonly Token[], to: readonly Token[]): readonly Change[] {
  return joinRewrites(from, to, diffTokens(from, to)).map((hunk, index, all) =>
    slid({ from: hunk.fromA, to: hunk.toA, tokens: to.slice(hunk.fromB, hunk.toB) }, from, all[index + 1]?.fromA),
  )
}

// " working" after "60" and "working " before "days" are one insertion: it is taken as far to the right as it can stand,
// so that both sides' differences name its place alike.
function slid(change: Change, base: readonly Token[], limit = base.length): Change {
  let { from, tokens } = change
  if (change.from !== change.to) return change
  while (from < limit && base[from]?.key === tokens[0]?.key) {
    const [first, ...rest] = tokens
    if (first === undefined || first.type === "line") break
    tokens = [...rest, first]
    from += 1
  }
  return { from, to: from, tokens }
}

// A sentence written anew keeps a "the" here and there by chance. What another side adds beside such a word has no place
// in the new sentence, so kept words that are shorter than both changes around them belong to the change.
function joinRewrites(from: readonly Token[], to: readonly Token[], hunks: readonly TokenHunk[]): readonly TokenHunk[] {
  const joined: TokenHunk[] = []
  const size = (hunk: TokenHunk) =>
    Math.max(lengthOf(from.slice(hunk.fromA, hunk.toA)), lengthOf(to.slice(hunk.fromB, hunk.toB)))
  const replaces = (hunk: TokenHunk) => hunk.toA > hunk.fromA && hunk.toB > hunk.fromB
  for (const hunk of hunks) {
    const last = joined.at(-1)
    const kept = last === undefined ? 0 : lengthOf(from.slice(last.toA, hunk.fromA))
    if (last !== undefined && replaces(last) && replaces(hunk) && kept <= Math.min(size(last), size(hunk)))
      joined[joined.length - 1] = { fromA: last.fromA, fromB: last.fromB, toA: hunk.toA, toB: hunk.toB }
    else joined.push(hunk)
  }
  return joined
}

const lengthOf = (tokens: readonly Token[]): number =>
  tokens.reduce((sum, token, index) => sum + (token.type === "space" ? 0 : tokenLength(token, index)), 0)

type Sided = Change & { readonly side: "ours" | "theirs" }

function regionsOf(ours: readonly Change[], theirs: readonly Change[]): readonly Region[] {
  const all: readonly Sided[] = [
    ...ours.map((change): Sided => ({ ...change, side: "ours" })),
    ...theirs.map((change): Sided => ({ ...change, side: "theirs" })),
  ]
  const regions: { from: number; to: number; members: Sided[] }[] = []
  for (const change of all.toSorted((a, b) => a.from - b.from || a.to - b.to)) {
    const last = regions.at(-1)
    if (last !== undefined && last.members.some((member) => member.side !== change.side && meet(member, change))) {
      last.members.push(change)
      last.to = Math.max(last.to, change.to)
    } else if (last !== undefined && change.from < last.to) {
      last.members.push(change)
      last.to = Math.max(last.to, change.to)
    } else regions.push({ from: change.from, to: change.to, members: [change] })
  }
  return regions.map(({ from, to, members }) => ({
    from,
    to,
    ours: members.filter((member) => member.side === "ours"),
    theirs: members.filter((member) => member.side === "theirs"),
  }))
}

/** Two changes meet where they share words, where one inserts within the other's words, and where both insert at one place. */
const meet = (a: Change, b: Change): boolean =>
  a.from === a.to && b.from === b.to ? a.from === b.from : a.from < b.to && b.from < a.to

/** The region as these changes leave it. */
function apply(base: readonly Token[], region: Region, changes: readonly Change[]): readonly Token[] {
  const out: Token[] = []
  let at = region.from
  for (const change of changes) {
    out.push(...base.slice(at, change.from), ...change.tokens)
    at = change.to
  }
  return [...out, ...base.slice(at, region.to)]
}

const isSame = (a: readonly Token[], b: readonly Token[]): boolean =>
  a.length === b.length && a.every((token, index) => token.key === b[index]?.key)
