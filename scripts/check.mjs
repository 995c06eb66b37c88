// What must hold beside the tests: format, lint, types. (The layers are tests: tests/architecture.)
import { spawnSync } from "node:child_process"
import { root } from "./bootstrap.mjs"

const CHECKS = [
  { name: "format", command: ["biome", "check", "."] },
  { name: "lint", command: ["oxlint", "--type-aware", "--deny-warnings", "apps", "packages", "tests"] },
  { name: "types", command: ["tsc", "--noEmit", "-p", "tsconfig.json"] },
  { name: "types of the pure core", command: ["tsc", "--noEmit", "-p", "tsconfig.pure.json"] },
  { name: "README", command: ["node", "scripts/readme.mjs", "--check"] },
]

export function runChecks() {
  let failed = 0
  for (const { name, command } of CHECKS) {
    const [tool, ...args] = command
    const run = spawnSync(tool === "node" ? process.execPath : `node_modules/.bin/${tool}`, args, {
      cwd: root,
      stdio: "inherit",
      shell: process.platform === "win32",
    })
    console.log(`${run.status === 0 ? "ok  " : "FAIL"} ${name}`)
    if (run.status !== 0) failed += 1
  }
  return failed > 0 ? 1 : 0
}
