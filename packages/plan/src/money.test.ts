import fc from "fast-check"
import { expect, test } from "vitest"
import { allocate, convert, convertBack, exactShareBp, parseRate, sharesBp, splitByShare } from "./money.ts"

const big = (...values: number[]) => values.map(BigInt)

test.each([
  [10000, [1, 1, 1], [3334, 3333, 3333]],
  [100, [3333, 6667], [33, 67]],
  [1, [1, 1], [1, 0]],
  [100001, [7000, 3000], [70001, 30000]],
  [7, [1, 1, 1, 1], [2, 2, 2, 1]],
  [10000, [1, 2, 3, 4, 5, 6], [476, 952, 1429, 1905, 2381, 2857]],
  [0, [1, 1], [0, 0]],
])("[PLAN1] %i by %j is %j", (total, weights, parts) =>
  expect(allocate(BigInt(total), big(...weights))).toEqual({ ok: true, value: big(...parts) }),
)

test("[PLAN1] weights that are all zero are an error, and so is a negative one", () => {
  expect(allocate(5n, big(0, 0))).toEqual({ ok: false, error: { type: "NoWeight" } })
  expect(allocate(5n, big(1, -1))).toEqual({ ok: false, error: { type: "NegativeWeight" } })
})

test("[PLAN1] the parts always add up, and no part is off by a whole unit", () =>
  fc.assert(
    fc.property(
      fc.bigInt({ min: 0n, max: 10n ** 15n }),
      fc
        .array(fc.bigInt({ min: 0n, max: 10_000n }), { minLength: 1, maxLength: 8 })
        .filter((w) => w.some((x) => x > 0n)),
      (total, weights) => {
        const parts = allocate(total, weights)
        if (!parts.ok) throw new Error("weights are positive")
        const sum = weights.reduce((a, b) => a + b, 0n)
        expect(parts.value.reduce((a, b) => a + b, 0n)).toBe(total)
        parts.value.forEach((part, index) => {
          const rest = part * sum - total * weights[index]!
          expect(rest > -sum && rest < sum).toBe(true)
        })
      },
    ),
  ))

test.each([
  [333333, "30.1875", 10062490],
  [8, "30.1875", 242],
  [1, "30.1875", 30],
  [100, "29.3905", 2939],
])("[PLAN2] %i at %s is %i, half up", (minor, rate, due) =>
  expect(convert(BigInt(minor), parseRate(rate)!)).toBe(BigInt(due)),
)

test("[PLAN2] a rate is a plain decimal and nothing else", () => {
  for (const text of ["", "1e3", "-1", "1.", ".5", "1,5", " 1", "0x1"]) expect(parseRate(text)).toBeNull()
  expect(convertBack(5040000000n, parseRate("30.0000")!)).toBe(168000000n)
})

test("[PLAN3] a share found from amounts gives those amounts back", () =>
  fc.assert(
    fc.property(fc.bigInt({ min: 1n, max: 10n ** 12n }), fc.integer({ min: 0, max: 10_000 }), (total, bp) => {
      const [first] = splitByShare(total, bp)
      const found = exactShareBp(total, first)
      expect(found).not.toBeNull()
      expect(splitByShare(total, found!)[0]).toBe(first)
    }),
  ))

test("[PLAN3] percent shown adds up to 100", () => {
  expect(sharesBp(big(547800000, 427200000))).toEqual([5618, 4382])
  expect(sharesBp(big(0, 0))).toBeNull()
})
