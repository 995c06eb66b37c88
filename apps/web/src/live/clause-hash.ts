import type { Clause, HashPair } from "@alternat/plan"
import { clausePair } from "@alternat/seal"

const known = new WeakMap<Clause, HashPair>()

/** A clause's hash pair, made once for each text: unchanged clauses are the same objects from one reading to the next. */
export function pairOf(clause: Clause): HashPair {
  const before = known.get(clause)
  if (before) return before
  const pair = clausePair(clause)
  known.set(clause, pair)
  return pair
}
