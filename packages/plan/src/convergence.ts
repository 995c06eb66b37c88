/**
 * How near two rankings are. Only ever computed when both are revealed. Two rankings are no sample, so there are no
 * p-values, and the figures are a description: advice, not a decision.
 */
export interface Convergence {
  /** −1 to +1, corrected for ties, six decimals */
  readonly kendallTauB: string
  readonly spearmanRho: string
  readonly footruleSum: number
  readonly footruleMax: number
  /** 1 − sum/max */
  readonly footruleAgreement: string
  /** in both top threes, by the first side's order */
  readonly top3Overlap: readonly string[]
  /** suggested joint order: smallest sum of ranks first, ties by the smaller worst rank, then by id */
  readonly bordaOrder: readonly string[]
  /** null for fewer than four items: then the ranks alone are shown */
  readonly labels: Readonly<Record<string, ConvergenceLabel>> | null
  readonly distances: Readonly<Record<string, number>>
}
export type ConvergenceLabel = "convergent" | "partly" | "divergent"

/** The valid form of these ranks: equals share the middle of the places they take. */
export const midRanks = (ranks: readonly number[]): readonly number[] =>
  ranks.map((rank) => {
    const below = ranks.filter((one) => one < rank).length
    const equal = ranks.filter((one) => one === rank).length
    return below + (equal + 1) / 2
  })

/** Figures over the items both sides have ranked. */
export const convergenceOf = (
  first: Readonly<Record<string, number>>,
  second: Readonly<Record<string, number>>,
): Convergence => {
  const ids = Object.keys(first)
    .filter((id) => second[id] !== undefined)
    .toSorted(byCode)
  const a = ids.map((id) => first[id]!)
  const b = ids.map((id) => second[id]!)
  const distances = ids.map((_, index) => Math.abs(a[index]! - b[index]!))
  const footruleSum = distances.reduce((sum, distance) => sum + distance, 0)
  const footruleMax = Math.floor(ids.length ** 2 / 2)
  const order = ids.map((id, index) => ({ id, sum: a[index]! + b[index]!, worst: Math.max(a[index]!, b[index]!) }))
  return {
    kendallTauB: shown(kendallTauB(a, b)),
    spearmanRho: shown(correlation(midRanks(a), midRanks(b))),
    footruleSum,
    footruleMax,
    footruleAgreement: shown(footruleMax === 0 ? 0 : 1 - footruleSum / footruleMax),
    top3Overlap: ids.filter((_, index) => a[index]! <= 3 && b[index]! <= 3).toSorted((x, y) => first[x]! - first[y]!),
    bordaOrder: order.toSorted((x, y) => x.sum - y.sum || x.worst - y.worst || byCode(x.id, y.id)).map((one) => one.id),
    labels:
      ids.length < 4
        ? null
        : Object.fromEntries(ids.map((id, index) => [id, labelOf(distances[index]! / (ids.length - 1))])),
    distances: Object.fromEntries(ids.map((id, index) => [id, distances[index]!])),
  }
}

const labelOf = (r: number): ConvergenceLabel => (r <= 0.15 ? "convergent" : r <= 0.45 ? "partly" : "divergent")

const shown = (value: number): string => {
  const fixed = value.toFixed(6).replace(/\.?0+$/, "")
  return fixed === "-0" || fixed === "" ? "0" : fixed
}

// P2 before P10: by the letters, then by the number.
const byCode = (x: string, y: string): number => {
  const [, wordX = x, digitsX = ""] = /^(\D*)(\d*)/.exec(x) ?? []
  const [, wordY = y, digitsY = ""] = /^(\D*)(\d*)/.exec(y) ?? []
  if (wordX !== wordY) return wordX < wordY ? -1 : 1
  return Number(digitsX) - Number(digitsY) || (x < y ? -1 : x > y ? 1 : 0)
}

const kendallTauB = (a: readonly number[], b: readonly number[]): number => {
  let [agree, differ, tiedA, tiedB] = [0, 0, 0, 0]
  for (let i = 0; i < a.length; i += 1) {
    for (let j = i + 1; j < a.length; j += 1) {
      const x = Math.sign(a[i]! - a[j]!)
      const y = Math.sign(b[i]! - b[j]!)
      if (x === 0) tiedA += 1
      if (y === 0) tiedB += 1
      if (x * y > 0) agree += 1
      if (x * y < 0) differ += 1
    }
  }
  const pairs = (a.length * (a.length - 1)) / 2
  const scale = Math.sqrt((pairs - tiedA) * (pairs - tiedB))
  return scale === 0 ? 0 : (agree - differ) / scale
}

const correlation = (a: readonly number[], b: readonly number[]): number => {
  const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length
  const [meanA, meanB] = [mean(a), mean(b)]
  const products = (x: readonly number[], mx: number, y: readonly number[], my: number) =>
    x.reduce((sum, value, index) => sum + (value - mx) * (y[index]! - my), 0)
  const scale = Math.sqrt(products(a, meanA, a, meanA) * products(b, meanB, b, meanB))
  return scale === 0 ? 0 : products(a, meanA, b, meanB) / scale
}
