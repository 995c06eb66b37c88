import type { Inline, Lang } from "@alternat/plan"
import { inlineLength, inlineString, itemLabel, type Piece, type Redline, type RedlineLine } from "@alternat/text"
import { Fragment, type ReactNode } from "react"
import { type Drawing, Words } from "./ClauseText.tsx"
import type { FieldDisplay } from "./field-view.ts"

/** Whose change it is: a party's line is single or double; a neutral one belongs to nobody. */
export type Author = "a" | "b" | "n"

export interface RedlineTextProps {
  readonly redline: Redline
  readonly lang: Lang
  readonly author: Author
  readonly display: FieldDisplay
}

/** One text against another: what comes underlined, what goes struck out. */
export function RedlineText({ redline, lang, author, display }: RedlineTextProps) {
  let item = -1
  return redline.lines.map((line, index) => {
    item = line.block === "item" ? (line.first ? 0 : item + 1) : -1
    return (
      <p key={String(index)} className={line.block === "item" ? "item" : undefined}>
        {line.block === "item" && `${itemLabel(item, lang)} `}
        <Runs line={line} lang={lang} author={author} display={display} />
      </p>
    )
  })
}

function Runs({ line, lang, author, display }: Omit<RedlineTextProps, "redline"> & { readonly line: RedlineLine }) {
  return line.runs.map((run, index) => {
    const key = String(index)
    const words = <Pieces pieces={run.pieces} start={null} lang={lang} marks={[]} display={display} />
    if (run.type === "delete") {
      return (
        <del key={key} className={author}>
          {words}
        </del>
      )
    }
    if (run.type === "keep") return <span key={key}>{words}</span>
    const before = line.runs[index - 1]
    return (
      <Fragment key={key}>
        {before?.type === "delete" && !/\s$/.test(stringOf(before.pieces)) && !/^\s/.test(stringOf(run.pieces)) && " "}
        <ins className={author}>{words}</ins>
      </Fragment>
    )
  })
}

const stringOf = (pieces: readonly Piece[]): string =>
  pieces.map((piece) => ("lineBreak" in piece ? "\n" : inlineString(piece.inline))).join("")

/** Words between line breaks, each break shown as the beginning of a line. */
export function Pieces(
  props: Drawing & { readonly pieces: readonly Piece[]; readonly start: number | null },
): ReactNode {
  let offset = props.start
  let item = 0
  return groups(props.pieces).map((group, index) => {
    const key = String(index)
    const at = offset
    if (isBreak(group)) {
      if (offset !== null) offset += 1
      item = group.lineBreak === "item" ? item + 1 : 0
      return <br key={key} />
    }
    if (offset !== null) offset += group.reduce((sum, inline) => sum + inlineLength(inline), 0)
    return <Words key={key} inlines={group} start={at} lang={props.lang} marks={props.marks} display={props.display} />
  })
}

interface LineBreak {
  readonly lineBreak: "p" | "item"
}
const isBreak = (group: readonly Inline[] | LineBreak): group is LineBreak => !Array.isArray(group)

/** Inlines side by side read as one line: a value and the full stop after it know of each other. */
function groups(pieces: readonly Piece[]): readonly (readonly Inline[] | LineBreak)[] {
  const out: (Inline[] | LineBreak)[] = []
  for (const piece of pieces) {
    const last = out.at(-1)
    if ("lineBreak" in piece) out.push(piece)
    else if (Array.isArray(last)) last.push(piece.inline)
    else out.push([piece.inline])
  }
  return out
}
