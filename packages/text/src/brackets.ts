import type { ClauseText, Lang, MergedText, Parties, PartyCode, Proposal } from "@alternat/plan"
import { inlineString } from "./clause-value.ts"
import { mergeTexts } from "./merge.ts"
import { fieldToken } from "./notation.ts"
import { diffTokens, joinPieces, type Piece, type TokenHunk } from "./redline.ts"
import { type Token, tokenOffsets, tokensOf } from "./tokens.ts"

/** What one or several parties want at one place. No pieces: they want the words out. */
export interface Alternative {
  readonly parties: readonly PartyCode[]
  readonly proposalIds: readonly string[]
  readonly pieces: readonly Piece[]
  /** it replaces words that have themselves changed since it was tabled: nobody can consent to it as it is */
  readonly isOverEarlier: boolean
}

export type BracketSegment =
  | { readonly type: "keep"; readonly pieces: readonly Piece[] }
  | {
      readonly type: "bracket"
      /** places of the working text that are in question */
      readonly from: number
      readonly to: number
      readonly working: readonly Piece[]
      readonly alternatives: readonly Alternative[]
      /** every party has its own wording here: the working words stand for nobody and needn't be shown */
      readonly contested: boolean
    }

export type BracketProposal = Pick<Proposal, "id" | "party" | "kind" | "baseText" | Lang>

/**
 * The working text with all open proposals on it as attributed brackets, in the parties' order. Computed, never stored:
 * differences of several proposals that touch the same words become one bracket with several wordings. Each proposal is
 * merged into the working text first, so that a bracket shows its owner's changes and nobody else's.
 */
export function brackets(
  working: ClauseText,
  proposals: readonly BracketProposal[],
  lang: Lang,
  parties: Parties,
): readonly BracketSegment[] {
  const base = tokensOf(working)
  const order = parties.map((party) => party.code)
  const rivals = proposals
    .filter((proposal) => proposal.kind !== "insert_after")
    .toSorted((a, b) => order.indexOf(a.party) - order.indexOf(b.party))
    .map((proposal) => {
      const { text, overlaps } = mergedInto(working, proposal, lang)
      const tokens = tokensOf(text)
      return { proposal, tokens, hunks: diffTokens(base, tokens), overlaps }
    })
  const offsets = tokenOffsets(base)
  const segments: BracketSegment[] = []
  let at = 0
  for (const region of regionsOf(rivals.flatMap((rival) => rival.hunks))) {
    if (region.from > at) segments.push({ type: "keep", pieces: piecesOf(base.slice(at, region.from), at === 0) })
    const [from, to] = [offsets[region.from] ?? 0, offsets[region.to] ?? 0]
    const alternatives = groupSame(
      rivals.flatMap(({ proposal, tokens, hunks, overlaps }) => {
        const wording = wordingIn(region, base, tokens, hunks)
        const isOverEarlier = overlaps.some((place) => place.from <= to && place.to >= from)
        return wording === null ? [] : [{ proposal, pieces: piecesOf(wording, region.from === 0), isOverEarlier }]
      }),
    )
    segments.push({
      type: "bracket",
      from,
      to,
      working: piecesOf(base.slice(region.from, region.to), region.from === 0),
      alternatives,
      contested: order.every((code) =>
        alternatives.some((alternative) => !alternative.isOverEarlier && alternative.parties.includes(code)),
      ),
    })
    at = region.to
  }
  if (at < base.length) segments.push({ type: "keep", pieces: piecesOf(base.slice(at), at === 0) })
  return segments
}

function mergedInto(working: ClauseText, proposal: BracketProposal, lang: Lang): MergedText {
  if (proposal.kind === "delete") return { text: [], overlaps: [] }
  const { baseText } = proposal
  return baseText === undefined
    ? { text: proposal[lang], overlaps: [] }
    : mergeTexts(baseText[lang], proposal[lang], working)
}

interface Region {
  readonly from: number
  readonly to: number
}

function regionsOf(hunks: readonly TokenHunk[]): readonly Region[] {
  const sorted = hunks.toSorted((a, b) => a.fromA - b.fromA || a.toA - b.toA)
  const regions: Region[] = []
  for (const hunk of sorted) {
    const last = regions.at(-1)
    const touches = last !== undefined && (hunk.fromA < last.to || (hunk.fromA === last.to && isPoint(hunk, last)))
    if (last !== undefined && touches)
      regions[regions.length - 1] = { from: last.from, to: Math.max(last.to, hunk.toA) }
    else regions.push({ from: hunk.fromA, to: hunk.toA })
  }
  return regions
}

// an insertion at the edge of a replaced stretch belongs to that stretch
const isPoint = (hunk: TokenHunk, region: Region): boolean => hunk.fromA === hunk.toA || region.from === region.to

/** What a proposal says between two places of the working text; null when it leaves them as they are. */
function wordingIn(region: Region, base: readonly Token[], tokens: readonly Token[], hunks: readonly TokenHunk[]) {
  const inside = hunks.filter(
    (hunk) => hunk.fromA >= region.from && hunk.toA <= region.to && touchesRegion(hunk, region),
  )
  if (inside.length === 0) return null
  const out: Token[] = []
  let at = region.from
  for (const hunk of inside) {
    out.push(...base.slice(at, hunk.fromA), ...tokens.slice(hunk.fromB, hunk.toB))
    at = hunk.toA
  }
  out.push(...base.slice(at, region.to))
  return out
}

const touchesRegion = (hunk: TokenHunk, region: Region): boolean =>
  hunk.toA > region.from || hunk.fromA === region.from || hunk.fromA < region.to

function groupSame(
  wordings: readonly { proposal: BracketProposal; pieces: readonly Piece[]; isOverEarlier: boolean }[],
): readonly Alternative[] {
  type Group = { parties: PartyCode[]; proposalIds: string[]; pieces: readonly Piece[]; isOverEarlier: boolean }
  const groups = new Map<string, Group>()
  for (const { proposal, pieces, isOverEarlier } of wordings) {
    const key = JSON.stringify([isOverEarlier, pieces])
    const group = groups.get(key) ?? { parties: [], proposalIds: [], pieces, isOverEarlier }
    if (!group.parties.includes(proposal.party)) group.parties.push(proposal.party)
    group.proposalIds.push(proposal.id)
    groups.set(key, group)
  }
  return [...groups.values()]
}

// The beginning of the text's first line is no piece: nothing is to be drawn for it.
const piecesOf = (tokens: readonly Token[], atStart: boolean): readonly Piece[] =>
  joinPieces(
    tokens.flatMap((token, index): Piece[] =>
      token.type !== "line"
        ? [{ inline: token.inline }]
        : atStart && index === 0 && token.line.block === "p"
          ? []
          : [{ lineBreak: token.line.block }],
    ),
  )

/** `US`, `RF` / `США`, `РФ`; several parties with a comma; `US, over earlier words` where those words moved. */
export const bracketLabel = (
  { parties: codes, isOverEarlier = false }: Pick<Alternative, "parties"> & Partial<Pick<Alternative, "isOverEarlier">>,
  lang: Lang,
  parties: Parties,
): string => {
  const names = codes.map((code) => parties.find((party) => party.code === code)?.names[lang].short ?? code)
  return [...names, ...(isOverEarlier ? [OVER_EARLIER[lang]] : [])].join(", ")
}

const OVER_EARLIER: Readonly<Record<Lang, string>> = { en: "over earlier words", ru: "к прежним словам" }

const OUT: Readonly<Record<Lang, string>> = { en: "delete", ru: "исключить" }

/**
 * Brackets as characters: `[US: 30] [RF: 45] days`; where only one side wants a change the working words stand in a
 * bracket of their own: `[60] [US: 30] days`; `[US, delete: and records]`. Fields are written by `field`.
 */
export function bracketText(
  segments: readonly BracketSegment[],
  lang: Lang,
  parties: Parties,
  field: (token: string) => string = (token) => token,
): string {
  const write = (pieces: readonly Piece[]) =>
    pieces
      .map((piece) => {
        if ("lineBreak" in piece) return "\n"
        return typeof piece.inline === "object" && "field" in piece.inline
          ? field(fieldToken(piece.inline))
          : inlineString(piece.inline)
      })
      .join("")
  return segments
    .map((segment) => {
      if (segment.type === "keep") return write(segment.pieces)
      const working = write(segment.working)
      const isPlainDeletion = segment.alternatives.every((alternative) => alternative.pieces.length === 0)
      const parts = segment.alternatives.map((alternative) => {
        const { pieces } = alternative
        const label = bracketLabel(alternative, lang, parties)
        if (pieces.length > 0) return bracket(label, write(pieces))
        return isPlainDeletion ? bracket(`${label}, ${OUT[lang]}`, working) : `[${label}: ${OUT[lang]}]`
      })
      const own = segment.contested || isPlainDeletion || working.trim() === "" ? [] : [around(working, "[", "]")]
      return [...own, ...parts].join(" ")
    })
    .join("")
}

const bracket = (label: string, words: string): string => around(words, `[${label}: `, "]")

// spaces at the edges of a wording stay outside its bracket
function around(words: string, open: string, close: string): string {
  const inner = words.trim()
  const start = words.indexOf(inner)
  return words.slice(0, start) + open + inner + close + words.slice(start + inner.length)
}
