import {
  type ClauseText,
  type Field,
  type Lang,
  type PartyCode,
  type PlanDocument,
  type Proposal,
  resolveField,
} from "@alternat/plan"
import { type Alternative, bracketLabel, brackets, itemLabel, renderInlines } from "@alternat/text"
import type { PrintBlock, Run } from "./model.ts"

interface Mark {
  readonly by: PartyCode
  readonly change: "inserted" | "deleted"
}

/** Words or a field of a text, or the beginning of a line. */
type Piece = Alternative["pieces"][number]

/**
 * A clause with what is proposed on it: `[US: 30] [RF: 45] days`. The words come from `text`, which computes where the
 * wordings part; here they become printed lines, each with its party's underline, deletions struck inside the bracket.
 */
export function bracketLines(
  working: ClauseText,
  open: readonly Proposal[],
  lang: Lang,
  plan: PlanDocument,
): readonly PrintBlock[] {
  const page = new Lines(lang, plan)
  for (const segment of brackets(working, open, lang, plan.parties)) {
    if (segment.type === "keep") {
      page.pieces(segment.pieces)
      continue
    }
    if (segment.contested) {
      segment.alternatives.forEach((wording, i) => {
        if (i > 0) page.space()
        page.change(wording, wording.pieces.length === 0 ? segment.working : [], wording.pieces)
      })
      continue
    }
    // the working words stand, struck, inside the bracket of whoever wants them otherwise; beside a wording that was
    // tabled over earlier words they stand as they are
    const earlier = segment.alternatives.filter((wording) => wording.isOverEarlier && wording.pieces.length > 0)
    if (earlier.length > 0 && earlier.length === segment.alternatives.length) page.pieces(segment.working)
    for (const wording of segment.alternatives) {
      if (earlier.includes(wording)) page.space()
      page.change(wording, earlier.includes(wording) ? [] : segment.working, wording.pieces)
    }
  }
  return page.blocks()
}

/** A proposed new clause: nothing stands yet, so the whole of it is in its party's bracket. */
export function insertedLines(proposal: Proposal, lang: Lang, plan: PlanDocument): readonly PrintBlock[] {
  const page = new Lines(lang, plan)
  const pieces = brackets(
    [],
    [{ ...proposal, kind: "replace", baseText: { en: [], ru: [] } }],
    lang,
    plan.parties,
  ).flatMap((segment) => (segment.type === "bracket" ? segment.alternatives.flatMap((one) => one.pieces) : []))
  page.change({ parties: [proposal.party] }, [], pieces)
  return page.blocks()
}

/** Lines of a clause as they fill up. */
class Lines {
  readonly #lang: Lang
  readonly #plan: PlanDocument
  readonly #lines: { readonly block: "p" | "item"; readonly runs: Run[] }[] = []

  constructor(lang: Lang, plan: PlanDocument) {
    this.#lang = lang
    this.#plan = plan
  }

  pieces(pieces: readonly Piece[], mark?: Mark): void {
    for (const piece of pieces) {
      if ("lineBreak" in piece) {
        this.#lines.push({ block: piece.lineBreak, runs: [] })
        continue
      }
      for (const run of renderInlines([piece.inline], this.#lang, (field: Field) => resolveField(this.#plan, field))) {
        if (mark !== undefined) this.#push({ text: run.text, ...mark })
        else if (run.field?.field === "placeholder") this.#push({ text: run.text, style: "placeholder" })
        else this.#push(run.em ? { text: run.text, style: "em" } : { text: run.text })
      }
    }
  }

  /** One space between brackets, however the wordings end. */
  space(): void {
    const last = this.#lines.at(-1)?.runs.at(-1)
    if (last === undefined || !("text" in last) || !/\s$/.test(last.text)) this.#push({ text: " " })
  }

  /** One side's bracket: the words it wants out, struck, then the words it wants. Spaces at its edges stay outside. */
  change(wording: Parameters<typeof bracketLabel>[0], out: readonly Piece[], into: readonly Piece[]): void {
    const by = wording.parties[0] ?? ""
    const [before, words, after] = trimmed(into.length > 0 ? into : out)
    this.#push({ text: before })
    this.#push({ open: by, code: bracketLabel(wording, this.#lang, this.#plan.parties) })
    if (into.length > 0 && out.length > 0) {
      this.pieces(trimmed(out)[1], { by, change: "deleted" })
      this.#push({ text: " " })
    }
    this.pieces(words, { by, change: into.length > 0 ? "inserted" : "deleted" })
    this.#push({ close: by })
    this.#push({ text: after })
  }

  blocks(): readonly PrintBlock[] {
    let item = -1
    return this.#lines.map(({ block, runs }): PrintBlock => {
      item = block === "item" ? item + 1 : -1
      return block === "item" ? { kind: "item", label: itemLabel(item, this.#lang), runs } : { kind: "paragraph", runs }
    })
  }

  #push(run: Run): void {
    if ("text" in run && run.text === "") return
    if (this.#lines.length === 0) this.#lines.push({ block: "p", runs: [] })
    this.#lines.at(-1)?.runs.push(run)
  }
}

/** Pieces without the spaces at their edges, and those spaces. */
function trimmed(pieces: readonly Piece[]): readonly [string, readonly Piece[], string] {
  const first = pieces[0]
  const last = pieces.at(-1)
  const before =
    first !== undefined && "inline" in first && typeof first.inline === "string"
      ? (/^\s*/.exec(first.inline)?.[0] ?? "")
      : ""
  const after =
    last !== undefined && "inline" in last && typeof last.inline === "string"
      ? (/\s*$/.exec(last.inline)?.[0] ?? "")
      : ""
  const inner = pieces.map((piece, i): Piece => {
    if (!("inline" in piece) || typeof piece.inline !== "string") return piece
    const start = i === 0 ? piece.inline.trimStart() : piece.inline
    return { inline: i === pieces.length - 1 ? start.trimEnd() : start }
  })
  return [before, inner, after]
}
