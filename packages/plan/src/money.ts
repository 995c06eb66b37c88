import type { Result } from "./result.ts"
import { assert, err, ok } from "./result.ts"

/** Money is bigint minor units; shares and rates are exact rationals. Nothing here ever makes a float. */

export type AllocateError = { readonly type: "NoWeight" } | { readonly type: "NegativeWeight" }

/**
 * Splits a total by weights so that the parts add up to it: floors first, left-over units to the largest remainders,
 * ties to the earlier part. The same table prints the same cents on every machine.
 */
export const allocate = (total: bigint, weights: readonly bigint[]): Result<readonly bigint[], AllocateError> => {
  if (weights.some((weight) => weight < 0n)) return err({ type: "NegativeWeight" })
  const sum = weights.reduce((a, b) => a + b, 0n)
  if (sum === 0n) return err({ type: "NoWeight" })
  if (total < 0n) {
    const mirrored = allocate(-total, weights)
    return mirrored.ok ? ok(mirrored.value.map((part) => -part)) : mirrored
  }
  const parts = weights.map((weight) => (total * weight) / sum)
  const byRest = weights
    .map((weight, index) => ({ index, rest: (total * weight) % sum }))
    .toSorted((a, b) => (a.rest === b.rest ? a.index - b.index : a.rest < b.rest ? 1 : -1))
  const left = total - parts.reduce((a, b) => a + b, 0n)
  for (const { index } of byRest.slice(0, Number(left))) parts[index] = parts[index]! + 1n
  return ok(parts)
}

/** The two parties' parts of a total at the first party's share in basis points (0..10000). */
export const splitByShare = (total: bigint, firstShareBp: number): readonly [bigint, bigint] => {
  assert(Number.isInteger(firstShareBp) && firstShareBp >= 0 && firstShareBp <= 10_000, "a share is 0..10000 bp")
  const parts = allocate(total, [BigInt(firstShareBp), BigInt(10_000 - firstShareBp)])
  assert(parts.ok, "weights of a split add up to 10000")
  return [parts.value[0]!, parts.value[1]!]
}

/** Parts in basis points that add up to 10000; null when there is nothing to share. */
export const sharesBp = (amounts: readonly bigint[]): readonly number[] | null => {
  const parts = allocate(10_000n, amounts)
  return parts.ok ? parts.value.map(Number) : null
}

/** The share that gives exactly this split; null when no whole number of basis points does. */
export const exactShareBp = (total: bigint, first: bigint): number | null => {
  if (total <= 0n || first < 0n || first > total) return null
  const near = Number((first * 10_000n) / total)
  return [near, near + 1].find((bp) => bp <= 10_000 && splitByShare(total, bp)[0] === first) ?? null
}

export interface Rate {
  readonly numerator: bigint
  readonly denominator: bigint
}

/** `"30.1875"` as an exact rational; null for anything but a plain decimal. */
export const parseRate = (decimal: string): Rate | null => {
  const match = /^(\d{1,12})(?:\.(\d{1,12}))?$/.exec(decimal)
  if (match === null) return null
  const fraction = match[2] ?? ""
  return { numerator: BigInt(match[1]! + fraction), denominator: 10n ** BigInt(fraction.length) }
}

const divideHalfUp = (numerator: bigint, denominator: bigint): bigint =>
  numerator < 0n
    ? -((-numerator * 2n + denominator) / (denominator * 2n))
    : (numerator * 2n + denominator) / (denominator * 2n)

/** Base currency to quote currency, half up to the smallest unit. Per line: totals are sums of rounded lines. */
export const convert = (baseMinor: bigint, rate: Rate): bigint =>
  divideHalfUp(baseMinor * rate.numerator, rate.denominator)

/** Quote currency back to base currency, half up. */
export const convertBack = (quoteMinor: bigint, rate: Rate): bigint => {
  assert(rate.numerator > 0n, "a rate is above zero")
  return divideHalfUp(quoteMinor * rate.denominator, rate.numerator)
}
