import { readFileSync } from "node:fs"

export interface SpentTime {
  /** null where it can't be read: not on Linux, or the process is gone */
  readonly processorMs: number | null
  readonly wallMs: number
}

/** On a machine that serves others a document may wait this many times its limit. */
const PATIENCE = 5

/**
 * A document that never ends is stopped by the processor's time that it took: an honest one on a busy machine would
 * fail by the clock on the wall, and succeed when asked for again.
 */
export const isOverTime = ({ processorMs, wallMs }: SpentTime, limitMs: number): boolean =>
  (processorMs ?? wallMs) > limitMs || wallMs > limitMs * PATIENCE

/** Linux counts it in hundredths of a second on every architecture that we run on. */
const TICK_MS = 10

export function processorMs(pid: number | undefined): number | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8")
    // the name of the program, in brackets, may hold spaces
    const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ")
    return (Number(fields[11]) + Number(fields[12])) * TICK_MS
  } catch {
    return null
  }
}
