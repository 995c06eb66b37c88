import type { Lang, Parties, PartyCode } from "@alternat/plan"
import {
  type Alternative,
  type BracketSegment,
  bracketLabel,
  formatFieldValue,
  inlineString,
  type Piece,
} from "@alternat/text"
import type { ReactNode } from "react"
import { caretsIn, type Drawing } from "./ClauseText.tsx"
import type { FieldDisplay } from "./field-view.ts"
import { Pieces } from "./RedlineText.tsx"
import type { TextMark } from "./text-marks.ts"

type Bracket = Extract<BracketSegment, { type: "bracket" }>
export interface BracketedTextProps extends Drawing {
  readonly segments: readonly BracketSegment[]
  readonly parties: Parties
}

/**
 * The working text with every open proposal in it: `[US: 30] [RF: 45] days`. Where only one side wants a change, the
 * words that would go stand struck inside that side's bracket.
 */
export function BracketedText({ segments, parties, ...drawing }: BracketedTextProps): ReactNode {
  const starts = segments.map((_segment, index) => startOf(segments, index))
  return (
    <p>
      {segments.map((segment, index) => {
        const key = String(index)
        if (segment.type === "bracket")
          return <BracketGroup key={key} bracket={segment} parties={parties} {...drawing} />
        return <Pieces key={key} pieces={segment.pieces} start={starts[index] ?? 0} {...drawing} />
      })}
      {caretsIn(drawing.marks, startOf(segments, segments.length), Number.POSITIVE_INFINITY)}
    </p>
  )
}

/** Kept words stand between brackets, and a bracket says which places it covers. */
function startOf(segments: readonly BracketSegment[], index: number): number {
  const before = segments[index - 1]
  if (before === undefined) return 0
  if (before.type === "bracket") return before.to
  return startOf(segments, index - 1) + before.pieces.reduce((sum, piece) => sum + sizeOf(piece), 0)
}

const sizeOf = (piece: Piece): number => ("lineBreak" in piece ? 1 : inlineString(piece.inline).length)

/**
 * Today's words beside a wording that was tabled over earlier ones: nobody has asked for these to go, so they are not
 * struck. A wording over earlier words that would leave nothing names them itself.
 */
const standsBeside = (bracket: Bracket): boolean =>
  bracket.working.length > 0 &&
  bracket.alternatives.every((alternative) => alternative.isOverEarlier && alternative.pieces.length > 0)

/** Spaces at the edges of what is in question stay outside the brackets. */
function BracketGroup({
  bracket,
  parties,
  ...drawing
}: Drawing & { readonly bracket: Bracket; readonly parties: Parties }) {
  const all = [bracket.working, ...bracket.alternatives.map((one) => one.pieces)].filter((pieces) => pieces.length > 0)
  const before = all.length > 0 && all.every((pieces) => edge(pieces, "start")) ? " " : ""
  const after = all.length > 0 && all.every((pieces) => edge(pieces, "end")) ? " " : ""
  const stands = standsBeside(bracket)
  const isShort = all.every((pieces) => pieces.reduce((sum, piece) => sum + sizeOf(piece), 0) < 14)
  return (
    <span data-o={bracket.from}>
      {caretsIn(drawing.marks, bracket.from, bracket.to)}
      {before}
      {stands && <Pieces pieces={trimmed(bracket.working)} {...drawing} marks={NONE} start={null} />}
      {bracket.alternatives.map((alternative, index) => (
        <span key={alternative.proposalIds.join()}>
          {(index > 0 || stands) && " "}
          <OneSide
            bracket={bracket}
            alternative={alternative}
            parties={parties}
            isShort={isShort}
            struck={!bracket.contested && !stands && index === 0}
            {...drawing}
          />
        </span>
      ))}
      {after}
    </span>
  )
}

interface OneSideProps extends Drawing {
  readonly bracket: Bracket
  readonly alternative: Alternative
  readonly parties: Parties
  readonly isShort: boolean
  readonly struck: boolean
}

function OneSide({ bracket, alternative, parties, isShort, struck, ...drawing }: OneSideProps) {
  const side = sideOf(alternative.parties, parties)
  const isDeletion = alternative.pieces.length === 0
  const working = trimmed(bracket.working)
  const wording = trimmed(alternative.pieces)
  const plain = { ...drawing, marks: NONE, start: null }
  return (
    <span
      className={`br ${side}${isShort ? " nb" : ""}${alternative.isOverEarlier ? " over" : ""}`}
      data-proposals={alternative.proposalIds.join(" ")}
    >
      <b>{bracketLabel(alternative, drawing.lang, parties)}:</b>
      {(struck || isDeletion) && working.length > 0 && (
        <>
          <del className={side}>
            <Pieces pieces={working} {...plain} />
          </del>
          {!isDeletion && " "}
        </>
      )}
      {!isDeletion && (
        <i>
          <Pieces pieces={wording} {...plain} />
        </i>
      )}
    </span>
  )
}

const NONE: readonly TextMark[] = []
/** Words both sides want alike are nobody's alone; they take the colour of the side named first. */
const sideOf = (codes: readonly PartyCode[], parties: Parties): "a" | "b" => (codes[0] === parties[0].code ? "a" : "b")

function edge(pieces: readonly Piece[], which: "start" | "end"): boolean {
  const piece = which === "start" ? pieces[0] : pieces.at(-1)
  if (piece === undefined || "lineBreak" in piece || typeof piece.inline !== "string") return false
  return which === "start" ? /^\s/.test(piece.inline) : /\s$/.test(piece.inline)
}

function trimmed(pieces: readonly Piece[]): readonly Piece[] {
  return pieces.map((piece, index) => {
    if ("lineBreak" in piece || typeof piece.inline !== "string") return piece
    const start = index === 0 ? piece.inline.trimStart() : piece.inline
    return { inline: index === pieces.length - 1 ? start.trimEnd() : start }
  })
}

/** The same in the live editor, where the working text itself must stay as it is: words to go struck, words to come after them. */
export function bracketMarks(
  segments: readonly BracketSegment[],
  lang: Lang,
  parties: Parties,
  display: FieldDisplay,
): readonly TextMark[] {
  return segments.flatMap((segment): readonly TextMark[] => {
    if (segment.type === "keep") return []
    const [from, to] = withoutEdges(segment)
    return segment.alternatives.flatMap((alternative): readonly TextMark[] => {
      const side = sideOf(alternative.parties, parties)
      const code = bracketLabel(alternative, lang, parties)
      const text = alternative.pieces
        .map((piece) => wordsOf(piece, lang, display))
        .join("")
        .trim()
      const struck: TextMark = { kind: "deleted", from, to, side }
      if (text === "") return [struck]
      const inserted: TextMark = { kind: "inserted", at: to, side, code, text }
      return alternative.isOverEarlier ? [inserted] : [struck, inserted]
    })
  })
}

/** The places in question without the spaces around them. */
function withoutEdges({ from, to, working }: Bracket): readonly [number, number] {
  const words = working.map((piece) => ("lineBreak" in piece ? "\n" : inlineString(piece.inline))).join("")
  const lead = words.length - words.trimStart().length
  return words.trim() === "" ? [from, from] : [from + lead, to - (words.length - words.trimEnd().length)]
}

function wordsOf(piece: Piece, lang: Lang, display: FieldDisplay): string {
  if ("lineBreak" in piece) return " "
  const { inline } = piece
  return typeof inline === "object" && "field" in inline
    ? formatFieldValue(display.resolve(inline), lang)
    : inlineString(inline)
}
