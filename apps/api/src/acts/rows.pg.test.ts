import type { ActReply, EventEntry, LivePlan, Problem } from "@alternat/plan"
import { rowHash } from "@alternat/seal"
import { afterAll, beforeAll, expect, test } from "vitest"
import { type Caller, type DemoApi, openDemoApi } from "../testing/demo-api.ts"

const ACTS = "/api/plans/demo/acts"

let api: DemoApi
let us: Caller
let ru: Caller
beforeAll(async () => {
  api = await openDemoApi()
  us = await api.as("budget@us.example")
  ru = await api.as("budget@ru.example")
})
afterAll(() => api.close())

const plan = async (): Promise<LivePlan> => (await us.get<LivePlan>("/api/plans/demo")).body

test("[API84] a row is withdrawn with an event that names the side, and the other side's editor brings it back unchanged", async () => {
  const before = await plan()
  const line = before.plan.tables.cost_lines.find((one) => one.id === "L13")
  if (!line) throw new Error("no line")
  const withdraw = { act: "withdraw_row", table: "cost_lines", rowId: "L13", hash: rowHash(line) }
  const stale = await us.post<Problem>(ACTS, { ...withdraw, hash: "0".repeat(64) })
  expect([stale.status, stale.body.code]).toEqual([409, "stale"])

  const done = await us.post<ActReply>(ACTS, withdraw)
  expect(done.status, done.text).toBe(200)
  expect(done.body.events).toMatchObject([
    {
      kind: "row_withdrawn",
      party: "US",
      subject: { type: "row", id: "L13" },
      summary: { en: "US: cost line L13 withdrawn" },
    },
  ])
  const without = await plan()
  expect(without.plan.tables.cost_lines.some((one) => one.id === "L13")).toBe(false)
  expect(without.withdrawnRows).toMatchObject([{ table: "cost_lines", party: "US", row: line }])
  const again = await us.post<Problem>(ACTS, withdraw)
  expect([again.status, again.body.code]).toEqual([409, "unknown_row"])

  const back = await ru.post<ActReply>(ACTS, { ...withdraw, act: "restore_row" })
  expect(back.status, back.text).toBe(200)
  expect((await plan()).plan.tables.cost_lines).toEqual(before.plan.tables.cost_lines)
  const events = (await ru.get<readonly EventEntry[]>("/api/plans/demo/events")).body
  expect(events.slice(-2).map((event) => [event.kind, event.party])).toEqual([
    ["row_withdrawn", "US"],
    ["row_restored", "RU"],
  ])
})

test("[API85] an agreed line is not withdrawn, and who edits no figures withdraws none", async () => {
  const { plan: now } = await plan()
  const standing = (await us.get<{ lines: Record<string, { state: string }> }>("/api/plans/demo/standing")).body
  const closed = now.tables.cost_lines.find((line) => (standing.lines[line.id]?.state ?? "").startsWith("agreed"))
  if (!closed) throw new Error("no agreed line")
  const act = { act: "withdraw_row", table: "cost_lines", rowId: closed.id, hash: rowHash(closed) }
  const refused = await us.post<Problem>(ACTS, act)
  expect([refused.status, refused.body.code]).toEqual([409, "line_closed"])
  const translator = await api.as("translator@us.example")
  expect((await translator.post<Problem>(ACTS, act)).status).toBe(403)
})
