import type { PrintBlock, Run } from "../model.ts"

/** A word this long, made of several runs, gets places to break between them; within a run the template finds its own. */
const LONG_WORD = 22

/** A place where a word may break that no single run shows: it is made of runs that touch without a space. */
export interface Gap {
  readonly gap: true
}

export const withGaps = (block: PrintBlock): { readonly runs: readonly (Run | Gap)[] } => {
  const pieces = block.runs.map((run) => ("text" in run ? run.text : "x"))
  const runs = block.runs.flatMap((run, i): readonly (Run | Gap)[] => {
    const before = pieces.slice(0, i).join("")
    const left = /[^\s\u00a0]*$/.exec(before)?.[0].length ?? 0
    const right = /^[^\s\u00a0]*/.exec(pieces.slice(i).join(""))?.[0].length ?? 0
    return left > 0 && right > 0 && left + right >= LONG_WORD ? [{ gap: true }, run] : [run]
  })
  return { ...block, runs }
}
