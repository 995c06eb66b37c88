import { expect, test } from "vitest"
import { demo } from "./demo/demo-files.test-data.ts"
import { rankingFaults } from "./ranking.ts"
import type { Priority } from "./tables.ts"

const [first, second, third] = demo.plan.tables.priorities as readonly [Priority, Priority, Priority, ...Priority[]]
const three = [first, second, third].map((one, index) => ({ ...one, id: `P${index + 1}` }))
const codes = (priorities: readonly Priority[], ranks: Readonly<Record<string, number>>) =>
  rankingFaults(priorities, ranks).map((fault) => `${fault.id} ${fault.code}`)

test("[PLAN119] every priority has its place once, and equals the middle of theirs", () => {
  expect(codes(three, { P1: 2, P2: 1, P3: 3 })).toEqual([])
  expect(codes(three, { P1: 1.5, P2: 1.5, P3: 3 })).toEqual([])
  expect(codes(three, { P1: 1, P2: 1, P3: 3 })).toEqual(["P1 bad_rank", "P2 bad_rank"])
  expect(codes(three, { P1: 1, P2: 2, P3: 7 })).toEqual(["P3 bad_rank"])
})

test("[PLAN119] an empty ranking, an incomplete one, one of unknown priorities, and any where there are none", () => {
  expect(codes(three, {})).toEqual(["P1 not_ranked", "P2 not_ranked", "P3 not_ranked"])
  expect(codes(three, { P1: 1, P9: 2 })).toEqual(["P2 not_ranked", "P3 not_ranked", "P9 unknown_priority"])
  expect(codes([], { P1: 1 })).toEqual(["priorities no_priorities"])
  const deferred = three.map((one) => (one.id === "P3" ? { ...one, disposition: "deferred" as const } : one))
  expect(codes(deferred, { P1: 1, P2: 2 })).toEqual([])
})
