import { type Demo, type DemoFiles, loadDemo } from "@alternat/plan"
import costs from "@alternat/plan/demo/demo-plan-costs.json" with { type: "json" }
import tables from "@alternat/plan/demo/demo-plan-tables.json" with { type: "json" }
import text from "@alternat/plan/demo/demo-plan-text.json" with { type: "json" }
import { hashPort } from "@alternat/seal"

/** The demonstration's plan: real sentences in both languages for every scenario. */
export const readDemo = (): Demo => loadDemo({ text, tables, costs } as unknown as DemoFiles, hashPort)
