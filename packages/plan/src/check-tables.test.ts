import { expect, test } from "vitest"
import { checkPlanCosts, checkRateDrift } from "./check-plan.ts"
import { checkPriorities } from "./check-priorities.ts"
import { checkRoles } from "./check-roles.ts"
import { convergenceOf, midRanks } from "./convergence.ts"
import { demo } from "./demo/demo-files.test-data.ts"
import type { PlanDocument } from "./plan-document.ts"
import type { Row, TableName } from "./tables.ts"

const { plan } = demo

/** The demo with one row changed. */
const withRow = (table: TableName, id: string, change: object): PlanDocument => {
  const rows: readonly Row[] = plan.tables[table]
  expect(
    rows.some((row) => row.id === id),
    `${table}/${id}`,
  ).toBe(true)
  return {
    ...plan,
    tables: { ...plan.tables, [table]: rows.map((row) => (row.id === id ? { ...row, ...change } : row)) },
  }
}
const priority = (id: string) => plan.tables.priorities.find((one) => one.id === id)!
const activity = (id: string) => plan.tables.raci.find((one) => one.id === id)!
const found = (findings: readonly { code: string; path: string }[]) => findings.map((one) => `${one.code} ${one.path}`)

test.each([
  [
    "P01",
    "RU ranks only 7 of 8",
    withRow("priorities", "P8", { own_rank: { US: 8, RU: null } }),
    ["P01 priorities/P8/own_rank/RU"],
  ],
  [
    "P03",
    "two items joint 2",
    withRow("priorities", "P2", { joint_rank: 2 }),
    ["P03 priorities/P2/joint_rank", "P03 priorities/P3/joint_rank"],
  ],
  ["P06", "due before its predecessor", withRow("milestones", "M3", { due: "2010-12-01" }), ["P06 milestones/M3/due"]],
  [
    "P06",
    "two wait for each other",
    withRow("milestones", "M2", { predecessors: ["M2"] }),
    ["P06 milestones/M2/predecessors"],
  ],
  ["P07", "due after the plan", withRow("milestones", "M9", { due: "2015-03-31" }), ["P07 milestones/M9/due"]],
  ["P08", "P6 without indicator", withRow("priorities", "P6", { indicators: [] }), ["P08 priorities/P6/indicators"]],
  [
    "P09",
    "availability up from 97 to 95",
    withRow("priorities", "P2", {
      indicators: priority("P2").indicators.map((one, index) =>
        index === 0
          ? {
              ...one,
              baseline: { ...one.baseline, value: "97.0" },
              target: { ...one.target, value: "95.0" },
              direction: "up",
            }
          : one,
      ),
    }),
    [`P09 priorities/P2/indicators/${priority("P2").indicators[0]!.id}`],
  ],
  [
    "P10",
    "P5 ru empty",
    withRow("priorities", "P5", { title: { en: "Regulations", ru: "" } }),
    ["P10 priorities/P5/title"],
  ],
  [
    "P11",
    "nobody pays for a one-sided priority",
    withRow("priorities", "P8", { payer: null }),
    ["P11 priorities/P8/payer"],
  ],
])("[PLAN30] %s: %s", (_code, _name, changed, expected) => expect(found(checkPriorities(changed))).toEqual(expected))

test("[PLAN31] equal ranks take the middle of their places: 1,1,3 is refused, 1.5,1.5,3 is right", () => {
  expect(midRanks([1, 1, 3])).toEqual([1.5, 1.5, 3])
  const tied = withRow("priorities", "P3", { own_rank: { US: 2, RU: 4 } })
  expect(new Set(found(checkPriorities(tied)).map((one) => one.slice(0, 3)))).toEqual(new Set(["P02"]))
})

test("[PLAN31] a side that has released no rank is silent, not wrong", () => {
  const silent = {
    ...plan,
    tables: {
      ...plan.tables,
      priorities: plan.tables.priorities.map((one) => ({ ...one, own_rank: { US: null, RU: null } })),
    },
  }
  expect(checkPriorities(silent)).toEqual([])
})

test("[PLAN32] convergence of equal and opposite orders, and of fewer than four", () => {
  const order = { P1: 1, P2: 2, P3: 3, P4: 4 }
  const other = { P1: 4, P2: 3, P3: 2, P4: 1 }
  expect(convergenceOf(order, order)).toMatchObject({ kendallTauB: "1", spearmanRho: "1", footruleAgreement: "1" })
  expect(convergenceOf(order, other)).toMatchObject({ kendallTauB: "-1", spearmanRho: "-1", footruleAgreement: "0" })
  expect(convergenceOf({ P1: 1, P2: 2 }, { P1: 2, P2: 1 }).labels).toBeNull()
})

const report = plan.tables.reports[0]!
const right = plan.tables.decision_rights.find((one) => one.delegated_from !== null && one.threshold.value !== null)!

test.each([
  [
    "M01",
    "two A on the U.S. side",
    withRow("raci", "A31", { cells: { ...activity("A31").cells, "US-DIR": "A", "US-LAB": "A" } }),
    "M01 raci/A31/US-LAB",
  ],
  [
    "M01",
    "no A on the Russian side",
    withRow("raci", "A11", { cells: { ...activity("A11").cells, "RU-DEP": "C" } }),
    "M01 raci/A11",
  ],
  ["M02", "nobody does it", withRow("raci", "A11", { cells: { "US-DIR": "A", "RU-DEP": "A" } }), "M02 raci/A11"],
  [
    "M03",
    "a post nobody has",
    withRow("raci", "A11", { cells: { ...activity("A11").cells, "XX-DIR": "I" } }),
    "M03 raci/A11/XX-DIR",
  ],
  ["M05", "a person of the other side", withRow("persons", "N02", { party: "RU" }), "M05 persons/N02"],
  [
    "M06",
    "a line in two workstreams",
    withRow("workstreams", "WS1", { line_ids: ["L01", "L02", "L03"] }),
    "M06 lines/L03",
  ],
  [
    "M06",
    "a workstream without priority",
    withRow("workstreams", "WS1", { priority_ids: [] }),
    "M06 workstreams/WS1/priority_ids",
  ],
  ["M07", "a gap in the ladder", withRow("escalation", "level:2", { level: 3 }), "M07 escalation/level:2/level"],
  [
    "M07",
    "one post on two levels",
    withRow("escalation", "level:2", { posts: { US: "US-LAB", RU: "RU-DEP" } }),
    "M07 escalation/level:2/posts",
  ],
  [
    "M08",
    "both co-chairs US",
    withRow("committee", "JCC", { co_chairs: { US: "US-JCC", RU: "US-DIR" } }),
    "M08 committee/JCC/co_chairs",
  ],
  [
    "M09",
    "a report without a Russian sender",
    withRow("reports", report.id, { from: { US: report.from["US"] } }),
    `M09 reports/${report.id}/from`,
  ],
  ["M10", "overlapping dates", withRow("persons", "N06", { from: "2009-12-15" }), "M10 persons/N06/from"],
  ["M10", "a gap of two months", withRow("persons", "N06", { from: "2010-03-01" }), "M10 persons/N06/from"],
  [
    "M12",
    "more than the delegator has",
    withRow("decision_rights", right.id, { threshold: { ...right.threshold, value: 999_999_999_999 } }),
    `M12 decision_rights/${right.id}/threshold`,
  ],
])("[PLAN40] %s: %s", (_code, _name, changed, expected) => expect(found(checkRoles(changed))).toContain(expected))

test("[PLAN40] M11: a site without access rules", () => {
  const rules = plan.tables.access_rules.filter((one) => one.site_id !== "S3")
  expect(found(checkRoles({ ...plan, tables: { ...plan.tables, access_rules: rules } }))).toEqual(["M11 sites/S3"])
  expect(checkRoles(plan)).toEqual([])
})

test("[PLAN25] C19, C20, C25 and C26 run on the live plan", () => {
  const codes = (changed: PlanDocument) =>
    checkPlanCosts(changed)
      .filter((one) => one.severity === "error")
      .map((one) => one.code)
  expect(codes(plan)).toEqual([])
  expect(codes(withRow("in_kind_valuations", "L08:RU", { counted_elsewhere: true }))).toEqual(["C19"])
  expect(codes({ ...plan, tables: { ...plan.tables, in_kind_valuations: [] } })).toEqual(["C20", "C20"])
  expect(codes(withRow("workstreams", "WS1", { line_ids: ["L01"] }))).toEqual(["C26"])
  expect(checkRateDrift(plan, "34.5000")).toEqual([])
  expect(checkRateDrift(plan, "34.5001").map((one) => one.code)).toEqual(["C25"])
})
