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
  readonly runs: { readonly numRuns: number; readonly seed: number }
  readonly timeoutMs: number
} {
  const fuzz = inject("fuzz")
  const numRuns = fuzz === null ? short : (fuzz.runs ?? long)
  return { runs: { numRuns, seed: fuzz?.seed ?? SEED }, timeoutMs: fuzz === null ? 60_000 : 2 ** 31 - 1 }
}
