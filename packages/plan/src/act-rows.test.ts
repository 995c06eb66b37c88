import { expect, test } from "vitest"
import { fakeHashes } from "./fake-hashes.test-data.ts"
import { decide, demoWorld, person, play, RU, US } from "./play.test-data.ts"

const line = demoWorld.live.plan.tables.cost_lines.find((one) => one.id === "L13")!
const named = { table: "cost_lines", rowId: "L13", hash: fakeHashes.rowHash(line) } as const

test("[PLAN108] an editor withdraws a row as it was seen, either side's editor restores it, and consents to it are given anew", () => {
  const agreed = play(demoWorld, { act: "agree_ad_referendum", lines: [{ lineId: "L13", hash: named.hash }] }, US)
  expect(agreed.standing.lines["L13"]?.consents).toHaveLength(1)
  const gone = play(agreed, { act: "withdraw_row", ...named }, US)
  expect(gone.live.plan.tables.cost_lines).not.toContainEqual(line)
  expect(gone.live.withdrawnRows).toMatchObject([{ table: "cost_lines", party: "US", row: line }])
  expect(gone.standing.lines["L13"]?.consents).toEqual([])
  const back = play(gone, { act: "restore_row", ...named }, RU)
  expect(back.live.plan.tables.cost_lines).toContainEqual(line)
  expect(back.live.withdrawnRows).toEqual([])

  const refusal = (world: typeof gone, act: Parameters<typeof decide>[1], actor = US) => {
    const decided = decide(world, act, actor)
    return decided.ok ? "done" : [decided.error.status, decided.error.code]
  }
  expect(refusal(demoWorld, { act: "withdraw_row", ...named, hash: "0".repeat(64) })).toEqual([409, "stale_hash"])
  expect(refusal(gone, { act: "withdraw_row", ...named })).toEqual([409, "unknown_row"])
  expect(refusal(back, { act: "restore_row", ...named })).toEqual([409, "unknown_row"])
  expect(refusal(demoWorld, { act: "withdraw_row", ...named }, person("US", "translator"))).toEqual([
    403,
    "not_your_role",
  ])
  expect(refusal(demoWorld, { act: "withdraw_row", ...named }, person("US", "expert"))).toEqual([403, "not_your_role"])
})
