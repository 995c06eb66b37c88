import type { ClauseText, Lang, Parties, PartyCode, Proposal } from "@alternat/plan"
import { inlineString } from "./clause-value.ts"
import { fieldToken } from "./notation.ts"
import { diffTokens, joinPieces, type Piece, type TokenHunk } from "./redline.ts"
import { type Token, tokenOffsets, tokensOf } from "./tokens.ts"

/** What one or several parties want at one place. No pieces: they want the words out. */
export interface Alternative {
  readonly parties: readonly PartyCode[]
  readonly proposalIds: readonly string[]
  readonly pieces: readonly Piece[]
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

export type BracketProposal = Pick<Proposal, "id" | "party" | "kind" | Lang>

/**
 * The working text with all open proposals on it as attributed brackets, in the parties' order. Computed, never stored:
 * differences of several proposals that touch the same words become one bracket with several wordings.
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
      const tokens = proposal.kind === "delete" ? [] : tokensOf(proposal[lang])
      return { proposal, tokens, hunks: diffTokens(base, tokens) }
    })
  const offsets = tokenOffsets(base)
  const segments: BracketSegment[] = []
  let at = 0
  for (const region of regionsOf(rivals.flatMap((rival) => rival.hunks))) {
    if (region.from > at) segments.push({ type: "keep", pieces: piecesOf(base.slice(at, region.from), at === 0) })
    const alternatives = groupSame(
      rivals.flatMap(({ proposal, tokens, hunks }) => {
        const wording = wordingIn(region, base, tokens, hunks)
        return wording === null ? [] : [{ proposal, pieces: piecesOf(wording, region.from === 0) }]
      }),
    )
    segments.push({
      type: "bracket",
      from: offsets[region.from] ?? 0,
      to: offsets[region.to] ?? 0,
      working: piecesOf(base.slice(region.from, region.to), region.from === 0),
      alternatives,
      contested: order.every((code) => alternatives.some((alternative) => alternative.parties.includes(code))),
    })
    at = region.to
  }
  if (at < base.length) segments.push({ type: "keep", pieces: piecesOf(base.slice(at), at === 0) })
  return segments
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
  wordings: readonly { proposal: BracketProposal; pieces: readonly Piece[] }[],
): readonly Alternative[] {
  const groups = new Map<string, { parties: PartyCode[]; proposalIds: string[]; pieces: readonly Piece[] }>()
  for (const { proposal, pieces } of wordings) {
    const key = JSON.stringify(pieces)
    const group = groups.get(key) ?? { parties: [], proposalIds: [], pieces }
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

/** `US`, `RF` / `США`, `РФ`; several parties with a comma. */
export const bracketLabel = (codes: readonly PartyCode[], lang: Lang, parties: Parties): string =>
  codes.map((code) => parties.find((party) => party.code === code)?.names[lang].short ?? code).join(", ")

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
      const parts = segment.alternatives.map(({ parties: codes, pieces }) => {
        const label = bracketLabel(codes, lang, parties)
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
