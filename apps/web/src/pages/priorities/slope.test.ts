import { expect, test } from "vitest"
import { slopeView } from "./slope.ts"

const US = { P1: 2, P2: 4, P3: 1, P4: 7, P5: 6, P6: 5, P7: 3, P8: 8 }
const RU = { P1: 2, P2: 1, P3: 4, P4: 3, P5: 7, P6: 5, P7: 8, P8: 6 }

test("[WEB30] the two rankings of the demo: 16 pairs alike, 12 the other way, P7 and P4 divergent", () => {
  const view = slopeView(US, RU)
  expect(view?.pairs).toEqual({ alike: 16, opposite: 12 })
  expect(view?.convergence.kendallTauB).toBe("0.142857")
  expect(view?.rows.filter((row) => row.label === "divergent").map((row) => row.id)).toEqual(["P4", "P7"])
})

test("[WEB31] nothing is compared before both sides have revealed", () => {
  expect(slopeView(US, null)).toBeNull()
  expect(slopeView(null, RU)).toBeNull()
})
