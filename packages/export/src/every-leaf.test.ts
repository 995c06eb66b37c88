import { LANGS, type PlanDocument } from "@alternat/plan"
import { expect, test } from "vitest"
import { demoPlan } from "./demo.test-support.ts"
import { orderFor } from "./order.ts"
import { planJson } from "./plan-json.ts"
import { kindOf, type Leaf, leavesOf, NOT_PRINTED, withLeaf } from "./plan-leaves.test-support.ts"
import { annexTables } from "./render-model.ts"

const order = orderFor(demoPlan, "US")
const printed = (plan: PlanDocument): string =>
  JSON.stringify(LANGS.map((lang) => plan.tables.annexes.map(({ no }) => annexTables(plan, order, no, lang))))

test("[EXP33] every leaf of the tables and terms of plan.json changes the annexes, but for those listed with a reason", () => {
  const plan: PlanDocument = JSON.parse(new TextDecoder().decode(planJson({ plan: demoPlan, version: null }, "shared")))
  const before = printed(plan)
  const byKind = new Map<string, Leaf[]>()
  for (const leaf of leavesOf({ terms: plan.terms, tables: plan.tables })) {
    const kind = kindOf(leaf)
    if (!NOT_PRINTED.some((one) => one.kind.test(kind))) byKind.set(kind, [...(byKind.get(kind) ?? []), leaf])
  }
  const isPrinted = (leaf: Leaf) => printed(withLeaf(plan, leaf.path, other(leaf))) !== before
  expect([...byKind].filter(([, leaves]) => !leaves.some(isPrinted)).map(([kind]) => kind)).toEqual([])
}, 120_000)

function other({ value }: Leaf): unknown {
  if (typeof value === "boolean") return !value
  if (typeof value === "number") return value + 1
  return /^\d{4}-\d\d-\d\d$/.test(value) ? "2012-03-04" : /^\d+(\.\d+)?$/.test(value) ? "41" : `${value}X`
}
