import { inject } from "vitest"

declare module "vitest" {
  export interface ProvidedContext {
    /** null in `npm test`; what `npm run fuzz` was asked for otherwise */
    fuzz: { readonly runs: number | null; readonly seed: number } | null
  }
}

/** `npm test` runs the same cases each time: what fails there failed because of a change. */
const SEED = 20_091_105

/** How often a property is tried: `short` times in `npm test`, `long` times, or as often as asked, in `npm run fuzz`. */
export function effort({ short, long }: { readonly short: number; readonly long: number }): {
  readonly runs: { readonly numRuns: number; readonly seed: number; readonly interruptAfterTimeLimit?: number }
  readonly timeoutMs: number
} {
  const fuzz = inject("fuzz")
  if (fuzz !== null) return { runs: { numRuns: fuzz.runs ?? long, seed: fuzz.seed }, timeoutMs: 2 ** 31 - 1 }
  // shrinking ends in time to tell what it has found
  return { runs: { numRuns: short, seed: SEED, interruptAfterTimeLimit: 100_000 }, timeoutMs: 120_000 }
}
