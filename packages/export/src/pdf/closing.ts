import { type PrintBlock, type PrintClause, type Run, textOf, wordsOf } from "../model.ts"

/** What may stand beneath the signatures' sheet at most, so that text and signatures always fit on one. */
const TAIL_CHARACTERS = 600

export interface ClosingClause {
  /** null where the whole clause is short enough to stand with the signatures */
  readonly front: PrintClause | null
  readonly tail: PrintClause
}

/** A clause parted for the sheet of signatures: its end goes with them, in both languages, and is never empty. */
export function partClosing(clause: PrintClause): ClosingClause {
  const parts = { en: partBlocks(clause.blocks.en), ru: partBlocks(clause.blocks.ru) }
  const side = (i: 0 | 1): PrintClause["blocks"] => ({ en: parts.en[i], ru: parts.ru[i] })
  const isWhole = parts.en[0].length === 0 && parts.ru[0].length === 0
  if (isWhole) return { front: null, tail: clause }
  return { front: { ...clause, blocks: side(0), notes: [] }, tail: { ...clause, number: "", blocks: side(1) } }
}

function partBlocks(blocks: readonly PrintBlock[]): readonly [readonly PrintBlock[], readonly PrintBlock[]] {
  let room = TAIL_CHARACTERS
  for (let i = blocks.length - 1; i >= 0; i--) {
    const block = blocks[i]!
    const length = lengthOf(block.runs)
    if (length <= room) {
      room -= length
      continue
    }
    if (i < blocks.length - 1) return [blocks.slice(0, i + 1), blocks.slice(i + 1)]
    const [front, tail] = partRuns(block.runs, length - TAIL_CHARACTERS)
    return [[...blocks.slice(0, i), { ...block, runs: front }], [{ kind: "paragraph", runs: tail }]]
  }
  return [[], blocks]
}

/** Parts a line after the first sentence, or else the first word, that ends past `from`. */
function partRuns(runs: readonly Run[], from: number): readonly [readonly Run[], readonly Run[]] {
  const all = wordsOf(runs)
  const rest = all.slice(from)
  const sentence = rest.search(/[.;!?]\s/) + 2
  const word = rest.search(/\s/) + 1
  const at = from + (sentence > 1 && sentence < TAIL_CHARACTERS - 100 ? sentence : Math.max(0, word))
  let before = 0
  const front: Run[] = []
  const tail: Run[] = []
  for (const run of runs) {
    const text = textOf(run)
    const cut = at - before
    before += text.length
    if (cut >= text.length) front.push(run)
    else if (cut <= 0 || !("text" in run)) tail.push(run)
    else {
      front.push({ ...run, text: text.slice(0, cut) })
      tail.push({ ...run, text: text.slice(cut) })
    }
  }
  return [front, tail]
}

/** How many lines a text fills at most in its column: one of up to twenty needs no measuring to be kept together. */
export const linesAtMost = (blocks: readonly PrintBlock[]): number =>
  blocks.reduce((sum, block) => sum + 1 + lengthOf(block.runs) / 32, 0)

const lengthOf = (runs: readonly Run[]): number => wordsOf(runs).length
