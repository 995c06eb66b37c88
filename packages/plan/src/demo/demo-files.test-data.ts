import costs from "../../demo/demo-plan-costs.json" with { type: "json" }
import tables from "../../demo/demo-plan-tables.json" with { type: "json" }
import text from "../../demo/demo-plan-text.json" with { type: "json" }
import { fakeHashes } from "../fake-hashes.test-data.ts"
import type { DemoFiles } from "./files.ts"
import { loadDemo } from "./load-demo.ts"

/** The demo's files and what the loader makes of them, for the tests of this package. */
export const demoFiles = { text, tables, costs } as unknown as DemoFiles
export const demo = loadDemo(demoFiles, fakeHashes)
export const demoStandingAt = (rulesRev = 0) => ({ ...demo.standing, planId: "demo", rulesRev })
export const demoLive = { plan: demo.plan, proposals: demo.proposals, tableProposals: demo.tableProposals, seq: 0 }
