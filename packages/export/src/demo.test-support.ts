import { readFileSync } from "node:fs"
import { type DemoFiles, loadDemo } from "@alternat/plan"
import { hashPort } from "@alternat/seal"

const read = (name: string) =>
  JSON.parse(readFileSync(new URL(`../../plan/demo/demo-plan-${name}.json`, import.meta.url), "utf8"))
const files: DemoFiles = { text: read("text"), tables: read("tables"), costs: read("costs") }

/** The demo plan and its open proposals. */
export const {
  plan: demoPlan,
  proposals: demoProposals,
  tableProposals: demoTableProposals,
  standing: demoStanding,
} = loadDemo(files, hashPort)
