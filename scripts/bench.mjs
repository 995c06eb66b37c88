// `npm run bench -- <scenario> [--quick] [--json FILE]`: measurements, never tests. Scenarios live in tests/bench.
import { spawnSync } from "node:child_process"
import { existsSync, readdirSync } from "node:fs"
import path from "node:path"
import { root } from "./bootstrap.mjs"

export function runBench([scenario, ...args]) {
  const folder = path.join(root, "tests/bench")
  const file = path.join(folder, `${scenario}.bench.ts`)
  if (!scenario || !existsSync(file)) {
    const known = readdirSync(folder)
      .filter((name) => name.endsWith(".bench.ts"))
      .map((name) => name.slice(0, -9))
    throw new Error(`name a scenario: ${known.join(", ")}`)
  }
  const run = spawnSync(process.execPath, ["--import", "tsx", file, ...args], {
    cwd: path.join(root, "tests"),
    stdio: "inherit",
  })
  return run.status ?? 1
}
