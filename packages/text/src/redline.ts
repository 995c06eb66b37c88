import type { ClauseText, Inline } from "@alternat/plan"
import { diffArrays } from "diff"
import { type Token, tokenOffsets, tokensOf, tokensToText } from "./tokens.ts"

/** Where two texts differ: tokens `[fromA, toA)` of the old one stand against `[fromB, toB)` of the new one. */
export interface TokenHunk {
  readonly fromA: number
  readonly toA: number
  readonly fromB: number
  readonly toB: number
}

/** The same in places of the two flat strings (`flatText`). */
export interface Hunk {
  readonly from: number
  readonly to: number
  readonly newFrom: number
  readonly newTo: number
}

/** A piece of a redline: words or a field, or the beginning of a line that was added or removed within the text. */
export type Piece = { readonly inline: Inline } | { readonly lineBreak: "p" | "item" }

export interface RedlineRun {
  readonly type: "keep" | "insert" | "delete"
  /** number of the hunk, null in kept words */
  readonly hunk: number | null
  readonly pieces: readonly Piece[]
}

export interface RedlineLine {
  readonly block: "p" | "item"
  readonly first: boolean
  readonly runs: readonly RedlineRun[]
}

export interface Redline {
  readonly hunks: readonly Hunk[]
  readonly lines: readonly RedlineLine[]
}

// A whole rewrite costs quadratic time and reads no better word by word: past this many edits it is shown as one hunk.
const MAX_EDITS = 4000

/** Word by word, with emphasis and fields as part of what a word is. Deterministic. */
export function diffTokens(a: readonly Token[], b: readonly Token[]): readonly TokenHunk[] {
  const parts = diffArrays(
    a.map((token) => token.key),
    b.map((token) => token.key),
    { maxEditLength: MAX_EDITS },
  )
  if (parts === undefined) return [{ fromA: 0, toA: a.length, fromB: 0, toB: b.length }]
  const hunks: TokenHunk[] = []
  let inA = 0
  let inB = 0
  for (const part of parts) {
    const size = part.value.length
    if (part.added || part.removed) {
      const last = hunks.at(-1)
      const next = { toA: inA + (part.removed ? size : 0), toB: inB + (part.added ? size : 0) }
      if (last !== undefined && last.toA === inA && last.toB === inB) hunks[hunks.length - 1] = { ...last, ...next }
      else hunks.push({ fromA: inA, fromB: inB, ...next })
    }
    if (!part.added) inA += size
    if (!part.removed) inB += size
  }
  return joinOverSpaces(a, hunks)
}

// "30 days" → "45 weeks" is one change to a reader, not two with a kept space between.
function joinOverSpaces(a: readonly Token[], hunks: readonly TokenHunk[]): readonly TokenHunk[] {
  const joined: TokenHunk[] = []
  for (const hunk of hunks) {
    const last = joined.at(-1)
    const onlySpace = last !== undefined && a.slice(last.toA, hunk.fromA).every((token) => token.type === "space")
    const replaces = (one: TokenHunk) => one.toA > one.fromA && one.toB > one.fromB
    if (last !== undefined && onlySpace && (replaces(last) || replaces(hunk))) {
      joined[joined.length - 1] = { fromA: last.fromA, fromB: last.fromB, toA: hunk.toA, toB: hunk.toB }
    } else joined.push(hunk)
  }
  return joined
}

/** The new text against the old one: what stays, what comes, what goes, and by which hunk. */
export function redline(oldText: ClauseText, newText: ClauseText): Redline {
  const a = tokensOf(oldText)
  const b = tokensOf(newText)
  const hunks = diffTokens(a, b)
  const offsetsA = tokenOffsets(a)
  const offsetsB = tokenOffsets(b)
  const steps: { type: RedlineRun["type"]; hunk: number | null; tokens: readonly Token[] }[] = []
  let at = 0
  hunks.forEach((hunk, index) => {
    steps.push({ type: "keep", hunk: null, tokens: a.slice(at, hunk.fromA) })
    steps.push({ type: "delete", hunk: index, tokens: a.slice(hunk.fromA, hunk.toA) })
    steps.push({ type: "insert", hunk: index, tokens: b.slice(hunk.fromB, hunk.toB) })
    at = hunk.toA
  })
  steps.push({ type: "keep", hunk: null, tokens: a.slice(at) })
  return {
    hunks: hunks.map((hunk) => ({
      from: offsetsA[hunk.fromA] ?? 0,
      to: offsetsA[hunk.toA] ?? 0,
      newFrom: offsetsB[hunk.fromB] ?? 0,
      newTo: offsetsB[hunk.toB] ?? 0,
    })),
    lines: toLines(steps),
  }
}

type Step = { readonly type: RedlineRun["type"]; readonly hunk: number | null; readonly tokens: readonly Token[] }

// A kept or added line begins a line of the redline; a removed one stays inside it as a sign.
function toLines(steps: readonly Step[]): readonly RedlineLine[] {
  const lines: { block: "p" | "item"; first: boolean; runs: { -readonly [K in keyof RedlineRun]: RedlineRun[K] }[] }[] =
    []
  for (const step of steps) {
    for (const token of step.tokens) {
      if (token.type === "line" && (step.type !== "delete" || lines.length === 0)) {
        lines.push({ ...token.line, runs: [] })
        continue
      }
      if (lines.length === 0) lines.push({ block: "p", first: false, runs: [] })
      const runs = lines.at(-1)?.runs ?? []
      const piece: Piece = token.type === "line" ? { lineBreak: token.line.block } : { inline: token.inline }
      const last = runs.at(-1)
      if (last !== undefined && last.type === step.type && last.hunk === step.hunk) {
        last.pieces = joinPieces([...last.pieces, piece])
      } else runs.push({ type: step.type, hunk: step.hunk, pieces: [piece] })
    }
  }
  return lines.filter((line) => line.runs.length > 0 || lines.length === 1)
}

/** Neighbouring words of one kind become one piece. */
export function joinPieces(pieces: readonly Piece[]): readonly Piece[] {
  const out: Piece[] = []
  for (const piece of pieces) {
    const last = out.at(-1)
    const joined =
      last !== undefined && "inline" in last && "inline" in piece ? joinInlines(last.inline, piece.inline) : null
    if (joined === null) out.push(piece)
    else out[out.length - 1] = { inline: joined }
  }
  return out
}

const joinInlines = (a: Inline, b: Inline): Inline | null => {
  if (typeof a === "string") return typeof b === "string" ? a + b : null
  return "em" in a && typeof b === "object" && "em" in b ? { em: a.em + b.em } : null
}

/** The old text with only these hunks of the new one taken over. All of them give the new text, none the old. */
export function acceptHunks(oldText: ClauseText, newText: ClauseText, accepted: ReadonlySet<number>): ClauseText {
  const a = tokensOf(oldText)
  const b = tokensOf(newText)
  const out: Token[] = []
  let at = 0
  diffTokens(a, b).forEach((hunk, index) => {
    out.push(...a.slice(at, hunk.fromA))
    out.push(...(accepted.has(index) ? b.slice(hunk.fromB, hunk.toB) : a.slice(hunk.fromA, hunk.toA)))
    at = hunk.toA
  })
  out.push(...a.slice(at))
  return tokensToText(out)
}
